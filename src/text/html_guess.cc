#include <array>

#include "text/entities.h"
#include "text/html.h"
#include "text/html_elements.h"
#include "text/html_tokenizer.h"

namespace sotevahti::text {
namespace {

enum class Tags { none, closed, unknown };

// Does an element of HTML stand there with its end tag, and none that is not of HTML?
Tags tags_in(std::string_view text) {
  HtmlTokenizer tokens(text);
  std::array<bool, static_cast<std::size_t>(Element::count)> started{};
  Tags found = Tags::none;
  while (true) {
    const HtmlToken& token = tokens.next();
    if (token.kind == HtmlToken::Kind::end) return found;
    if (token.kind == HtmlToken::Kind::text) continue;
    const Element element = find_element(token.name);
    if (element == Element::unknown) return Tags::unknown;
    bool& is_started = started[static_cast<std::size_t>(element)];
    if (token.kind == HtmlToken::Kind::start_tag) is_started = true;
    if (token.kind == HtmlToken::Kind::end_tag && is_started) found = Tags::closed;
  }
}

bool has_reference(std::string_view text) {
  for (std::size_t at = text.find('&'); at != std::string_view::npos; at = text.find('&', at + 1)) {
    const CharacterReference reference = reference_at(text.substr(at), ReferencePlace::text);
    if (reference.length > 0 && text[at + reference.length - 1] == ';') return true;
  }
  return false;
}

}  // namespace

bool looks_like_html(std::string_view text) {
  const Tags tags = tags_in(text);
  return tags == Tags::closed || (tags == Tags::none && has_reference(text));
}

}  // namespace sotevahti::text
