// A text cut into numbers, words and marks, with its sentences: what dates are read
// from. Offsets are bytes into the text given. Linear; pure; any thread.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sotevahti::tag {

struct Piece {
  enum class Kind { number, word, dot, dash, other, line };
  Kind kind = Kind::other;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t sentence = 0;
  int value = 0;  // of a number of at most 9 digits, else -1
  int digits = 0;
  bool space_before = false;
  bool capital = false;
  std::string_view word;  // in lower case; of a mark the mark itself
  bool is(Kind k) const { return kind == k; }
  bool is(std::string_view text) const { return word == text; }
};

// Holds the lower-case text that its pieces point into, so it stays where it is.
class Pieces {
 public:
  // What stands behind `most_bytes` is left unread.
  explicit Pieces(std::string_view text);
  Pieces(const Pieces&) = delete;
  Pieces& operator=(const Pieces&) = delete;

  std::size_t size() const { return pieces_.size(); }
  const Piece& operator[](std::size_t i) const { return pieces_[i]; }
  // A piece that is nothing, for what lies outside.
  const Piece& at(std::size_t i) const { return i < pieces_.size() ? pieces_[i] : nothing_; }
  // The first piece of the sentence that `i` is in, and the one behind its last; of an
  // endless one what is near.
  std::size_t sentence_begin(std::size_t i) const;
  std::size_t sentence_end(std::size_t i) const;

  static constexpr std::size_t most_bytes = std::size_t{256} << 10;
  static constexpr std::size_t longest_sentence = 160;

 private:
  void cut();
  void find_sentences();
  bool ends_sentence(std::size_t i) const;

  std::string lower_;
  std::string_view original_;
  std::vector<Piece> pieces_;
  Piece nothing_;
};

}  // namespace sotevahti::tag
