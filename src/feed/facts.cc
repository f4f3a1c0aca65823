#include "feed/facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/hash.h"
#include "feed/ascii.h"
#include "feed/numeric_date.h"
#include "text/byte_block.h"
#include "text/utf8.h"

namespace sotevahti::feed {
namespace {

constexpr std::size_t npos = std::string_view::npos;
// A table of figures is not compared figure by figure.
constexpr std::size_t most_facts = 400;

struct MonthName {
  std::string_view start;
  unsigned month;
};

// Finnish months by their stem ("helmikuuta"), Swedish and English by their name.
constexpr std::array months = {
    MonthName{"tammikuu", 1},  MonthName{"helmikuu", 2}, MonthName{"maaliskuu", 3},  MonthName{"huhtikuu", 4},
    MonthName{"toukokuu", 5},  MonthName{"kesäkuu", 6},  MonthName{"heinäkuu", 7},   MonthName{"elokuu", 8},
    MonthName{"syyskuu", 9},   MonthName{"lokakuu", 10}, MonthName{"marraskuu", 11}, MonthName{"joulukuu", 12},
    MonthName{"januar", 1},    MonthName{"februar", 2},  MonthName{"mars", 3},       MonthName{"march", 3},
    MonthName{"april", 4},     MonthName{"maj", 5},      MonthName{"may", 5},        MonthName{"juni", 6},
    MonthName{"june", 6},      MonthName{"juli", 7},     MonthName{"july", 7},       MonthName{"august", 8},
    MonthName{"september", 9}, MonthName{"oktober", 10}, MonthName{"october", 10},   MonthName{"november", 11},
    MonthName{"december", 12},
};

struct Scale {
  std::string_view start;
  int zeros;
};

// The longer name first.
constexpr std::array scales = {Scale{"miljard", 9}, Scale{"milj", 6},  Scale{"million", 6}, Scale{"billion", 9},
                               Scale{"mrd", 9},     Scale{"tuhat", 3}, Scale{"tusen", 3},   Scale{"mn", 6}};

bool is_word_byte(char c) { return is_alpha(c) || static_cast<unsigned char>(c) >= 0x80; }

class FactScanner {
 public:
  explicit FactScanner(std::string_view text) : text_(text) {}

  std::vector<std::string> scan() {
    for (at_ = next_digit(); at_ < text_.size() && facts_.size() < most_facts; at_ = next_digit()) take_number();
    std::sort(facts_.begin(), facts_.end());
    facts_.erase(std::unique(facts_.begin(), facts_.end()), facts_.end());
    return std::move(facts_);
  }

 private:
  std::size_t next_digit() const {
    std::size_t at = at_;
    for (; at + text::ByteBlock::size <= text_.size(); at += text::ByteBlock::size) {
      const text::ByteBlock block(text_.data() + at);
      if ((block.below('9' + 1) & ~block.below('0')).any()) break;
    }
    while (at < text_.size() && !is_digit(text_[at])) ++at;
    return at;
  }

  void take_number() {
    if (take_diary_number() || take_date() || take_date_in_words() || take_time()) return;
    take_amount();
  }

  // 5146/01.04.00/2023, 4/2026: one number, no dates in it.
  bool take_diary_number() {
    std::size_t end = at_;
    bool slash = false;
    while (end < text_.size() && (is_digit(text_[end]) || text_[end] == '.' || text_[end] == '/')) {
      slash = slash || text_[end] == '/';
      ++end;
    }
    while (end > at_ && !is_digit(text_[end - 1])) --end;
    if (!slash || text_.substr(at_, end - at_).find('/') == npos) return false;
    add(fmt::format("number {}", text_.substr(at_, end - at_)), end);
    return true;
  }

  bool take_date() {
    const auto date = numeric_date_at(text_, at_);
    if (!date) return false;
    add_date(date->year, date->month, date->day, date->end);
    return true;
  }

  // "9. helmikuuta 2026", "9 februari 2026".
  bool take_date_in_words() {
    std::size_t at = at_;
    const auto day = digits_at(text_, at, 2);
    if (!day || *day < 1 || *day > 31) return false;
    if (at < text_.size() && text_[at] == '.') ++at;
    at = skip_spaces(at);
    const std::string word = lower(word_at(at));
    const auto month =
        std::find_if(months.begin(), months.end(), [&](auto& one) { return word.starts_with(one.start); });
    if (month == months.end()) return false;
    at += word.size();
    std::size_t behind = skip_spaces(at);
    const std::size_t year_begin = behind;
    const auto year = digits_at(text_, behind, 4);
    const bool has_year = year && behind - year_begin == 4;
    add_date(has_year ? std::optional(static_cast<int>(*year)) : std::nullopt, month->month, *day,
             has_year ? behind : at);
    return true;
  }

  // "15:45" anywhere; "15.45" and a bare hour only after klo, kello, kl.
  bool take_time() {
    std::size_t at = at_;
    const auto hour = digits_at(text_, at, 2);
    if (!hour || *hour > 24) return false;
    const bool announced = follows_clock_word();
    std::optional<unsigned> minute;
    if (at + 2 < text_.size() && (text_[at] == ':' || (announced && text_[at] == '.')) && is_digit(text_[at + 1])) {
      std::size_t behind = at + 1;
      minute = digits_at(text_, behind, 2);
      if (!minute || *minute > 59 || behind - at != 3) return false;
      at = behind;
    }
    if (!minute && !announced) return false;
    add(fmt::format("time {:02}:{:02}", *hour, minute.value_or(0)), at);
    return true;
  }

  bool follows_clock_word() const {
    std::string_view before = text_.substr(0, at_);
    while (!before.empty() && before.back() == ' ') before.remove_suffix(1);
    for (const std::string_view word : {"klo", "kello", "kl.", "kl", "klockan"}) {
      if (before.size() >= word.size() && equal_ignoring_case(before.substr(before.size() - word.size()), word)) {
        const std::size_t begin = before.size() - word.size();
        return begin == 0 || !is_word_byte(before[begin - 1]);
      }
    }
    return false;
  }

  // Digits with spaces between groups of three, and decimals behind a comma or a dot.
  void take_amount() {
    std::string whole, decimals;
    std::size_t at = take_digits(at_, whole);
    while (is_group(at)) at = take_digits(at + 1, whole);
    if (at + 1 < text_.size() && (text_[at] == ',' || text_[at] == '.') && is_digit(text_[at + 1])) {
      at = take_digits(at + 1, decimals);
    }
    std::size_t unit = skip_spaces(at);
    const int zeros = take_scale(unit);
    const std::string value = scaled(whole, decimals, zeros);
    if (const std::size_t euro = behind_euro(unit); euro != npos) return add(fmt::format("sum {} eur", value), euro);
    if (const std::size_t share = behind_share(unit); share != npos)
      return add(fmt::format("share {} %", value), share);
    add(fmt::format("number {}", value), zeros > 0 ? unit : at);
  }

  std::size_t take_digits(std::size_t at, std::string& digits) const {
    while (at < text_.size() && is_digit(text_[at])) digits += text_[at++];
    return at;
  }

  bool is_group(std::size_t at) const {
    if (at + 3 >= text_.size() || text_[at] != ' ') return false;
    if (!is_digit(text_[at + 1]) || !is_digit(text_[at + 2]) || !is_digit(text_[at + 3])) return false;
    return at + 4 >= text_.size() || !is_digit(text_[at + 4]);
  }

  int take_scale(std::size_t& at) const {
    const std::string word = lower(word_at(at));
    const auto scale =
        std::find_if(scales.begin(), scales.end(), [&](auto& one) { return word.starts_with(one.start); });
    if (scale == scales.end()) return 0;
    at += word.size();
    if (at < text_.size() && text_[at] == '.') ++at;
    at = skip_spaces(at);
    return scale->zeros;
  }

  // 1,25 and six zeros: 1250000.
  static std::string scaled(std::string whole, std::string decimals, int zeros) {
    while (!decimals.empty() && decimals.back() == '0') decimals.pop_back();
    for (int i = 0; i < zeros; ++i) {
      whole += decimals.empty() ? '0' : decimals.front();
      if (!decimals.empty()) decimals.erase(0, 1);
    }
    const std::size_t first = std::min(whole.find_first_not_of('0'), whole.size() - 1);
    return whole.substr(first) + (decimals.empty() ? "" : "." + decimals);
  }

  std::size_t behind_euro(std::size_t at) const {
    if (text_.substr(at).starts_with("€")) return at + std::string_view("€").size();
    const std::string_view word = word_at(at);
    return starts_ignoring_case(word, "euro") || equal_ignoring_case(word, "eur") || word == "e" ? at + word.size()
                                                                                                 : npos;
  }

  std::size_t behind_share(std::size_t at) const {
    if (at < text_.size() && text_[at] == '%') return at + 1;
    const std::string_view word = word_at(at);
    return starts_ignoring_case(word, "prosent") || starts_ignoring_case(word, "procent") ||
                   starts_ignoring_case(word, "percent")
               ? at + word.size()
               : npos;
  }

  std::size_t skip_spaces(std::size_t at) const {
    while (at < text_.size() && text_[at] == ' ') ++at;
    return at;
  }

  std::string_view word_at(std::size_t at) const {
    std::size_t end = at;
    while (end < text_.size() && is_word_byte(text_[end])) ++end;
    return text_.substr(at, end - at);
  }

  void add_date(std::optional<int> year, unsigned month, unsigned day, std::size_t end) {
    add(year ? fmt::format("date {:04}-{:02}-{:02}", *year, month, day) : fmt::format("date --{:02}-{:02}", month, day),
        end);
  }

  void add(std::string fact, std::size_t end) {
    facts_.push_back(std::move(fact));
    at_ = end;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<std::string> facts_;
};

constexpr char32_t soft_hyphen = 0xAD;
constexpr char32_t zero_width_space = 0x200B;

// Behind the small letters and digits from `at`, of which nearly all of a text is made:
// they are their own lower case.
std::size_t behind_small_letters(std::string_view text, std::size_t at) {
  const auto is_nordic = [](char second) { return second == '\xA4' || second == '\xB6' || second == '\xA5'; };
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if ((c >= 'a' && c <= 'z') || is_digit(c)) continue;
    if (c != '\xC3' || at + 1 == text.size() || !is_nordic(text[at + 1])) break;
    ++at;
  }
  return at;
}

void append_letters(std::string& to, std::string_view text) {
  bool gap = !to.empty();
  const auto append = [&](std::string_view letters) {
    if (gap && !to.empty()) to += ' ';
    gap = false;
    to += letters;
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    at = behind_small_letters(text, start);
    if (at > start) {
      append(text.substr(start, at - start));
      continue;
    }
    const char32_t c = text::next_code_point(text, at);
    if (c == soft_hyphen || c == zero_width_space) continue;
    if (text::is_letter(c) || text::is_digit(c)) {
      append({});
      text::append_utf8(to, text::to_lower(c));
    } else {
      gap = true;
    }
  }
}

}  // namespace

std::vector<std::string> facts_of(std::string_view plain_text) { return FactScanner(plain_text).scan(); }

ContentHashes content_hashes(std::string_view title, std::string_view text) {
  std::string letters;
  letters.reserve(title.size() + text.size() + 2);
  append_letters(letters, title);
  const std::size_t behind_title = letters.size();
  letters += '\n';
  append_letters(letters, text);
  return {base::hash64(letters), base::hash64(std::string_view(letters).substr(behind_title))};
}

}  // namespace sotevahti::feed
