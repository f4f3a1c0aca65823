#include "base/journal.h"

#define SD_JOURNAL_SUPPRESS_LOCATION  // our own file and line say nothing to an admin
#include <sys/uio.h>
#include <systemd/sd-journal.h>

#include <cstdlib>
#include <string>
#include <vector>

namespace sotevahti::base {
namespace {

int priority_of(LogLevel level) {
  switch (level) {
    case LogLevel::info: return 6;
    case LogLevel::warning: return 4;
    case LogLevel::error: return 3;
  }
  return 3;
}

}  // namespace

void log_event(LogLevel level, std::string_view message, std::initializer_list<LogField> fields) {
  static const bool to_journal = std::getenv("JOURNAL_STREAM") != nullptr;  // NOLINT(concurrency-mt-unsafe)
  if (!to_journal) return log(level, message);
  std::vector<std::string> lines;
  lines.reserve(fields.size() + 3);
  lines.push_back("MESSAGE=" + one_line(message));
  lines.push_back("PRIORITY=" + std::to_string(priority_of(level)));
  lines.emplace_back("SYSLOG_IDENTIFIER=sotevahti");
  for (const LogField& field : fields) lines.push_back(std::string(field.name) + "=" + one_line(field.value));
  std::vector<iovec> parts;
  parts.reserve(lines.size());
  for (std::string& line : lines) parts.push_back({line.data(), line.size()});
  if (sd_journal_sendv(parts.data(), static_cast<int>(parts.size())) < 0) log(level, message);
}

}  // namespace sotevahti::base
