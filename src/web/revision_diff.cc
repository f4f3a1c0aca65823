#include "web/revision_diff.h"

#include <algorithm>
#include <cstdint>
#include <span>

namespace sotevahti::web {
namespace {

using Words = std::vector<std::string_view>;
using WordSpan = std::span<const std::string_view>;
using Kind = DiffPiece::Kind;

constexpr std::size_t largest_table = 4'000'000;

Words words_of(std::string_view text) {
  Words words;
  for (std::size_t at = text.find_first_not_of(" \n\t"); at != text.npos; at = text.find_first_not_of(" \n\t", at)) {
    const std::size_t end = std::min(text.find_first_of(" \n\t", at), text.size());
    words.push_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

void add(std::vector<DiffPiece>& pieces, Kind kind, std::string_view word) {
  if (pieces.empty() || pieces.back().kind != kind) pieces.push_back({kind, std::string(word)});
  else pieces.back().words.append(" ").append(word);
}

// The longest common subsequence of two spans, by its table of lengths.
class Middle {
 public:
  Middle(WordSpan before, WordSpan after) : before_(before), after_(after) {}

  void add_to(std::vector<DiffPiece>& pieces) {
    if (before_.size() * after_.size() > largest_table) {
      for (const auto word : before_) add(pieces, Kind::gone, word);
      for (const auto word : after_) add(pieces, Kind::came, word);
      return;
    }
    fill();
    std::size_t i = 0, j = 0;
    while (i < before_.size() || j < after_.size()) {
      if (i < before_.size() && j < after_.size() && before_[i] == after_[j]) {
        add(pieces, Kind::same, before_[i]);
        ++i, ++j;
      } else if (i < before_.size() && (j == after_.size() || length(i + 1, j) >= length(i, j + 1))) {
        add(pieces, Kind::gone, before_[i++]);
      } else {
        add(pieces, Kind::came, after_[j++]);
      }
    }
  }

 private:
  std::uint16_t& length(std::size_t i, std::size_t j) { return lengths_[i * (after_.size() + 1) + j]; }
  void fill() {
    lengths_.assign((before_.size() + 1) * (after_.size() + 1), 0);
    for (std::size_t i = before_.size(); i-- > 0;)
      for (std::size_t j = after_.size(); j-- > 0;)
        length(i, j) = before_[i] == after_[j] ? static_cast<std::uint16_t>(length(i + 1, j + 1) + 1)
                                               : std::max(length(i + 1, j), length(i, j + 1));
  }

  WordSpan before_, after_;
  std::vector<std::uint16_t> lengths_;
};

std::string joined(const Words& words, std::size_t from, std::size_t to) {
  std::string text;
  for (std::size_t i = from; i < to; ++i) text.append(i == from ? "" : " ").append(words[i]);
  return text;
}

}  // namespace

std::vector<DiffPiece> word_diff(std::string_view before, std::string_view after) {
  const Words old = words_of(before);
  const Words now = words_of(after);
  std::size_t head = 0;
  while (head < old.size() && head < now.size() && old[head] == now[head]) ++head;
  std::size_t tail = 0;
  while (tail < old.size() - head && tail < now.size() - head &&
         old[old.size() - 1 - tail] == now[now.size() - 1 - tail])
    ++tail;

  std::vector<DiffPiece> pieces;
  for (std::size_t i = 0; i < head; ++i) add(pieces, Kind::same, old[i]);
  const auto middle = [&](WordSpan words) { return words.subspan(head, words.size() - head - tail); };
  Middle(middle(old), middle(now)).add_to(pieces);
  for (std::size_t i = old.size() - tail; i < old.size(); ++i) add(pieces, Kind::same, old[i]);
  return pieces;
}

std::vector<DiffPiece> with_context(std::vector<DiffPiece> pieces, std::size_t context) {
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (pieces[i].kind != Kind::same) continue;
    const Words words = words_of(pieces[i].words);
    const std::size_t before = i == 0 ? 0 : context;  // words kept after the change before it
    const std::size_t after = i + 1 == pieces.size() ? 0 : context;
    if (words.size() <= before + after + 1) continue;
    std::string cut = joined(words, 0, before);
    cut.append(cut.empty() ? "…" : " …");
    if (after > 0) cut.append(" ").append(joined(words, words.size() - after, words.size()));
    pieces[i].words = std::move(cut);
  }
  return pieces;
}

}  // namespace sotevahti::web
