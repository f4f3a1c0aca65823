// A record of the log with fields that the journal finds it by:
//   journalctl SOTEVAHTI_FEED=pirha-uutiset
// One line all the same, and plain where no journal listens. No secret is ever passed in. Any thread.
#pragma once
#include <initializer_list>
#include <string_view>

#include "base/log.h"

namespace sotevahti::base {

// The name as journald wants it: "SOTEVAHTI_FEED".
struct LogField {
  std::string_view name, value;
};

void log_event(LogLevel level, std::string_view message, std::initializer_list<LogField> fields);

}  // namespace sotevahti::base
