// The grammar of iCalendar (RFC 5545): lines, texts, days and times. A stranger's text
// cannot add a line. Pure; any thread.
#pragma once
#include <chrono>
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

}  // namespace sotevahti::digest
