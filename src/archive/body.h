// What is kept of an entry beside its line in lists: its texts, evidence and all that
// only a single entry's page shows. Packed into one compressed blob: the HTML repeats
// the text's sentences, so together they take little more room than the text alone. Pure; any thread.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "feed/item.h"
#include "tag/tags.h"
#include "text/types.h"

namespace sotevahti::archive {

struct Body {
  text::PlainText text;
  text::SafeHtml html;
  std::string guid, canonical_url, author;
  std::vector<std::string> categories;
  std::vector<feed::Enclosure> enclosures;
  std::vector<std::string> facts;
  tag::Tags tags;  // without deadlines, which have a table
};

// `title` is what evidence of the title points into; it is not packed itself.
std::string pack(const Body& body, std::string_view title);
Body unpack_body(std::string_view packed, std::string_view title);
// The text alone, for the index and for lists.
std::string unpack_text(std::string_view packed);

// What a revision keeps.
struct OldText {
  text::PlainText title, text;
  std::vector<std::string> facts;
};
std::string pack(const OldText& old);
OldText unpack_old(std::string_view packed);

// Some texts in one compressed blob.
std::string pack_texts(const std::vector<std::string_view>& texts);
std::vector<std::string> unpack_texts(std::string_view packed);

}  // namespace sotevahti::archive
