// What of a text an edit may change in earnest: its dates, times, sums, shares and
// numbers; and a fingerprint that typography does not change. Pure; any thread.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sotevahti::feed {

// Sorted, each once: "date 2026-02-20", "date --02-20" (no year), "time 12:00",
// "sum 1250000 eur", "share 5.5 %", "number 42". Finnish, Swedish and English ways of
// writing the same fact give the same string. Bounded in number.
std::vector<std::string> facts_of(std::string_view plain_text);

// Of letters and digits alone, in lower case: quotation marks, dashes, spaces, soft
// hyphens and punctuation make no difference.
struct ContentHashes {
  std::uint64_t whole = 0;
  std::uint64_t text = 0;  // as if there were no title
};
ContentHashes content_hashes(std::string_view title, std::string_view text);
inline std::uint64_t content_hash(std::string_view title, std::string_view text) {
  return content_hashes(title, text).whole;
}

}  // namespace sotevahti::feed
