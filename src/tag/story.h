// Likeness of entries: is this the same story, told by another publisher or in
// another language? Pure. A signature is made once for each entry and stored; two
// signatures are compared without the texts.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "tag/reading.h"
#include "tag/tags.h"

namespace sotevahti::tag {

// Small enough to keep for every entry (some 400 bytes), large enough to judge by. A
// hashed word carries in its two lowest bits how much it says (story_words.h); words
// that the glossary knows are hashed by concept, so that languages meet.
struct StorySignature {
  std::vector<std::uint32_t> title_lemmas;  // sorted, stop words left out
  std::vector<std::uint32_t> minhash;       // of title and text: the smallest hashes, sorted; all of a short text
  std::vector<std::uint32_t> facts;         // numbers, sums, dates; sorted
  std::vector<std::uint32_t> dates;         // those of the facts that are dates; sorted
  std::vector<std::uint32_t> series;        // "4/2026" of a weekly review; sorted
  std::vector<std::uint32_t> topics;        // sorted
  std::vector<std::string> areas;
  std::string language;
  std::string publisher;
  std::string source;       // who speaks, whatever the language: a county, or the name
  std::string host;         // of the address, where one publisher speaks there
  std::string platform_id;  // "stt:70812345": versions and copies of one release share it; may be empty
  std::string canonical_url;
  base::Time published;
  bool to_the_minute = false;  // published is more than a date
  bool routine = false;        // minutes items that every meeting has: never merged
  bool official = false;
  bool correction = false;  // says of itself that it corrects an earlier one

  // Keys under which a like entry can be found: two entries of one story share at least one.
  std::vector<std::uint64_t> keys;
};

// What is known of an entry beside its text; what is empty is read from the subject.
struct StoryOrigin {
  std::string platform_id;
  std::string canonical_url;
  std::optional<base::Time> published;
  bool is_dated = true;  // by the publisher; else `published` is when it was found
  bool official = false;
};

StorySignature sign(const Reading& reading, const Tags& tags, const StoryOrigin& origin = {});

struct StoryVerdict {
  bool same = false;
  double likeness = 0;  // 0..1
  std::string why;      // "the same release number", "likeness 0.83 of words", "vetoed by dates"; figures where same
};

// From this likeness on no other can be liker, and nothing that the source told bars it.
inline constexpr double certain_likeness = 0.99;

StoryVerdict same_story(const StorySignature& a, const StorySignature& b);

// A source tells a story once in each language. Does `telling` bar `entry` from its story: the same
// source, in the same language, of another matter?
bool bars(const StorySignature& telling, const StorySignature& entry);

// The share of the shorter title's words, by their weight, that the other title has too: 0..1.
double title_likeness(const StorySignature& a, const StorySignature& b);

// For storing.
std::string to_bytes(const StorySignature& signature);
// Of other bytes than to_bytes gave an empty signature, which is like nothing.
StorySignature from_bytes(std::string_view bytes);

}  // namespace sotevahti::tag
