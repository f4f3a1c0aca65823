// A place in a text's pieces from which something is read on. What reads by it leaves it behind
// what was read, or, where there is nothing of the kind, where it was. Pure; one thread.
#pragma once
#include <cstddef>
#include <initializer_list>
#include <string_view>

#include "tag/pieces.h"

namespace sotevahti::tag {

class PieceCursor {
 public:
  explicit PieceCursor(const Pieces& pieces, std::size_t at = 0) : pieces_(&pieces), at_(at) {}

  std::size_t place() const { return at_; }
  const Pieces& pieces() const { return *pieces_; }
  // Nothing, past the end.
  const Piece& here(std::size_t ahead = 0) const { return pieces_->at(at_ + ahead); }

  void step(std::size_t pieces = 1) { at_ += pieces; }
  bool skip(std::string_view word) {
    if (!here().is(word)) return false;
    step();
    return true;
  }
  // Each of them that stands here, in this order.
  void skip_each(std::initializer_list<std::string_view> words) {
    for (const std::string_view word : words) skip(word);
  }
  // Close behind a number.
  bool is_at_dot() const { return here().is(Piece::Kind::dot) && !here().space_before; }
  void skip_dot() {
    if (is_at_dot()) step();
  }

 private:
  const Pieces* pieces_;
  std::size_t at_;
};

}  // namespace sotevahti::tag
