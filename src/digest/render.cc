#include "digest/render.h"

#include <algorithm>

#include "digest/item_wording.h"
#include "digest/template.h"
#include "digest/view.h"
#include "digest/wording.h"
#include "digest/wrap.h"

namespace sotevahti::digest {

class Renderer::Impl {
 public:
  Impl(const Texts& texts, const config::Taxonomy& taxonomy)
      : texts_(texts),
        taxonomy_(taxonomy),
        html_(texts.html_template(), Template::Escape::html),
        text_(texts.text_template(), Template::Escape::none) {}

  Rendered render(const Outline& outline, const RenderOptions& options) {
    const Wording wording(texts_.messages(outline.material.language));
    ViewPlan plan;
    plan.personal = options.reader == RenderOptions::Reader::mail;
    View view = make_view(outline, wording, taxonomy_, plan);
    std::string html = html_.render(view.data);
    if (options.reader == RenderOptions::Reader::mail) cut(outline, wording, options.html_bytes, plan, view, html);

    Rendered rendered;
    rendered.subject = subject_line(outline, wording.messages());
    rendered.text = with_plain_spaces(wrap(text_.render(view.data), 76));
    rendered.html = std::move(html);
    rendered.left_out = view.left_out;
    return rendered;
  }

 private:
  // Leads past the first ones go, then items from the end, until it fits.
  void cut(const Outline& outline, const Wording& wording, std::size_t bytes, ViewPlan& plan, View& view,
           std::string& html) {
    plan.items = std::min(plan.items, stories_in(outline));
    for (std::size_t leads : {std::size_t{20}, std::size_t{5}}) {
      if (html.size() <= bytes) return;
      plan.with_leads = leads;
      view = make_view(outline, wording, taxonomy_, plan);
      html = html_.render(view.data);
    }
    while (html.size() > bytes && plan.items > 0) {
      plan.items = std::min(plan.items - 1, plan.items * bytes / html.size());
      view = make_view(outline, wording, taxonomy_, plan);
      html = html_.render(view.data);
    }
  }

  static std::size_t stories_in(const Outline& outline) {
    std::size_t count = 0;
    for (const SectionOutline& section : outline.sections)
      for (const Block& block : section.blocks) count += block.stories.size();
    return count;
  }

  const Texts& texts_;
  const config::Taxonomy& taxonomy_;
  Template html_;
  Template text_;
};

Renderer::Renderer(const Texts& texts, const config::Taxonomy& taxonomy)
    : impl_(std::make_unique<Impl>(texts, taxonomy)) {}
Renderer::~Renderer() = default;
Renderer::Renderer(Renderer&&) noexcept = default;

Rendered Renderer::render(const Outline& outline, const RenderOptions& options) {
  return impl_->render(outline, options);
}

std::string subject_line(const Outline& outline, const Messages& messages) {
  constexpr std::size_t name_characters = 60;
  std::string name = outline.sections.empty() ? messages.say("title.more")
                                              : one_line_of(outline.sections[0].section.name, name_characters);
  if (outline.sections.size() > 1) name = messages.say("subject.more", {{"name", name}});
  const Material& material = outline.material;
  const Wording wording(messages);
  return with_plain_spaces(messages.say("subject", {{"name", name},
                                                    {"date", wording.date(material.zone->to_local(material.at).day)},
                                                    {"counts", counts_line(outline.counts, messages)}}));
}

}  // namespace sotevahti::digest
