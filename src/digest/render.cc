#include "digest/render.h"

#include <algorithm>

#include "digest/item_wording.h"
#include "digest/template.h"
#include "digest/view.h"
#include "digest/wording.h"
#include "digest/wrap.h"
#include "text/one_line.h"

namespace sotevahti::digest {

class Renderer::Impl {
 public:
  Impl(const Texts& texts, const config::Taxonomy& taxonomy)
      : texts_(texts),
        taxonomy_(taxonomy),
        html_(texts.file("templates/digest.html.mustache"), Template::Escape::html),
        text_(texts.file("templates/digest.txt.mustache"), Template::Escape::none) {}

  Rendered page(const Outline& outline) {
    const Wording wording(texts_.messages(outline.material.language));
    View view = make_view(outline, wording, taxonomy_, {});
    return rendered(outline, wording, view, html_.render(view.data));
  }

  PageAndMail page_and_mail(const Outline& outline) {
    const Wording wording(texts_.messages(outline.material.language));
    View view = make_view(outline, wording, taxonomy_, {});
    PageAndMail both;
    both.page = rendered(outline, wording, view, html_.render(view.data));
    add_personal_links(view, outline, wording, taxonomy_);
    std::string html = html_.render(view.data);
    cut(outline, wording, view, html);
    both.mail = rendered(outline, wording, view, std::move(html));
    return both;
  }

 private:
  Rendered rendered(const Outline& outline, const Wording& wording, const View& view, std::string html) {
    Rendered made;
    made.subject = subject_line(outline, wording.messages());
    made.text = with_plain_spaces(wrap(text_.render(view.data), 76));
    made.html = std::move(html);
    made.left_out = view.left_out;
    return made;
  }

  // Leads past the first ones go, then items from the end, until it fits.
  void cut(const Outline& outline, const Wording& wording, View& view, std::string& html) {
    ViewPlan plan;
    plan.items = stories_in(outline);
    const auto try_plan = [&] {
      view = make_view(outline, wording, taxonomy_, plan);
      add_personal_links(view, outline, wording, taxonomy_);
      html = html_.render(view.data);
    };
    for (const std::size_t leads : {std::size_t{20}, std::size_t{5}}) {
      if (html.size() <= mail_html_bytes) return;
      plan.with_leads = leads;
      try_plan();
    }
    while (html.size() > mail_html_bytes && plan.items > 0) {
      plan.items = std::min(plan.items - 1, plan.items * mail_html_bytes / html.size());
      try_plan();
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

Rendered Renderer::page(const Outline& outline) { return impl_->page(outline); }
Rendered Renderer::mail(const Outline& outline) { return impl_->page_and_mail(outline).mail; }
Renderer::PageAndMail Renderer::page_and_mail(const Outline& outline) { return impl_->page_and_mail(outline); }

std::string subject_line(const Outline& outline, const Messages& messages) {
  constexpr std::size_t name_characters = 60;
  std::string name = outline.sections.empty() ? messages.say("title.more")
                                              : text::one_line_of(outline.sections[0].section.name, name_characters);
  if (outline.sections.size() > 1) name = messages.say("subject.more", {{"name", name}});
  const Material& material = outline.material;
  const Wording wording(messages);
  return with_plain_spaces(messages.say("subject", {{"name", name},
                                                    {"date", wording.date(material.zone->to_local(material.at).day)},
                                                    {"counts", counts_line(outline.counts, messages)}}));
}

}  // namespace sotevahti::digest
