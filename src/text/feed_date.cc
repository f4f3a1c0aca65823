#include "text/feed_date.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include "text/feed_date_usual.h"
#include "text/feed_date_words.h"
#include "text/url_parts.h"
#include "text/utf8.h"

namespace sotevahti::text {
namespace {

constexpr std::size_t longest_source = 1000;  // white space and all
constexpr std::size_t longest_date = 120;

// What has been read; a part that is not there yet is -1.
struct Reading {
  int year = -1;
  int month = -1;
  int day = -1;
  int hour = -1;
  int minute = 0;
  int second = 0;
  int offset = 0;  // minutes east of UTC
  bool has_zone = false;
  HalfDay half = HalfDay::none;
  bool korean = false;

  bool has_date() const { return year >= 0 && month >= 0 && day >= 0; }
  bool has_time() const { return hour >= 0; }
};

// Anything below 90 is of this century.
int full_year(int value, std::size_t digits) {
  if (digits > 2) return value;
  return value + (value < 90 ? 2000 : 1900);
}

// Reads a date's numbers and words from left to right; where each belongs follows from its
// shape and from what has been read before it.
class DateReader {
 public:
  explicit DateReader(std::string_view lower_case) : text_(lower_case) {}

  // False on what no date has.
  bool read() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (is_ascii_digit(c)) {
        if (!read_number()) return false;
      } else if (is_word_byte(c)) {
        read_word();
      } else if ((c == '+' || c == '-') && follows_digit() && (reading_.has_time() || reading_.has_date())) {
        if (!read_offset()) return false;
      } else if (c == ':') {
        return false;  // of a time that is none
      } else {
        ++at_;
      }
    }
    return true;
  }

  const Reading& reading() const { return reading_; }

 private:
  struct Number {
    int value = 0;
    std::size_t digits = 0;
  };

  static bool is_word_byte(char c) { return is_ascii_letter(c) || static_cast<unsigned char>(c) >= 0x80; }
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  bool follows_digit() const { return is_ascii_digit(peek(1)); }
  bool follows_word() const { return is_word_byte(peek(1)); }
  bool skip(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  bool skip_all(std::string_view text) {
    if (!text_.substr(at_).starts_with(text)) return false;
    at_ += text.size();
    return true;
  }

  Number take_number() {
    Number number;
    for (; is_ascii_digit(peek()); ++at_, ++number.digits)
      if (number.digits < 9) number.value = number.value * 10 + (text_[at_] - '0');
    return number;
  }
  int take_digits(std::size_t count) {
    int value = 0;
    for (; count > 0 && is_ascii_digit(peek()); --count) value = value * 10 + (text_[at_++] - '0');
    return value;
  }
  std::string_view take_word() {
    const std::size_t start = at_;
    while (is_word_byte(peek())) ++at_;
    return text_.substr(start, at_ - start);
  }

  bool read_number() {
    const std::size_t start = at_;
    const Number number = take_number();
    if (!reading_.has_time() && number.digits <= 2) {
      if (peek() == ':') return read_time(number.value, ':');
      if ((time_announced_ || reading_.has_date()) && peek() == '.' && follows_digit())
        return read_time(number.value, '.');
      if (time_announced_) {
        reading_.hour = number.value;
        return true;
      }
    }
    if (reading_.has_date() || read_korean(number)) return true;
    const char next = peek();
    const bool joined = next == '-' || next == '/' || next == '.';
    if (reading_.year < 0 && number.digits == 4 && joined && (follows_digit() || (next == '-' && follows_word())))
      return read_year_first(number.value, next);
    if (number.digits >= 7) return read_compact(start, number.digits);
    if (number.digits <= 2 && joined && follows_digit()) return read_day_first(number, next);
    return read_single(number);
  }

  // A number that stands alone: the day, then the year.
  bool read_single(const Number& number) {
    if (number.digits == 4 && reading_.year < 0) {
      reading_.year = number.value;
    } else if (number.digits > 2) {
      return false;
    } else if (reading_.day < 0) {
      reading_.day = number.value;
    } else if (reading_.year < 0) {
      reading_.year = full_year(number.value, number.digits);
    }
    return true;
  }

  // "2004년 05월 28일": Korean services write no zone and mean their own.
  bool read_korean(const Number& number) {
    int* const part = skip_all("년")   ? &reading_.year
                      : skip_all("월") ? &reading_.month
                      : skip_all("일") ? &reading_.day
                                       : nullptr;
    if (part == nullptr) return false;
    *part = number.value;
    reading_.korean = true;
    return true;
  }

  // 2004-07-13, 2004/7/13, 2004-július-13, 2004-07, 2004-195.
  bool read_year_first(int year, char separator) {
    reading_.year = year;
    reading_.day = 1;
    ++at_;
    if (is_word_byte(peek())) {
      reading_.month = month_of(take_word());
      if (reading_.month == 0) return false;
    } else {
      const Number second = take_number();
      if (second.digits == 3) return read_day_of_year(second.value);
      if (second.digits > 2) return false;
      reading_.month = second.value;
    }
    if (peek() == separator && follows_digit()) {
      ++at_;
      const Number day = take_number();
      if (day.digits > 2) return false;
      reading_.day = day.value;
    }
    return read_joined_time();
  }

  bool read_day_of_year(int day) {
    if (day < 1 || day > 366) return false;
    const auto first = std::chrono::sys_days(std::chrono::year(reading_.year) / 1 / 1);
    const std::chrono::year_month_day found(first + std::chrono::days(day - 1));
    if (static_cast<int>(found.year()) != reading_.year) return false;
    reading_.month = static_cast<int>(static_cast<unsigned>(found.month()));
    reading_.day = static_cast<int>(static_cast<unsigned>(found.day()));
    return read_joined_time();
  }

  // 20040713, 2004195, 20040713141500.
  bool read_compact(std::size_t start, std::size_t digits) {
    if (digits != 7 && digits != 8 && digits != 12 && digits != 14) return false;
    at_ = start;
    reading_.year = take_digits(4);
    if (digits == 7) return read_day_of_year(take_digits(3));
    reading_.month = take_digits(2);
    reading_.day = take_digits(2);
    return digits == 8 ? read_joined_time() : read_packed_time(digits - 8);
  }

  // 4.12.2023, 4.12.23, 13-07-2004, 12/4/2023, and 03-12-31 with its year first.
  bool read_day_first(const Number& first, char separator) {
    ++at_;
    const Number second = take_number();
    if (second.digits > 2 || !skip(separator)) return false;
    skip(' ');
    const Number third = take_number();
    if (separator == '-' && third.digits == 2) {
      reading_.year = full_year(first.value, first.digits);
      reading_.month = second.value;
      reading_.day = third.value;
      return read_joined_time();
    }
    if (third.digits != 2 && third.digits != 4) return false;
    reading_.year = full_year(third.value, third.digits);
    reading_.day = first.value;
    reading_.month = second.value;
    slashes_ = separator == '/';
    settle_slashes();
    return true;
  }

  // Americans put the month first; an English half of the day or a month over 12 tells.
  void settle_slashes() {
    if (!slashes_ || (reading_.month <= 12 && reading_.half == HalfDay::none)) return;
    std::swap(reading_.month, reading_.day);
    slashes_ = false;
  }

  // "T10:14", "t1014z" directly behind a date.
  bool read_joined_time() {
    if (peek() != 't' || !follows_digit()) return true;
    ++at_;
    const std::size_t start = at_;
    const Number number = take_number();
    if (number.digits <= 2 && peek() == ':') return read_time(number.value, ':');
    at_ = start;
    return read_packed_time(number.digits);
  }

  bool read_packed_time(std::size_t digits) {
    if (digits != 2 && digits != 4 && digits != 6) return false;
    reading_.hour = take_digits(2);
    reading_.minute = take_digits(2);
    reading_.second = take_digits(2);
    skip_fraction();
    return true;
  }

  // The rest of a time, from the separator behind its hour: a dot in Finland.
  bool read_time(int hour, char separator) {
    ++at_;
    const Number minute = take_number();
    if (minute.digits == 0 || minute.digits > 2) return false;
    reading_.hour = hour;
    reading_.minute = minute.value;
    if (peek() != separator || (separator == '.' && !follows_digit())) return true;
    ++at_;
    const Number second = take_number();
    if (second.digits == 0 || second.digits > 2) return false;
    reading_.second = second.value;
    skip_fraction();
    return true;
  }

  void skip_fraction() {
    if ((peek() == '.' || peek() == ',') && follows_digit()) {
      ++at_;
      take_number();
    }
  }

  // +0200, +02:00, +2, -00:20.
  bool read_offset() {
    const int sign = peek() == '-' ? -1 : 1;
    ++at_;
    const Number number = take_number();
    int hours = number.value;
    int minutes = 0;
    if (number.digits > 4) return false;
    if (number.digits > 2) {
      hours = number.value / 100;
      minutes = number.value % 100;
    } else if (skip(':')) {
      minutes = take_number().value;
    }
    if (hours > 23 || minutes > 59) return false;
    reading_.offset = sign * (hours * 60 + minutes);
    reading_.has_zone = true;
    return true;
  }

  void read_word() {
    const std::string_view word = take_word();
    if (word == "t" ? reading_.has_date() : announces_time(word) && !reading_.has_time()) {
      time_announced_ = true;
    } else if (const HalfDay half = half_day_of(word); half != HalfDay::none) {
      reading_.half = half;
      reading_.korean = reading_.korean || !is_ascii_letter(word[0]);
      settle_slashes();
    } else if (const int month = month_of(word); month != 0 && reading_.month < 0) {
      reading_.month = month;
    } else if (reading_.has_time() && !reading_.has_zone) {
      read_zone(word);
    }
  }

  // One that nobody knows is UTC, as mail has it.
  void read_zone(std::string_view word) {
    reading_.offset = zone_of(word).value_or(0);
    reading_.has_zone = true;
    while (is_ascii_digit(peek()) || is_ascii_letter(peek())) ++at_;  // EST5EDT
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Reading reading_;
  bool time_announced_ = false;
  bool slashes_ = false;
};

bool settle_half_day(Reading& reading) {
  if (reading.half == HalfDay::none || !reading.has_time()) return true;
  if (reading.hour > 12) return reading.half == HalfDay::pm;
  reading.hour = reading.hour % 12 + (reading.half == HalfDay::pm ? 12 : 0);
  return true;
}

// The wall clock's reading, if it can be one. 24:00 is the end of its day; a leap second the one before it.
std::optional<base::LocalTime> local_time(Reading reading) {
  if (!settle_half_day(reading)) return std::nullopt;
  const std::chrono::year_month_day day(std::chrono::year(reading.year),
                                        std::chrono::month(static_cast<unsigned>(reading.month)),
                                        std::chrono::day(static_cast<unsigned>(reading.day)));
  if (reading.year < 1000 || !day.ok()) return std::nullopt;
  if (!reading.has_time()) return base::LocalTime{day, 0, 0, 0};
  if (reading.hour > 24 || reading.minute > 59 || reading.second > 60) return std::nullopt;
  if (reading.hour == 24) {
    if (reading.minute != 0 || reading.second != 0) return std::nullopt;
    return base::LocalTime{std::chrono::sys_days(day) + std::chrono::days(1), 0, 0, 0};
  }
  return base::LocalTime{day, reading.hour, reading.minute, std::min(reading.second, 59)};
}

// In lower case, with single spaces.
std::string plain_line(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if (!is_space(c)) {
      append_utf8(out, to_lower(c));
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  return out;
}

}  // namespace

std::optional<base::Time> parse_feed_date(std::string_view text, const base::Zone* zone) {
  if (const auto usual = usual_feed_date(text)) return usual;
  const std::string line = plain_line(text.substr(0, longest_source));
  if (line.size() > longest_date) return std::nullopt;
  DateReader reader(line);
  if (!reader.read()) return std::nullopt;
  Reading reading = reader.reading();
  if (reading.year >= 0 && reading.month < 0 && reading.day < 0 && !reading.has_time()) {
    reading.month = 1;  // W3CDTF's year alone
    reading.day = 1;
  }
  if (!reading.has_date()) return std::nullopt;
  if (!reading.has_zone && reading.korean) {
    reading.has_zone = true;
    reading.offset = 9 * 60;
  }
  const auto local = local_time(reading);
  if (!local) return std::nullopt;
  if (!reading.has_zone && zone != nullptr) return zone->to_utc(*local);
  return base::Time(std::chrono::sys_days(local->day)) + std::chrono::hours(local->hour) +
         std::chrono::minutes(local->minute - reading.offset) + base::Seconds(local->second);
}

}  // namespace sotevahti::text
