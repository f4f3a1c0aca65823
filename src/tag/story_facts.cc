#include "tag/story_facts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "tag/first_bytes.h"
#include "tag/story_words.h"

namespace sotevahti::tag {
namespace {

using std::string_view_literals::operator""sv;
using Kind = Piece::Kind;

constexpr std::size_t most_pieces = 2000;
constexpr std::size_t most_facts = 24;

struct NumberWord {
  std::string_view word;
  int value;
};

// Finnish bends them: kuuden, kuutta. Beginnings; what stands here with another one's beginning stands before it.
constexpr std::array finnish_numbers = {NumberWord{"yksitoista", 11},
                                        NumberWord{"yhdentoista", 11},
                                        NumberWord{"kaksitoista", 12},
                                        NumberWord{"kahdentoista", 12},
                                        NumberWord{"kahtatoista", 12},
                                        NumberWord{"kolmetoista", 13},
                                        NumberWord{"kolmentoista", 13},
                                        NumberWord{"kolmeatoista", 13},
                                        NumberWord{"neljätoista", 14},
                                        NumberWord{"neljäntoista", 14},
                                        NumberWord{"neljäätoista", 14},
                                        NumberWord{"viisitoista", 15},
                                        NumberWord{"viidentoista", 15},
                                        NumberWord{"viittätoista", 15},
                                        NumberWord{"kuusitoista", 16},
                                        NumberWord{"kuudentoista", 16},
                                        NumberWord{"kuuttatoista", 16},
                                        NumberWord{"seitsemäntoista", 17},
                                        NumberWord{"seitsemäätoista", 17},
                                        NumberWord{"kahdeksantoista", 18},
                                        NumberWord{"kahdeksaatoista", 18},
                                        NumberWord{"yhdeksäntoista", 19},
                                        NumberWord{"yhdeksäätoista", 19},
                                        NumberWord{"kolme", 3},
                                        NumberWord{"neljä", 4},
                                        NumberWord{"viisi", 5},
                                        NumberWord{"viiden", 5},
                                        NumberWord{"viittä", 5},
                                        NumberWord{"kuusi", 6},
                                        NumberWord{"kuuden", 6},
                                        NumberWord{"kuutta", 6},
                                        NumberWord{"seitsemä", 7},
                                        NumberWord{"kahdeksan", 8},
                                        NumberWord{"yhdeksän", 9},
                                        NumberWord{"kymmenen", 10}};

// Tens in Finnish as they are written most, and what Swedish and English do not bend.
constexpr std::array whole_numbers = {NumberWord{"kaksikymmentä", 20},
                                      NumberWord{"kolmekymmentä", 30},
                                      NumberWord{"neljäkymmentä", 40},
                                      NumberWord{"viisikymmentä", 50},
                                      NumberWord{"tre", 3},
                                      NumberWord{"fyra", 4},
                                      NumberWord{"fem", 5},
                                      NumberWord{"sex", 6},
                                      NumberWord{"sju", 7},
                                      NumberWord{"åtta", 8},
                                      NumberWord{"nio", 9},
                                      NumberWord{"tio", 10},
                                      NumberWord{"elva", 11},
                                      NumberWord{"tolv", 12},
                                      NumberWord{"tretton", 13},
                                      NumberWord{"fjorton", 14},
                                      NumberWord{"femton", 15},
                                      NumberWord{"sexton", 16},
                                      NumberWord{"sjutton", 17},
                                      NumberWord{"arton", 18},
                                      NumberWord{"nitton", 19},
                                      NumberWord{"tjugo", 20},
                                      NumberWord{"trettio", 30},
                                      NumberWord{"fyrtio", 40},
                                      NumberWord{"femtio", 50},
                                      NumberWord{"three", 3},
                                      NumberWord{"four", 4},
                                      NumberWord{"five", 5},
                                      NumberWord{"six", 6},
                                      NumberWord{"seven", 7},
                                      NumberWord{"eight", 8},
                                      NumberWord{"nine", 9},
                                      NumberWord{"ten", 10},
                                      NumberWord{"eleven", 11},
                                      NumberWord{"twelve", 12},
                                      NumberWord{"thirteen", 13},
                                      NumberWord{"fourteen", 14},
                                      NumberWord{"fifteen", 15},
                                      NumberWord{"sixteen", 16},
                                      NumberWord{"seventeen", 17},
                                      NumberWord{"eighteen", 18},
                                      NumberWord{"nineteen", 19},
                                      NumberWord{"twenty", 20}};

// It is asked for each word of every text.
bool may_be_number(std::string_view word) {
  static const FirstBytes first = [] {
    FirstBytes bytes;
    for (const NumberWord& each : finnish_numbers) bytes.add(each.word);
    for (const NumberWord& each : whole_numbers) bytes.add(each.word);
    return bytes;
  }();
  return first.may_know(word);
}

std::optional<int> value_of_word(std::string_view word) {
  constexpr std::size_t longest_ending = 5;
  if (!may_be_number(word)) return std::nullopt;
  for (const auto& [beginning, value] : finnish_numbers) {
    if (!word.starts_with(beginning)) continue;
    const std::string_view ending = word.substr(beginning.size());
    // "kolmesataa", "viidennes", "neljännes" are other numbers.
    const bool goes_on = ending.starts_with("sa") || ending.starts_with("nne") || ending.starts_with("nes");
    return ending.size() <= longest_ending && !goes_on ? std::optional(value) : std::nullopt;
  }
  for (const auto& [whole, value] : whole_numbers)
    if (word == whole) return value;
  return std::nullopt;
}

double scale_of(std::string_view word) {
  if (word.starts_with("miljoon") || word.starts_with("miljon") || word.starts_with("million") || word == "milj")
    return 1e6;
  if (word.starts_with("miljard") || word.starts_with("billion") || word == "mrd") return 1e9;
  if (word == "tuhatta" || word == "tusen" || word == "thousand") return 1e3;
  return 1;
}

Weight weight_of_number(double value) {
  if (value >= 1000) return Weight::name;
  if (value >= 20) return Weight::specific;
  return value >= 10 ? Weight::ordinary : Weight::common;
}

class FactReader {
 public:
  FactReader(const DatedText& text, std::chrono::year_month_day published, StoryFacts& facts)
      : pieces_(text.pieces), facts_(facts), published_year_(static_cast<int>(published.year())) {
    std::size_t at = 0;
    for (const DateMention& date : text.dates) {
      read_numbers(at, date.first);
      if (!date.relative && !date.bare) add_date(date.day);
      if (date.until && !date.relative) add_year(static_cast<int>(date.day.year()));  // "vuoden 2028 loppuun"
      else if (date.bare) read_numbers(date.first, date.last);
      if (date.from) add_date(*date.from);
      at = date.last;
    }
    read_numbers(at, std::min(pieces_.size(), most_pieces));
  }

 private:
  void add_date(std::chrono::year_month_day day) {
    const auto number = std::chrono::sys_days(day).time_since_epoch().count();
    facts_.dates.push_back(with_weight(hash32("date " + std::to_string(number)), Weight::name));
  }

  void read_numbers(std::size_t first, std::size_t last) {
    for (at_ = first; at_ < last;) {
      const Piece& piece = pieces_[at_];
      if (piece.is(Kind::number)) read_number();
      else if (const auto value = piece.is(Kind::word) ? value_of_word(piece.word) : std::nullopt; value) {
        ++at_;
        add_number(*value);
      } else {
        ++at_;
      }
    }
  }

  // "75 000", "3,7 miljoonaa", "4/2026".
  void read_number() {
    const Piece& first = pieces_[at_];
    const Piece& next = pieces_.at(at_ + 1);
    const Piece& after = pieces_.at(at_ + 2);
    if (next.is("/") && after.is(Kind::number) && !next.space_before && !after.space_before) {
      facts_.series.push_back(hash32(std::to_string(first.value) + "/" + std::to_string(after.value)) & ~3U);
      at_ += 3;
      return;
    }
    double value = first.value;
    ++at_;
    while (pieces_.at(at_).is(Kind::number) && pieces_[at_].digits == 3 && first.digits <= 3 && value < 1e9) {
      value = value * 1000 + pieces_[at_].value;
      ++at_;
    }
    // "165,000" in English; no decimals come by threes.
    while (pieces_.at(at_).is(",") && !pieces_[at_].space_before && pieces_.at(at_ + 1).digits == 3 &&
           first.digits <= 3 && !pieces_[at_ + 1].space_before && value < 1e9) {
      value = value * 1000 + pieces_[at_ + 1].value;
      at_ += 2;
    }
    const bool decimals = (pieces_.at(at_).is(",") || pieces_.at(at_).is(".")) && !pieces_[at_].space_before &&
                          pieces_.at(at_ + 1).is(Kind::number) && !pieces_[at_ + 1].space_before;
    if (decimals) {
      const Piece& fraction = pieces_[at_ + 1];
      value += fraction.value / std::pow(10.0, std::min(fraction.digits, 9));
      at_ += 2;
    }
    if (first.value < 0) return;
    if (first.digits == 4 && value >= 1990 && value < 2100) add_year(first.value);
    else add_number(value);
  }

  // The year of the entry and the one after stand in every other text.
  void add_year(int year) {
    if (year != published_year_ && year != published_year_ + 1)
      facts_.all.push_back(with_weight(hash32("year " + std::to_string(year)), Weight::ordinary));
  }

  void add_number(double value) {
    value *= scale_of(pieces_.at(at_).word);
    if (value < 3) return;
    facts_.all.push_back(
        with_weight(hash32("number " + std::to_string(std::llround(value * 100))), weight_of_number(value)));
  }

  const Pieces& pieces_;
  StoryFacts& facts_;
  const int published_year_;
  std::size_t at_ = 0;
};

void settle(std::vector<std::uint32_t>& facts) {
  std::sort(facts.begin(), facts.end());
  facts.erase(std::unique(facts.begin(), facts.end()), facts.end());
  if (facts.size() > most_facts) facts.resize(most_facts);
}

}  // namespace

StoryFacts story_facts(const DatedText& title, const DatedText& text, std::chrono::year_month_day published) {
  StoryFacts facts;
  FactReader(title, published, facts);
  FactReader(text, published, facts);
  settle(facts.dates);
  facts.all.insert(facts.all.end(), facts.dates.begin(), facts.dates.end());
  settle(facts.all);
  settle(facts.series);
  return facts;
}

}  // namespace sotevahti::tag
