// A table of a list, that fits the terminal's width. A stranger's text in it is made fit for one line.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "cli/terminal.h"

namespace sotevahti::cli {

class Table {
 public:
  struct Column {
    std::string title;
    bool right = false;     // numbers
    bool flexible = false;  // gives way when the terminal is narrow
  };
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}
  void row(std::vector<std::string> cells, Style style = Style::plain);
  // Where what does not give way is wider than `width`, the lines are wider too: what reads them line by line
  // finds a row on each.
  std::string print(std::size_t width) const;
  // There, each row stands below itself instead: its first cell, and under it the others in running text.
  std::string print_for_person(std::size_t width) const;
  // The one on a terminal, the other elsewhere.
  std::string print_here() const;

 private:
  struct Row {
    std::vector<std::string> cells;
    Style style;
  };
  std::vector<std::size_t> widths_in(std::size_t width) const;
  Row titles() const;
  std::string line_of(const Row& row, const std::vector<std::size_t>& widths) const;
  std::string lines_of(const Row& row, std::size_t width) const;

  std::vector<Column> columns_;
  std::vector<Row> rows_;
};

}  // namespace sotevahti::cli
