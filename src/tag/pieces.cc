#include "tag/pieces.h"

#include <algorithm>
#include <array>

#include "text/utf8.h"

namespace sotevahti::tag {
namespace {

using std::string_view_literals::operator""sv;

// Lower case that keeps every byte in its place: ASCII and Latin-1's letters.
std::string lower_in_place(std::string_view text) {
  std::string out(text);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto byte = static_cast<unsigned char>(out[i]);
    const auto before = static_cast<unsigned char>(i == 0 ? 0 : out[i - 1]);
    const bool ascii = byte >= 'A' && byte <= 'Z';
    const bool latin = before == 0xC3 && byte >= 0x80 && byte <= 0x9E && byte != 0x97;
    if (ascii || latin) out[i] = static_cast<char>(byte + 0x20);
  }
  return out;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_space(char32_t c) {
  return c == ' ' || c == '\t' || c == '\r' || c == 0xA0 || c == 0x202F || (c >= 0x2000 && c <= 0x200B);
}

bool is_dash(char32_t c) { return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212; }

// "esim. Kela" goes on behind its dot.
bool is_abbreviation(std::string_view word) {
  static constexpr std::array words = {"esim"sv, "mm"sv, "ks"sv,  "n"sv,  "klo"sv, "kl"sv, "ns"sv,
                                       "dr"sv,   "nr"sv, "puh"sv, "bl"sv, "a"sv,   "t"sv,  "ex"sv,
                                       "o"sv,    "m"sv,  "d"sv,   "v"sv,  "vs"sv,  "tel"sv};
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

Pieces::Pieces(std::string_view text) : original_(text::utf8_prefix(text, most_bytes)) {
  lower_ = lower_in_place(original_);
  cut();
  find_sentences();
}

void Pieces::cut() {
  bool space = true;
  pieces_.reserve(lower_.size() / 6);
  for (std::size_t at = 0; at < lower_.size();) {
    std::size_t next = at;
    const char32_t c = text::next_code_point(lower_, next);
    if (is_space(c)) {
      space = true;
      at = next;
      continue;
    }
    Piece piece;
    piece.begin = static_cast<std::uint32_t>(at);
    piece.space_before = space;
    if (c < 0x80 && is_digit(static_cast<char>(c))) {
      piece.kind = Piece::Kind::number;
      while (next < lower_.size() && is_digit(lower_[next])) ++next;
      piece.digits = static_cast<int>(std::min<std::size_t>(next - at, 1000));
      piece.value = -1;
      if (piece.digits <= 9) {
        piece.value = 0;
        for (std::size_t i = at; i < next; ++i) piece.value = piece.value * 10 + (lower_[i] - '0');
      }
    } else if (text::is_letter(c)) {
      piece.kind = Piece::Kind::word;
      piece.capital = original_[at] != lower_[at] || (next > at + 1 && original_[at + 1] != lower_[at + 1]);
      while (next < lower_.size()) {
        if (lower_[next] >= 'a' && lower_[next] <= 'z') {
          ++next;
          continue;
        }
        std::size_t behind = next;
        const char32_t letter = text::next_code_point(lower_, behind);
        if (!text::is_letter(letter) && letter != 0xAD) break;
        next = behind;
      }
    } else {
      piece.kind = c == '.'     ? Piece::Kind::dot
                   : c == '\n'  ? Piece::Kind::line
                   : is_dash(c) ? Piece::Kind::dash
                                : Piece::Kind::other;
    }
    piece.end = static_cast<std::uint32_t>(next);
    piece.word = std::string_view(lower_).substr(at, next - at);
    pieces_.push_back(piece);
    space = piece.kind == Piece::Kind::line;
    at = next;
  }
}

bool Pieces::ends_sentence(std::size_t i) const {
  const Piece& piece = pieces_[i];
  if (piece.is(Piece::Kind::word) || piece.is(Piece::Kind::number)) return false;
  const Piece& next = at(i + 1);
  if (piece.is(Piece::Kind::line)) return true;
  if (!next.space_before) return false;
  if (piece.is("!") || piece.is("?")) return true;
  if (!piece.is(Piece::Kind::dot)) return false;
  const bool opens_sentence =
      next.capital || next.is(Piece::Kind::line) || next.is("\"") || next.is("”") || next.is("»");
  return opens_sentence && !(i > 0 && is_abbreviation(pieces_[i - 1].word));
}

void Pieces::find_sentences() {
  std::uint32_t sentence = 0;
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    pieces_[i].sentence = sentence;
    if (ends_sentence(i)) ++sentence;
  }
}

std::size_t Pieces::sentence_begin(std::size_t i) const {
  const std::size_t nearest = i > longest_sentence ? i - longest_sentence : 0;
  const std::uint32_t sentence = pieces_[i].sentence;
  while (i > nearest && pieces_[i - 1].sentence == sentence) --i;
  return i;
}

std::size_t Pieces::sentence_end(std::size_t i) const {
  const std::size_t farthest = std::min(pieces_.size(), i + longest_sentence);
  const std::uint32_t sentence = pieces_[i].sentence;
  while (i < farthest && pieces_[i].sentence == sentence) ++i;
  return i;
}

}  // namespace sotevahti::tag
