// What a body is by its look, whatever its Content-Type says. Pure; any thread.
#pragma once
#include <string>
#include <string_view>

#include "feed/document.h"

namespace sotevahti::feed {

enum class Looks { xml, json, not_a_feed };

struct Sniffed {
  Looks looks = Looks::not_a_feed;
  NotAFeed why = NotAFeed::none;
  std::string error;
  std::size_t begin = 0;  // where the feed begins: what stands before it is no part of it
};

// Of the bytes as they came: what needs no decoding. `looks` is not_a_feed or undecided (xml).
Sniffed sniff_bytes(std::string_view bytes);
// Of the decoded text.
Sniffed sniff_text(std::string_view utf8);

}  // namespace sotevahti::feed
