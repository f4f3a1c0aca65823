#include "cli/terminal.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>

#include "base/log.h"
#include "text/utf8.h"

namespace sotevahti::cli {
namespace {

constexpr std::size_t default_width = 100;
constexpr std::size_t least_width = 20;

std::string_view variable(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nothing sets it
  return value == nullptr ? "" : value;
}

bool is_set(const char* name) { return !variable(name).empty(); }

bool wants_colour() {
  static const bool wanted = stdout_is_terminal() && !is_set("NO_COLOR") && variable("TERM") != "dumb";
  return wanted;
}

// None of them says so when asked; they are known by what they leave in the environment.
bool is_known_for_links() {
  const std::string_view term = variable("TERM");
  if (term == "dumb" || is_set("TMUX") || term.starts_with("screen")) return false;
  for (const std::string_view each : {"xterm-kitty", "alacritty", "foot", "wezterm", "xterm-ghostty", "contour"})
    if (term.starts_with(each)) return true;
  const std::string_view program = variable("TERM_PROGRAM");
  for (const std::string_view each : {"iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper"})
    if (program == each) return true;
  const std::string_view vte = variable("VTE_VERSION");  // 0.50 was the first, 5002 its number
  return (vte.size() >= 4 && vte >= "5000") || is_set("WT_SESSION") || is_set("KONSOLE_VERSION") || is_set("DOMTERM");
}

bool& links() {
  static bool wanted = [] {
    if (!stdout_is_terminal()) return false;
    if (is_set("FORCE_HYPERLINK")) return variable("FORCE_HYPERLINK") != "0";
    return is_known_for_links();
  }();
  return wanted;
}

// Printable ASCII, the rest in percent; empty where it is no address of the web.
std::string as_link_target(std::string_view url) {
  if (!url.starts_with("https://") && !url.starts_with("http://")) return {};
  std::string target;
  for (const char c : url) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte > 0x20 && byte < 0x7f) target += c;
    else target += fmt::format("%{:02X}", byte);
  }
  return target;
}

std::size_t asked_width() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  const std::string_view columns = variable("COLUMNS");
  std::size_t width = 0;
  std::from_chars(columns.data(), columns.data() + columns.size(), width);
  return width > 0 ? width : default_width;
}

std::string_view code_of(Style style) {
  switch (style) {
    case Style::plain: return "";
    case Style::bold: return "\x1b[1m";
    case Style::dim: return "\x1b[2m";
    case Style::red: return "\x1b[31m";
    case Style::green: return "\x1b[32m";
    case Style::yellow: return "\x1b[33m";
    case Style::blue: return "\x1b[34m";
  }
  return "";
}

}  // namespace

bool stdout_is_terminal() {
  static const bool is_one = isatty(STDOUT_FILENO) == 1;
  return is_one;
}
bool stderr_is_terminal() {
  static const bool is_one = isatty(STDERR_FILENO) == 1;
  return is_one;
}

std::size_t terminal_width() {
  static const std::size_t width = std::max(least_width, asked_width());
  return width;
}

std::string styled(std::string_view text, Style style) {
  if (style == Style::plain || !wants_colour()) return std::string(text);
  return fmt::format("{}{}\x1b[0m", code_of(style), text);
}

std::string linked(std::string_view text, std::string_view url) {
  const std::string target = links() ? as_link_target(url) : "";
  if (target.empty()) return std::string(text);
  return fmt::format("\x1b]8;;{}\x1b\\{}\x1b]8;;\x1b\\", target, text);
}

void forget_links() { links() = false; }

std::string fit(std::string_view text, std::size_t columns) {
  if (text::display_width(text) <= columns) return std::string(text);
  if (columns == 0) return {};
  std::size_t at = 0;
  std::size_t width = 0;
  while (at < text.size()) {
    std::size_t next = at;
    text::next_code_point(text, next);
    const std::size_t wide = text::display_width(text.substr(at, next - at));
    if (width + wide > columns - 1) break;
    width += wide;
    at = next;
  }
  return std::string(text.substr(0, at)) + "…";
}

void tell(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stderr); }

void show_progress(const std::string& what, double part) {
  if (!stderr_is_terminal() && part < 1) return;
  tell("{}{}: {:3.0f} %{}", stderr_is_terminal() ? "\r" : "", what, part * 100, part >= 1 ? "\n" : "");
}

void Progress::show(std::size_t done, std::string_view note) {
  if (!stderr_is_terminal() || total_ == 0) return;
  constexpr std::size_t bar = 30;
  const std::size_t full = bar * done / total_;
  std::string line = fmt::format("{:>{}}/{} ", done, std::to_string(total_).size(), total_);
  for (std::size_t i = 0; i < bar; ++i) line += i < full ? "█" : "░";
  line += " " + base::one_line(note);
  tell("\r{}\x1b[K", fit(line, std::max<std::size_t>(terminal_width(), 20) - 1));
  std::fflush(stderr);
  shown_ = true;
}

Progress::~Progress() {
  if (shown_) tell("\r\x1b[K");
}

}  // namespace sotevahti::cli
