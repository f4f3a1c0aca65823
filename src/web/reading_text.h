// An entry's text as the entry page shows it: the publisher's paragraphs, lists, links and
// tables written anew in our own markup, with the words that led to a tag marked. Pictures
// give their alternative text; nothing is loaded from anywhere. Pure; any thread.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/types.h"
#include "web/html.h"

namespace sotevahti::web {

// Words of the plain text, in bytes.
struct TextMark {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::string css_class;
  std::string title;  // what they led to
};

// `plain` is what the marks count in; it is the html's own plain text. Where the two
// cannot be brought together, words stay unmarked.
Html reading_text(const text::SafeHtml& html, const text::PlainText& plain, std::vector<TextMark> marks);
// A text without markup: a title, or an entry that came as plain text.
Html marked_text(std::string_view plain, std::vector<TextMark> marks);
Html marked_paragraphs(const text::PlainText& plain, std::vector<TextMark> marks);

}  // namespace sotevahti::web
