// The grammar of iCalendar (RFC 5545): lines, texts, days and times. A stranger's text
// cannot add a line. Pure; any thread.
#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace sotevahti::digest {

// Section 3.1: folded at 75 octets, between characters.
void add_calendar_line(std::string& out, std::string_view line);
// Section 3.3.11: a value of type TEXT; a line feed becomes "\\n".
std::string calendar_text(std::string_view text);
std::string calendar_date(std::chrono::year_month_day day);  // 20260220
std::string calendar_time(base::Time time);                  // 20260220T104526Z
// DTSTART and DTEND of what closes: the whole day, or a moment of Helsinki's.
void add_calendar_close(std::string& out, std::chrono::year_month_day day,
                        const std::optional<std::chrono::minutes>& time_of_day);
// Section 3.8.7.4: a later change has a higher number. It fits 32 bits until 2088.
std::int64_t calendar_sequence(base::Time changed);

}  // namespace sotevahti::digest
