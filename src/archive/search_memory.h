// What a Search remembers of its answers to digests: equal filters are asked once, and a
// story is put together once, however many subscribers it goes to. Of ten thousand
// subscribers most share a few hundred filters.
#pragma once
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "archive/ledger.h"
#include "archive/search.h"

namespace sotevahti::archive {

struct Search::Memory {
  using Window = std::tuple<std::string, base::Time, base::Time>;  // the filter's text first
  std::map<Window, std::vector<EntryId>> arrived, edited;
  std::map<std::pair<StoryId, std::string>, DueStory> stories;  // by the reader's language

  static constexpr std::size_t most_windows = 2000;
  static constexpr std::size_t most_stories = 4000;
};

}  // namespace sotevahti::archive
