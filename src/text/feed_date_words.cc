#include "text/feed_date_words.h"

#include <algorithm>
#include <array>

namespace sotevahti::text {
namespace {

struct Month {
  std::string_view beginning;
  int number;
};

// A word that begins so is the month. Finnish first: marraskuu is not March.
constexpr Month months[] = {
    {"tammi", 1}, {"helmi", 2}, {"maalis", 3}, {"huhti", 4}, {"touko", 5}, {"kesä", 6},
    {"heinä", 7}, {"elo", 8}, {"syys", 9}, {"loka", 10}, {"marras", 11}, {"joulu", 12},
    // English, Swedish, German, Hungarian.
    {"jan", 1}, {"feb", 2}, {"mar", 3}, {"már", 3}, {"mär", 3}, {"apr", 4}, {"ápr", 4}, {"may", 5}, {"maj", 5},
    {"mai", 5}, {"máj", 5}, {"máu", 5}, {"jun", 6}, {"jún", 6}, {"jul", 7}, {"júl", 7}, {"aug", 8}, {"sep", 9},
    {"szep", 9}, {"oct", 10}, {"okt", 10}, {"nov", 11}, {"dec", 12}, {"dez", 12},
    // Greek.
    {"ιαν", 1}, {"φεβ", 2}, {"μάρ", 3}, {"μαρ", 3}, {"μάώ", 3}, {"απρ", 4}, {"μάι", 5}, {"μαϊ", 5}, {"μαι", 5},
    {"ιούν", 6}, {"ιουν", 6}, {"ιον", 6}, {"ιούλ", 7}, {"ιουλ", 7}, {"ιολ", 7}, {"αύγ", 8}, {"αυγ", 8}, {"σεπ", 9},
    {"οκτ", 10}, {"νοέ", 11}, {"νοε", 11}, {"δεκ", 12},
};

struct ZoneName {
  std::string_view name;
  int hours;
};

// "et" and its kind say no season; they are taken for standard time. A single letter is
// RFC 822's, which has the signs the wrong way round.
constexpr ZoneName zones[] = {
    {"z", 0},     {"ut", 0},    {"utc", 0},   {"gmt", 0},   {"wet", 0},   {"west", 1},  {"bst", 1},   {"cet", 1},
    {"met", 1},   {"mez", 1},   {"cest", 2},  {"mest", 2},  {"mesz", 2},  {"eet", 2},   {"eest", 3},  {"sast", 2},
    {"msk", 3},   {"hkt", 8},   {"sgt", 8},   {"awst", 8},  {"jst", 9},   {"kst", 9},   {"aest", 10}, {"aedt", 11},
    {"nzst", 12}, {"nzdt", 13}, {"adt", -3},  {"ast", -4},  {"at", -4},   {"edt", -4},  {"est", -5},  {"et", -5},
    {"cdt", -5},  {"cst", -6},  {"ct", -6},   {"mdt", -6},  {"mst", -7},  {"mt", -7},   {"pdt", -7},  {"pst", -8},
    {"pt", -8},   {"akdt", -8}, {"akst", -9}, {"hst", -10}, {"a", -1},    {"n", 1},     {"m", -12},   {"y", 12},
};

}  // namespace

int month_of(std::string_view word) {
  for (const Month& month : months)
    if (word.starts_with(month.beginning)) return month.number;
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
