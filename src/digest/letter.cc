#include "digest/letter.h"

#include "digest/item_wording.h"
#include "digest/template.h"
#include "digest/wrap.h"
#include "text/one_line.h"

namespace sotevahti::digest {
namespace {

using kainjow::mustache::data;

constexpr std::size_t paragraph_characters = 600;

data paragraphs(const std::vector<std::string>& texts) {
  data list(data::type::list);
  for (const std::string& text : texts) list << data("text", text::one_line_of(text, paragraph_characters));
  return list;
}

}  // namespace

RenderedLetter render(const Letter& letter, const Texts& texts) {
  const Messages& messages = texts.messages(letter.language);
  data view;
  view["language"] = safe_language(letter.language);
  view["title"] = name_line(letter.title);
  view["paragraphs"] = paragraphs(letter.paragraphs);
  view["after"] = paragraphs(letter.after);
  view["link"] = false;
  if (const std::string url = safe_url(letter.link_url); !url.empty()) {
    data link;
    link["url"] = url;
    link["text"] = letter.link_text;
    view["link"] = std::move(link);
  }
  view["sender"] = false;
  if (!letter.organisation.empty())
    view["sender"] = messages.say("foot.sender", {{"organisation", name_line(letter.organisation)}});
  RenderedLetter rendered;
  rendered.html = Template(texts.file("templates/letter.html.mustache"), Template::Escape::html).render(view);
  rendered.text = wrap(Template(texts.file("templates/letter.txt.mustache"), Template::Escape::none).render(view), 76);
  return rendered;
}

}  // namespace sotevahti::digest
