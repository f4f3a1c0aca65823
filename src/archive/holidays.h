// Finland's public holidays, by the laws in force since 1992. Pure; any thread.
#pragma once
#include <chrono>

namespace sotevahti::archive {

std::chrono::year_month_day easter_sunday(std::chrono::year year);
bool is_finnish_holiday(std::chrono::year_month_day day);

}  // namespace sotevahti::archive
