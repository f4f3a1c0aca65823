#include "text/feed_date_words.h"

#include <algorithm>
#include <array>

namespace sotevahti::text {
namespace {

using Months = std::array<std::string_view, 12>;

// How the months' names begin. Finnish is asked first: marraskuu is not March.
constexpr Months finnish = {"tammi", "helmi", "maalis", "huhti", "touko",  "kesä",
                            "heinä", "elo",   "syys",   "loka",  "marras", "joulu"};

// English, Swedish, German, Hungarian and Greek.
constexpr Months others = {"jan ιαν",
                           "feb φεβ",
                           "mar már mär μάρ μαρ",
                           "apr ápr απρ",
                           "may maj mai máj μάι μαϊ μαι",
                           "jun jún ιούν ιουν ιον",
                           "jul júl ιούλ ιουλ ιολ",
                           "aug αύγ αυγ",
                           "sep szep σεπ",
                           "oct okt οκτ",
                           "nov νοέ νοε",
                           "dec dez δεκ"};

bool begins_with_one_of(std::string_view word, std::string_view beginnings) {
  while (!beginnings.empty()) {
    const std::size_t end = std::min(beginnings.find(' '), beginnings.size());
    if (word.starts_with(beginnings.substr(0, end))) return true;
    beginnings.remove_prefix(std::min(end + 1, beginnings.size()));
  }
  return false;
}

struct ZoneName {
  std::string_view name;
  int hours;
};

// "et" and its kind say no season; they are taken for standard time. A single letter is
// RFC 822's, which has the signs the wrong way round.
// clang-format off
constexpr ZoneName zones[] = {
    {"z", 0},     {"ut", 0},    {"utc", 0},   {"gmt", 0},   {"wet", 0},   {"west", 1},  {"bst", 1},   {"cet", 1},
    {"met", 1},   {"mez", 1},   {"cest", 2},  {"mest", 2},  {"mesz", 2},  {"eet", 2},   {"eest", 3},  {"sast", 2},
    {"msk", 3},   {"hkt", 8},   {"sgt", 8},   {"awst", 8},  {"jst", 9},   {"kst", 9},   {"aest", 10}, {"aedt", 11},
    {"nzst", 12}, {"nzdt", 13}, {"adt", -3},  {"ast", -4},  {"at", -4},   {"edt", -4},  {"est", -5},  {"et", -5},
    {"cdt", -5},  {"cst", -6},  {"ct", -6},   {"mdt", -6},  {"mst", -7},  {"mt", -7},   {"pdt", -7},  {"pst", -8},
    {"pt", -8},   {"akdt", -8}, {"akst", -9}, {"hst", -10}, {"a", -1},    {"n", 1},     {"m", -12},   {"y", 12},
};
// clang-format on

}  // namespace

int month_of(std::string_view word) {
  for (const Months& months : {finnish, others})
    for (std::size_t i = 0; i < months.size(); ++i)
      if (begins_with_one_of(word, months[i])) return static_cast<int>(i) + 1;
  return 0;
}

std::optional<int> zone_of(std::string_view word) {
  for (const ZoneName& zone : zones)
    if (zone.name == word) return zone.hours * 60;
  return std::nullopt;
}

bool announces_time(std::string_view word) {
  constexpr std::array<std::string_view, 5> words = {"klo", "kl", "kello", "klockan", "at"};
  return std::find(words.begin(), words.end(), word) != words.end();
}

HalfDay half_day_of(std::string_view word) {
  if (word == "am" || word == "오전") return HalfDay::am;
  if (word == "pm" || word == "오후") return HalfDay::pm;
  return HalfDay::none;
}

}  // namespace sotevahti::text
