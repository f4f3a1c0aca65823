#include "cli/prose.h"

#include <algorithm>

#include "base/log.h"
#include "cli/terminal.h"
#include "text/utf8.h"

namespace sotevahti::cli {
namespace {

constexpr std::size_t widest_text = 100;  // longer lines tire the eye

class Lines {
 public:
  Lines(std::size_t columns, std::string_view indent) : columns_(columns), indent_(indent) {}

  void paragraph(std::string_view text) {
    while (!text.empty()) {
      const auto end = text.find(' ');
      if (end != 0) word(text.substr(0, end));
      text.remove_prefix(end == text.npos ? text.size() : end + 1);
    }
    end_line();
  }
  std::string take() { return std::move(out_); }

 private:
  void word(std::string_view word) {
    pieces_.clear();
    const std::size_t width = read(word);
    if (width_ > 0 && width_ + 1 + width > columns_) end_line();
    if (width_ > 0) line_ += ' ', ++width_;
    line_ += pieces_;
    width_ += width;
  }

  // Into pieces_, with its hits bold. Its width.
  std::size_t read(std::string_view word) {
    std::size_t width = 0;
    while (!word.empty()) {
      const std::string_view mark = in_hit_ ? hit_ends : hit_begins;
      const auto end = word.find(mark);
      const std::string_view piece = word.substr(0, end);
      width += text::display_width(piece);
      if (!piece.empty()) pieces_ += styled(piece, in_hit_ ? Style::bold : Style::plain);
      if (end == word.npos) break;
      in_hit_ = !in_hit_;
      word.remove_prefix(end + mark.size());
    }
    return width;
  }

  void end_line() {
    if (width_ > 0) out_.append(indent_).append(line_);
    out_ += '\n';
    line_.clear();
    width_ = 0;
  }

  std::size_t columns_;
  std::string_view indent_;
  std::string out_, line_, pieces_;
  std::size_t width_ = 0;
  bool in_hit_ = false;
};

}  // namespace

std::string prose(std::string_view text, std::size_t columns, std::string_view indent) {
  const std::size_t margin = text::display_width(indent);
  Lines lines(columns > margin ? columns - margin : 1, indent);
  while (!text.empty()) {
    const auto end = text.find('\n');
    lines.paragraph(base::one_line(text.substr(0, end)));
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
  }
  return lines.take();
}

std::size_t text_columns() { return std::min(terminal_width(), widest_text); }

std::string beside(const std::string& text, std::size_t margin) {
  if (!stdout_is_terminal() || text.empty()) return text + "\n";
  const std::string indent(margin, ' ');
  std::string lines = prose(text, text_columns(), indent);
  if (lines.starts_with(indent)) lines.erase(0, margin);  // a text of spaces is an empty line
  return lines;
}

std::string with_choices_apart(const std::string& rule) {
  if (!stdout_is_terminal()) return rule;
  std::string apart;
  for (const char c : rule) apart += c == '|' ? std::string(" | ") : std::string(1, c);
  return apart;
}

}  // namespace sotevahti::cli
