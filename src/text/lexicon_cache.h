// Analyses by word form, bounded in memory. Two generations stand in for a list of
// recent use: a hit writes nothing, and a full cache forgets what was not asked for
// since its last turn, never everything. One thread.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/hash.h"
#include "text/words.h"

namespace sotevahti::text {

class LexiconCache {
 public:
  explicit LexiconCache(std::size_t bytes) : generation_bytes_(bytes / 2) {}

  // Null when it is not there. The pointer holds until the next call.
  const Analysis* find(std::string_view form);
  const Analysis& insert(std::string_view form, Analysis&& analysis);
  void clear();
  std::size_t bytes() const { return young_.bytes + old_.bytes; }

 private:
  using Map = std::unordered_map<std::string, Analysis, base::TextHash, std::equal_to<>>;
  struct Generation {
    Map map;
    std::size_t bytes = 0;
  };
  void make_room();

  std::size_t generation_bytes_;
  Generation young_;
  Generation old_;
};

}  // namespace sotevahti::text
