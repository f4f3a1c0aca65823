#include "cli/terminal.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <numeric>

#include "base/log.h"
#include "text/utf8.h"

namespace sotevahti::cli {
namespace {

constexpr std::size_t default_width = 100;
constexpr std::size_t least_flexible = 12;
constexpr std::string_view gap = "  ";

bool wants_colour() {
  static const bool wanted =
      stdout_is_terminal() && std::getenv("NO_COLOR") == nullptr;  // NOLINT(concurrency-mt-unsafe)
  return wanted;
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

std::string padded(std::string_view text, std::size_t columns, bool right) {
  const std::string cut = fit(text, columns);
  const std::string space(columns - std::min(columns, text::display_width(cut)), ' ');
  return right ? space + cut : cut + space;
}

}  // namespace

bool stdout_is_terminal() { return isatty(STDOUT_FILENO) == 1; }
bool stderr_is_terminal() { return isatty(STDERR_FILENO) == 1; }

std::size_t terminal_width() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return default_width;
}

std::string styled(std::string_view text, Style style) {
  if (style == Style::plain || !wants_colour()) return std::string(text);
  return fmt::format("{}{}\x1b[0m", code_of(style), text);
}

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

void Table::row(std::vector<std::string> cells, Style style) {
  for (auto& cell : cells) cell = base::one_line(cell);
  rows_.push_back({std::move(cells), style});
}

std::string Table::print(std::size_t width) const {
  std::vector<std::size_t> widths;
  for (const auto& column : columns_) widths.push_back(text::display_width(column.title));
  for (const auto& row : rows_)
    for (std::size_t i = 0; i < widths.size() && i < row.cells.size(); ++i)
      widths[i] = std::max(widths[i], text::display_width(row.cells[i]));

  std::size_t total = std::accumulate(widths.begin(), widths.end(), std::size_t{0}) + gap.size() * (widths.size() - 1);
  while (total > width) {  // the widest flexible column gives way first
    std::size_t widest = widths.size();
    for (std::size_t i = 0; i < widths.size(); ++i)
      if (columns_[i].flexible && widths[i] > least_flexible && (widest == widths.size() || widths[i] > widths[widest]))
        widest = i;
    if (widest == widths.size()) break;
    --widths[widest];
    --total;
  }

  std::string out;
  const auto print_row = [&](const std::vector<std::string>& cells, Style style) {
    std::string line;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      if (i > 0) line += gap;
      line += padded(i < cells.size() ? cells[i] : "", widths[i], columns_[i].right);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += styled(line, style) + "\n";
  };
  std::vector<std::string> titles;
  for (const auto& column : columns_) titles.push_back(column.title);
  print_row(titles, Style::bold);
  for (const auto& row : rows_) print_row(row.cells, row.style);
  return out;
}

void show_progress(const std::string& what, double part) {
  if (!stderr_is_terminal() && part < 1) return;
  fmt::print(stderr, "{}{}: {:3.0f} %{}", stderr_is_terminal() ? "\r" : "", what, part * 100, part >= 1 ? "\n" : "");
}

void Progress::show(std::size_t done, std::string_view note) {
  if (!stderr_is_terminal() || total_ == 0) return;
  constexpr std::size_t bar = 30;
  const std::size_t full = bar * done / total_;
  std::string line = fmt::format("{:>{}}/{} ", done, std::to_string(total_).size(), total_);
  for (std::size_t i = 0; i < bar; ++i) line += i < full ? "█" : "░";
  line += " " + base::one_line(note);
  fmt::print(stderr, "\r{}\x1b[K", fit(line, std::max<std::size_t>(terminal_width(), 20) - 1));
  std::fflush(stderr);
  shown_ = true;
}

Progress::~Progress() {
  if (shown_) fmt::print(stderr, "\r\x1b[K");
}

}  // namespace sotevahti::cli
