// Deadlines: dates by which a reader must act (apply for a grant, comment, register),
// and open occasions. What an authority must do, what is already over, when something
// opens, and when a body meets are none. Pure; any thread.
#pragma once
#include <chrono>
#include <string_view>
#include <vector>

#include "tag/date_mentions.h"
#include "tag/tags.h"

namespace sotevahti::tag {

// By date, one for each. `language` is fi, sv, en or another (read as Finnish); `published`
// gives the year that a text leaves out. Texts are plain; offsets are bytes into them.
std::vector<Deadline> find_deadlines(const DatedText& title, const DatedText& text, std::string_view language,
                                     std::chrono::year_month_day published);
std::vector<Deadline> find_deadlines(std::string_view title, std::string_view text, std::string_view language,
                                     std::chrono::year_month_day published);

}  // namespace sotevahti::tag
