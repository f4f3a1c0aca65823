// Could a word be one of a list, or begin as one of it? Told by the first three bytes:
// for questions that are asked of every word of every text, and are seldom answered yes.
// A yes may be wrong, a no never is. Pure.
#pragma once
#include <bitset>
#include <cstddef>
#include <string_view>

namespace sotevahti::tag {

class FirstBytes {
 public:
  // Of a word as it is, or of a beginning of three bytes at least.
  void add(std::string_view word) { known_.set(place_of(word)); }
  bool may_know(std::string_view word) const { return known_.test(place_of(word)); }

 private:
  static constexpr std::size_t places = 4096;
  static std::size_t place_of(std::string_view word) {
    const auto byte = [&](std::size_t i) { return i < word.size() ? static_cast<unsigned char>(word[i]) : 0U; };
    return ((byte(0) * 37 + byte(1)) * 37 + byte(2)) % places;
  }
  std::bitset<places> known_;
};

}  // namespace sotevahti::tag
