#include "base/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <cstdlib>

namespace sotevahti::base {
namespace {

// Under systemd the journal has time and unit, and reads the level from "<N>".
spdlog::logger& logger() {
  static const auto instance = [] {
    auto made = std::make_shared<spdlog::logger>("sotevahti", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    const bool to_journal = std::getenv("JOURNAL_STREAM") != nullptr;  // NOLINT(concurrency-mt-unsafe): nothing sets it
    made->set_pattern(to_journal ? "%v" : "%Y-%m-%d %H:%M:%S %l %v");
    made->set_level(spdlog::level::info);
    made->flush_on(spdlog::level::debug);
    return made;
  }();
  return *instance;
}

struct LevelNames {
  spdlog::level::level_enum level;
  const char* journal;
};

LevelNames names_of(LogLevel level) {
  switch (level) {
    case LogLevel::info: return {spdlog::level::info, "<6>"};
    case LogLevel::warning: return {spdlog::level::warn, "<4>"};
    case LogLevel::error: return {spdlog::level::err, "<3>"};
  }
  return {spdlog::level::err, "<3>"};
}

// U+061C, U+200E-200F, U+2028-202E, U+2066-2069: they turn or break a line unseen.
std::size_t hidden_mark_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  if (byte(at) == 0xD8 && byte(at + 1) == 0x9C) return 2;
  if (byte(at) != 0xE2) return 0;
  const unsigned second = byte(at + 1);
  const unsigned third = byte(at + 2);
  if (second == 0x80 && (third == 0x8E || third == 0x8F || (third >= 0xA8 && third <= 0xAE))) return 3;
  if (second == 0x81 && third >= 0xA6 && third <= 0xA9) return 3;
  return 0;
}

}  // namespace

void log(LogLevel level, std::string_view message) {
  static const bool to_journal = std::getenv("JOURNAL_STREAM") != nullptr;  // NOLINT(concurrency-mt-unsafe)
  const auto [spd, journal] = names_of(level);
  logger().log(spd, "{}{}", to_journal ? journal : "", one_line(message));
}

std::string one_line(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c < 0x20 || c == 0x7f) {
      out += fmt::format("\\x{:02x}", c);
    } else if (c == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[++i]));  // C1 controls
    } else if (const std::size_t length = hidden_mark_length(text, i); length > 0) {
      out += "\\u";
      i += length - 1;
    } else {
      out += text[i];
    }
  }
  return out;
}

}  // namespace sotevahti::base
