// Likeness of entries: is this the same story, told by another publisher or in
// another language? Pure. A signature is made once for each entry and stored; two
// signatures are compared without the texts.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "tag/tagger.h"
#include "tag/tags.h"
#include "text/words.h"

namespace sotevahti::tag {

// Small enough to keep for every entry (some 300 bytes), large enough to judge by.
struct StorySignature {
  std::vector<std::uint32_t> title_lemmas;   // hashes, sorted, stop words left out
  std::vector<std::uint32_t> minhash;        // of the text's lemmas: equal share = likeness
  std::vector<std::uint32_t> facts;          // hashes of dates, sums, numbers, series numbers; sorted
  std::vector<std::uint32_t> names;          // hashes of names that do not change with the language; sorted
  std::vector<std::string> areas;
  std::string language;
  std::string publisher;
  std::string platform_id;  // "stt:70812345": versions and copies of one release share it; may be empty
  std::string canonical_url;
  base::Time published;
  bool routine = false;     // minutes items that every meeting has: never merged
  bool official = false;

  // Keys under which a like entry can be found: two entries of one story share at least one.
  std::vector<std::uint64_t> keys;
};

StorySignature sign(const Subject& subject, const Tags& tags, text::Lexicon& lexicon);

struct StoryVerdict {
  bool same = false;
  double likeness = 0;     // 0..1
  std::string why;         // "the same release number", "likeness 0.83 of lemmas", "vetoed by dates"
};

StoryVerdict same_story(const StorySignature& a, const StorySignature& b);

// For storing.
std::string to_bytes(const StorySignature& signature);
StorySignature from_bytes(std::string_view bytes);

}  // namespace sotevahti::tag
