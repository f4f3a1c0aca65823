// The log: one record, one line, on standard error, without raw control bytes,
// whatever a stranger's text holds. No secret is ever passed in. Any thread.
#pragma once
#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>

namespace sotevahti::base {

enum class LogLevel { info, warning, error };

void log(LogLevel level, std::string_view message);
// Text of a stranger made fit for one line of a log or terminal: control
// characters, bidi overrides and line breaks become visible escapes.
std::string one_line(std::string_view text);

template <class... Args>
void log_info(fmt::format_string<Args...> format, Args&&... args) {
  log(LogLevel::info, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void log_warning(fmt::format_string<Args...> format, Args&&... args) {
  log(LogLevel::warning, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void log_error(fmt::format_string<Args...> format, Args&&... args) {
  log(LogLevel::error, fmt::format(format, std::forward<Args>(args)...));
}

}  // namespace sotevahti::base
