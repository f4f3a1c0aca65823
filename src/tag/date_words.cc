#include "tag/date_words.h"

#include <algorithm>
#include <array>

namespace sotevahti::tag {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::array finnish_months = {"tammi"sv, "helmi"sv, "maalis"sv, "huhti"sv, "touko"sv,  "kesä"sv,
                                       "heinä"sv, "elo"sv,   "syys"sv,   "loka"sv,  "marras"sv, "joulu"sv};
constexpr std::array swedish_months = {"januari"sv,   "februari"sv, "mars"sv,     "april"sv,
                                       "maj"sv,       "juni"sv,     "juli"sv,     "augusti"sv,
                                       "september"sv, "oktober"sv,  "november"sv, "december"sv};
constexpr std::array english_months = {"january"sv,   "february"sv, "march"sv,    "april"sv,
                                       "may"sv,       "june"sv,     "july"sv,     "august"sv,
                                       "september"sv, "october"sv,  "november"sv, "december"sv};
constexpr std::array finnish_days = {"maanantai"sv, "tiistai"sv,  "keskiviikko"sv, "torstai"sv,
                                     "perjantai"sv, "lauantai"sv, "sunnuntai"sv};
constexpr std::array finnish_short_days = {"ma"sv, "ti"sv, "ke"sv, "to"sv, "pe"sv, "la"sv, "su"sv};
constexpr std::array swedish_days = {"måndag"sv, "tisdag"sv, "onsdag"sv, "torsdag"sv,
                                     "fredag"sv, "lördag"sv, "söndag"sv};
constexpr std::array english_days = {"monday"sv, "tuesday"sv,  "wednesday"sv, "thursday"sv,
                                     "friday"sv, "saturday"sv, "sunday"sv};

int position(const auto& list, const auto& meets) {
  const auto at = std::find_if(list.begin(), list.end(), meets);
  return at == list.end() ? 0 : static_cast<int>(at - list.begin()) + 1;
}

bool is_case_of(std::string_view word, std::string_view stem) {
  static constexpr std::array endings = {""sv,    "n"sv,   "na"sv,  "ta"sv, "hin"sv, "hun"sv, "hon"sv, "sta"sv,
                                         "lle"sv, "ssa"sv, "ksi"sv, "a"sv,  "en"sv,  "s"sv,   "ina"sv, "isin"sv};
  if (!word.starts_with(stem)) return false;
  const std::string_view rest = word.substr(stem.size());
  return std::find(endings.begin(), endings.end(), rest) != endings.end();
}

}  // namespace

int month_of(std::string_view word) {
  const int finnish = position(finnish_months, [&](std::string_view stem) {
    return word.starts_with(stem) && word.substr(stem.size()).starts_with("kuu") &&
           is_case_of(word.substr(stem.size()), "kuu");
  });
  if (finnish != 0) return finnish;
  const int whole = position(swedish_months, [&](std::string_view month) { return word == month; });
  if (whole != 0) return whole;
  return position(english_months, [&](std::string_view month) {
    return word == month || (word.size() == 3 && month.starts_with(word)) || (word == "sept" && month == "september");
  });
}

bool is_month_genitive(std::string_view word) {
  return month_of(word) != 0 && (word.find("kuu") == std::string_view::npos || word.ends_with("kuun"));
}

int weekday_of(std::string_view word, bool& until) {
  until = false;
  const int finnish = position(finnish_days, [&](std::string_view stem) { return is_case_of(word, stem); });
  if (finnish != 0) {
    until = word.ends_with("hin") || word.ends_with("hon");
    return finnish;
  }
  const int shortened = position(finnish_short_days, [&](std::string_view day) { return word == day; });
  if (shortened != 0) return shortened;
  const int swedish = position(swedish_days, [&](std::string_view stem) { return is_case_of(word, stem); });
  if (swedish != 0) return swedish;
  return position(english_days, [&](std::string_view day) { return word == day; });
}

bool is_clock_word(std::string_view word) {
  return word == "klo" || word == "kello" || word == "kl" || word == "klockan" || word == "at";
}

}  // namespace sotevahti::tag
