#include "cli/table.h"

#include <algorithm>
#include <numeric>
#include <string_view>

#include "base/log.h"
#include "cli/prose.h"
#include "text/utf8.h"

namespace sotevahti::cli {
namespace {

constexpr std::size_t least_flexible = 12;
constexpr std::string_view gap = "  ";

std::string padded(std::string_view text, std::size_t columns, bool right) {
  const std::string cut = fit(text, columns);
  const std::string space(columns - std::min(columns, text::display_width(cut)), ' ');
  return right ? space + cut : cut + space;
}

// Those of a hit mean nothing in a table: a stranger wrote them.
std::string without_marks(std::string text) {
  for (const std::string_view mark : {hit_begins, hit_ends})
    for (auto at = text.find(mark); at != text.npos; at = text.find(mark, at)) text.erase(at, mark.size());
  return text;
}

std::size_t total_of(const std::vector<std::size_t>& widths) {
  return std::accumulate(widths.begin(), widths.end(), std::size_t{0}) + gap.size() * (widths.size() - 1);
}

}  // namespace

void Table::row(std::vector<std::string> cells, Style style) {
  for (auto& cell : cells) cell = base::one_line(cell);
  rows_.push_back({std::move(cells), style});
}

// The widest flexible column gives way first; together they are wider still where that is not enough.
std::vector<std::size_t> Table::widths_in(std::size_t width) const {
  std::vector<std::size_t> widths;
  for (const auto& column : columns_) widths.push_back(text::display_width(column.title));
  for (const auto& row : rows_)
    for (std::size_t i = 0; i < widths.size() && i < row.cells.size(); ++i)
      widths[i] = std::max(widths[i], text::display_width(row.cells[i]));

  std::size_t total = total_of(widths);
  while (total > width) {
    std::size_t widest = widths.size();
    for (std::size_t i = 0; i < widths.size(); ++i)
      if (columns_[i].flexible && widths[i] > least_flexible && (widest == widths.size() || widths[i] > widths[widest]))
        widest = i;
    if (widest == widths.size()) break;
    --widths[widest];
    --total;
  }
  return widths;
}

Table::Row Table::titles() const {
  Row row{{}, Style::bold};
  for (const auto& column : columns_) row.cells.push_back(column.title);
  return row;
}

std::string Table::line_of(const Row& row, const std::vector<std::size_t>& widths) const {
  std::string line;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    if (i > 0) line += gap;
    line += padded(i < row.cells.size() ? row.cells[i] : "", widths[i], columns_[i].right);
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return styled(line, row.style) + "\n";
}

std::string Table::lines_of(const Row& row, std::size_t width) const {
  std::string others;
  for (std::size_t i = 1; i < row.cells.size(); ++i)
    if (!row.cells[i].empty()) others += (others.empty() ? "" : " · ") + row.cells[i];
  const std::string& first = row.cells.front();
  std::string lines = styled(columns_.front().flexible ? fit(first, width) : first, row.style) + "\n";
  const std::string below = prose(without_marks(std::move(others)), width, gap);
  for (std::size_t at = 0; at < below.size();) {
    const std::size_t end = below.find('\n', at);
    lines += styled(fit(std::string_view(below).substr(at, end - at), width), row.style) + "\n";
    at = end + 1;
  }
  return lines;
}

std::string Table::print(std::size_t width) const {
  const std::vector<std::size_t> widths = widths_in(width);
  std::string out = line_of(titles(), widths);
  for (const auto& row : rows_) out += line_of(row, widths);
  return out;
}

std::string Table::print_for_person(std::size_t width) const {
  if (total_of(widths_in(width)) <= width) return print(width);
  std::string out = lines_of(titles(), width);
  for (const auto& row : rows_) out += lines_of(row, width);
  return out;
}

std::string Table::print_here() const {
  return stdout_is_terminal() ? print_for_person(terminal_width()) : print(terminal_width());
}

}  // namespace sotevahti::cli
