#include <algorithm>
#include <array>

#include "text/compound.h"
#include "text/finnish.h"

namespace sotevahti::text {
namespace {

using std::string_view_literals::operator""sv;

// One morpheme of WORDBASES: "avust(avustaa)", "us(+us)", "ensi", "-".
struct Piece {
  std::string_view surface;
  std::string_view base;  // without the plus sign of a suffix; empty when not told
  bool suffix = false;
};

using Part = CompoundPart;

// Compounds that mean something else than their halves: searched for kunta, a maakunta
// or a valiokunta is not meant.
constexpr std::array fused = {
    "valtakunnallinen"sv, "työkyvyttömyys"sv, "mielipide"sv,      "tammikuu"sv,         "helmikuu"sv,
    "maaliskuu"sv,        "huhtikuu"sv,       "toukokuu"sv,       "kesäkuu"sv,          "heinäkuu"sv,
    "elokuu"sv,           "syyskuu"sv,        "lokakuu"sv,        "marraskuu"sv,        "joulukuu"sv,
    "esimerkki"sv,        "ajankohta"sv,      "alijäämä"sv,       "asiakirja"sv,        "asiantuntija"sv,
    "edunvalvonta"sv,     "eduskunta"sv,      "ehtoinen"sv,       "henkilökohtainen"sv, "hyvinvointi"sv,
    "ilmapiiri"sv,        "itsehallinto"sv,   "itsemurha"sv,      "kotikunta"sv,        "lautakunta"sv,
    "lähisuhde"sv,        "maahanmuutto"sv,   "maahanmuuttaja"sv, "maakunta"sv,         "neuvottelukunta"sv,
    "osavuosi"sv,         "palokunta"sv,      "perustuslaki"sv,   "puheenjohtaja"sv,    "pöytäkirja"sv,
    "seurakunta"sv,       "seutukunta"sv,     "sidosryhmä"sv,     "talousarvio"sv,      "tasavalta"sv,
    "tekoäly"sv,          "toimeentulo"sv,    "toimielin"sv,      "toimikunta"sv,       "työntekijä"sv,
    "työvoima"sv,         "vaalikausi"sv,     "valiokunta"sv,     "valtiovara"sv,       "vapaaehtoinen"sv,
    "väkivalta"sv,        "yhteistoiminta"sv, "yhteistyö"sv,      "yliopisto"sv,        "yliopistollinen"sv,
    "ylijäämä"sv};

// Adjectives as they begin a compound, where the dictionary does not name them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> adjectives = {{{"vammais", "vammainen"},
                                                                                      {"yhteis", "yhteinen"},
                                                                                      {"yleis", "yleinen"},
                                                                                      {"erikois", "erikoinen"},
                                                                                      {"vertais", "vertainen"}}};

std::vector<Piece> split_pieces(std::string_view wordbases) {
  std::vector<Piece> pieces;
  for (std::size_t at = 0; at < wordbases.size();) {
    if (wordbases[at] == '+') ++at;
    std::size_t end = at;
    while (end < wordbases.size() && wordbases[end] != '+' && wordbases[end] != '(') ++end;
    Piece piece{wordbases.substr(at, end - at), {}, false};
    if (end < wordbases.size() && wordbases[end] == '(') {
      const std::size_t close = std::min(wordbases.find(')', end), wordbases.size());
      piece.base = wordbases.substr(end + 1, close - end - 1);
      if (piece.base.starts_with('+')) {
        piece.suffix = true;
        piece.base.remove_prefix(1);
      }
      end = std::min(close + 1, wordbases.size());
    }
    if (!piece.surface.empty() || !piece.base.empty()) pieces.push_back(piece);
    if (end == at) break;
    at = end;
  }
  return pieces;
}

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// The places, in characters, at which STRUCTURE begins a new part.
std::vector<std::size_t> boundaries(std::string_view structure) {
  std::vector<std::size_t> at;
  std::size_t count = 0;
  for (const char c : structure) {
    if (c == '=') at.push_back(count);
    else ++count;
  }
  return at;
}

std::string without_marks(std::string_view base) {
  std::string plain;
  for (const char c : base)
    if (c != '=') plain += c;
  return plain;
}

// asumis- (asua) is asuminen.
std::string action_noun(std::string_view surface) { return std::string(surface.substr(0, surface.size() - 1)) + "nen"; }

// "+hanki(hankkia)+nta(+ta)": what the suffix adds stands at the end of its surface.
std::string derived(const std::string& stem, const Piece& suffix) {
  const std::size_t at = suffix.surface.rfind(suffix.base);
  if (at != std::string_view::npos) return stem + std::string(suffix.surface.substr(0, at)) + std::string(suffix.base);
  const bool keeps_n = suffix.surface.starts_with("nn") && suffix.base.starts_with('t');  // valinnan-: valinta
  return stem + (keeps_n ? "n" : "") + std::string(suffix.base);
}

std::string lemma_of_one(const Piece& piece) {
  for (const auto& [beginning, adjective] : adjectives)
    if (piece.surface == beginning) return std::string(adjective);
  if (piece.base.starts_with(std::string(piece.surface) + "-")) return std::string(piece.surface);  // yt-neuvottelu
  const bool is_verb =
      !piece.base.empty() && piece.base != piece.surface && (piece.base.ends_with('a') || piece.base.ends_with("ä"));
  if (piece.surface.ends_with("mis") && is_verb) return action_noun(piece.surface);
  return without_marks(piece.base.empty() ? piece.surface : piece.base);
}

Part make_part(const std::vector<Piece>& pieces) {
  Part part;
  std::string stem;
  for (const Piece& piece : pieces) {
    stem = part.surface;
    part.surface += piece.surface;
  }
  if (pieces.size() == 1) part.lemma = lemma_of_one(pieces.front());
  else part.lemma = pieces.back().base.empty() ? part.surface : derived(stem, pieces.back());
  return part;
}

std::vector<Part> group(const std::vector<Piece>& pieces, const std::vector<std::size_t>& starts) {
  std::vector<Part> parts;
  std::vector<Piece> open;
  std::size_t position = 0;
  const auto close = [&] {
    if (!open.empty()) parts.push_back(make_part(open));
    open.clear();
  };
  for (const Piece& piece : pieces) {
    const bool hyphen = piece.surface == "-";
    const bool at_boundary = std::find(starts.begin(), starts.end(), position) != starts.end();
    if (hyphen || (!piece.suffix && (!piece.base.empty() || at_boundary))) close();
    if (hyphen) {
      if (!parts.empty()) parts.back().surface += '-';
    } else {
      open.push_back(piece);
    }
    position += characters(piece.surface);
  }
  close();
  return parts;
}

// Joins neighbours that are one word of the language.
void fuse(std::vector<Part>& parts) {
  for (std::size_t i = 0; i + 1 < parts.size();) {
    const std::string joined = parts[i].surface + parts[i + 1].lemma;
    if (std::find(fused.begin(), fused.end(), joined) == fused.end()) {
      ++i;
      continue;
    }
    parts[i] = Part{parts[i].surface + parts[i + 1].surface, joined};
    parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(i) + 1);
  }
}

}  // namespace

std::vector<std::string> compound_parts(std::string_view baseform, std::string_view wordbases,
                                        std::string_view structure) {
  std::vector<Part> parts = group(split_pieces(wordbases), boundaries(structure));
  if (parts.size() < 2) return {};
  std::size_t before_head = 0;
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) before_head += parts[i].surface.size();
  // The head as BASEFORM has it: its piece may be a derivation that WORDBASES takes apart.
  if (before_head < baseform.size()) parts.back().lemma = without_marks(baseform.substr(before_head));
  fuse(parts);
  return words_within(parts);
}

}  // namespace sotevahti::text
