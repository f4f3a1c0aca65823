// A man page being written, in the macros of man(7). Whatever stands in a text, no line
// of it is taken for a macro. Pure.
#pragma once
#include <string>
#include <string_view>

namespace sotevahti::cli {

class Roff {
 public:
  Roff(std::string_view name, int section, std::string_view description);

  void section(std::string_view title);
  void subsection(std::string_view title);
  void paragraph(std::string_view text);
  // A term in bold, and what it means, indented.
  void tagged(std::string_view term, std::string_view text);
  // As it is, line by line, in a fixed width.
  void literal(std::string_view lines);
  void see_also(std::string_view pages);  // "sotevahti(1), feeds.d(5)"

  const std::string& text() const { return text_; }

 private:
  void line(std::string_view content);
  std::string text_;
};

}  // namespace sotevahti::cli
