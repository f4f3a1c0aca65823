#include "tag/date_words.h"

#include <array>
#include <boost/unordered/unordered_flat_map.hpp>
#include <functional>
#include <string>
#include <vector>

#include "base/hash.h"
#include "tag/first_bytes.h"

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

constexpr std::array finnish_endings = {""sv,    "n"sv,   "na"sv,  "ta"sv, "hin"sv, "hun"sv, "hon"sv, "sta"sv,
                                        "lle"sv, "ssa"sv, "ksi"sv, "a"sv,  "en"sv,  "s"sv,   "ina"sv, "isin"sv};

// Every word of a date with its number: asked for each word of every text.
using Numbers = boost::unordered_flat_map<std::string, int, base::TextHash, std::equal_to<>>;

// The words of a list are numbered from 1 in its order; of words that mean two, the first counts.
void add(Numbers& to, const auto& list, const auto& written) {
  for (std::size_t i = 0; i < list.size(); ++i)
    for (std::string& word : written(list[i])) to.try_emplace(std::move(word), static_cast<int>(i) + 1);
}

std::vector<std::string> as_it_is(std::string_view word) { return {std::string(word)}; }

std::vector<std::string> in_cases(std::string_view stem) {
  std::vector<std::string> forms;
  for (const std::string_view ending : finnish_endings) forms.push_back(std::string(stem) + std::string(ending));
  return forms;
}

Numbers months() {
  Numbers words;
  add(words, finnish_months, [](std::string_view stem) { return in_cases(std::string(stem) + "kuu"); });
  add(words, swedish_months, as_it_is);
  add(words, english_months, [](std::string_view month) {
    return std::vector<std::string>{std::string(month), std::string(month.substr(0, 3))};
  });
  words.emplace("sept", 9);
  return words;
}

Numbers weekdays() {
  Numbers words;
  add(words, finnish_days, in_cases);
  add(words, finnish_short_days, as_it_is);
  add(words, swedish_days, in_cases);
  add(words, english_days, as_it_is);
  return words;
}

int number_of(const Numbers& words, std::string_view word) {
  constexpr std::size_t longest = 24;  // bytes
  if (word.size() > longest) return 0;
  const auto found = words.find(word);
  return found == words.end() ? 0 : found->second;
}

// Each of the words with which a date can begin.
Numbers beginnings() {
  Numbers words = months();
  words.merge(weekdays());
  for (const std::string_view word : {"vuoden", "kuun", "årets", "månadens", "slutet", "utgången", "sista", "end",
                                      "tänään", "idag", "today", "huomenna", "huomiseen", "imorgon", "tomorrow"})
    words.emplace(word, 0);
  return words;
}

}  // namespace

int month_of(std::string_view word) {
  static const Numbers words = months();
  return number_of(words, word);
}

bool is_month_genitive(std::string_view word) {
  return month_of(word) != 0 && (word.find("kuu") == std::string_view::npos || word.ends_with("kuun"));
}

int weekday_of(std::string_view word, bool& until) {
  static const Numbers words = weekdays();
  const int number = number_of(words, word);
  until = number != 0 && (word.ends_with("hin") || word.ends_with("hon"));
  return number;
}

bool begins_date(std::string_view word) {
  static const Numbers words = beginnings();
  static const FirstBytes first = [] {
    FirstBytes bytes;
    for (const auto& [each, number] : words) bytes.add(each);
    return bytes;
  }();
  return first.may_know(word) && words.contains(word);
}

bool is_clock_word(std::string_view word) {
  return word == "klo" || word == "kello" || word == "kl" || word == "klockan" || word == "at";
}

}  // namespace sotevahti::tag
