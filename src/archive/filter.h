// The filter language: one question to the archive, everywhere the same text.
//   area:pirkanmaa,kanta-hame topic:jarjestoavustukset kind:decisions lang:sv source:thl
//   publisher:"..." "tarkka sanamuoto" near:"kotihoito lakkautus" avustus* =sana -vaalit (a OR b) since:2025-01-01
//   until:7d has:deadline deadline:14d story:all
// Space is AND, comma is any-of, `-` is not. parse() gives a tree or an error with its
// position; print() gives the tree's text back: parse(print(x)) = x. Pure; any thread.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace sotevahti::archive {

struct FilterError {
  std::size_t position = 0;  // in characters, from 0
  std::string cause;         // `no area is called "pirkanma"`
  std::string suggestion;    // `did you mean area:pirkanmaa?`; may be empty
  // The same for those who say it in another language: filter_mistakes.h.
  std::string_view mistake;
  std::vector<std::string> about;  // `area`, `pirkanma`
  std::string meant;               // `area:pirkanmaa`; may be empty
  // Two lines with a mark under the place, for a terminal, and one sentence.
  std::string for_person(std::string_view filter) const;
};

struct Filter {
  enum class Kind {
    everything,
    both,
    either,
    negation,  // of `parts`
    word,
    prefix,
    exact,
    phrase,
    near,  // of `values[0]`
    area,
    topic,
    kind,
    language,
    source,
    publisher,
    role,  // any of `values`
    since,
    until,  // `values[0]`: a day, or an age such as 7d
    has_deadline,
    deadline_within,  // has:deadline, deadline:14d
    every_telling     // story:all: do not fold stories
  };
  Kind kind = Kind::everything;
  std::vector<std::string> values;
  std::vector<Filter> parts;
  friend bool operator==(const Filter&, const Filter&) = default;
};

// Ids that a filter may name. Empty lists are not checked.
struct FilterNames {
  std::vector<std::string> areas, topics, feeds;
};

// At most 2,000 bytes, 64 terms, 8 levels.
base::Result<Filter, FilterError> parse_filter(std::string_view text, const FilterNames& names = {});
std::string print_filter(const Filter& filter);

}  // namespace sotevahti::archive
