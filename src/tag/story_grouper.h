// Puts the entries of a batch into stories as they come, in memory: what the archive
// does with its tables. One thread.
#pragma once
#include <string>
#include <unordered_map>
#include <vector>

#include "tag/story.h"

namespace sotevahti::tag {

class StoryGrouper {
 public:
  // The story that the entry tells: an earlier one's, or one of its own.
  std::string add(StorySignature signature);

 private:
  struct Told {
    StorySignature signature;
    std::size_t story = 0;
  };
  std::vector<std::size_t> candidates(const StorySignature& signature) const;
  bool is_barred(std::size_t story, const StorySignature& signature) const;

  std::vector<Told> told_;
  std::unordered_map<std::uint64_t, std::vector<std::size_t>> by_key_;
  std::unordered_map<std::size_t, std::vector<std::size_t>> tellings_;  // of each story
};

}  // namespace sotevahti::tag
