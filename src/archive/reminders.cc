#include <fmt/format.h>

#include <algorithm>

#include "archive/people.h"
#include "config/values.h"

namespace sotevahti::archive {

base::Result<Reminders> Reminders::parse(std::string_view text) {
  constexpr std::string_view alert_word = "alert";
  Reminders reminders;
  if (text == "none") {
    reminders.how = How::none;
    return reminders;
  }
  std::string_view days = text;
  if (days == alert_word || days.starts_with("alert ")) {
    reminders.how = How::alert;
    days.remove_prefix(std::min(alert_word.size() + 1, days.size()));
  }
  auto read = config::parse_days(days);
  if (!read)
    return base::fail(
        fmt::format("\"{}\" says nothing of reminders: {}. There are \"none\", \"7,2\" (days before, in "
                    "the digest) and \"alert 7,2\" (in messages of their own)",
                    text, read.error().message));
  reminders.days = std::move(*read);
  return reminders;
}

std::string Reminders::print() const {
  if (how == How::none) return "none";
  std::string listed = config::days_text(days);
  if (how == How::in_digest) return listed;
  return listed.empty() ? "alert" : "alert " + listed;
}

}  // namespace sotevahti::archive
