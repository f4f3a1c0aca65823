#include "cli/roff.h"

#include <fmt/format.h>

#include "base/version.h"

namespace sotevahti::cli {
namespace {

// A hyphen would be set as a typographic one and could not be copied into a shell.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') out += "\\e";
    else if (c == '-') out += "\\-";
    else out += c;
  }
  if (out.starts_with('.') || out.starts_with('\'')) out.insert(0, "\\&");
  return out;
}

}  // namespace

Roff::Roff(std::string_view name, int section, std::string_view description)
    : text_(
          fmt::format(".\\\" Made by the program itself: sotevahti help manual.\n.TH \"{}\" {} \"\" \"sotevahti {}\"\n",
                      name, section, base::version)) {
  this->section("NAME");
  line(fmt::format("{} - {}", name, description));
}

void Roff::line(std::string_view content) { text_ += escaped(content) + "\n"; }

void Roff::section(std::string_view title) { text_ += fmt::format(".SH \"{}\"\n", escaped(title)); }
void Roff::subsection(std::string_view title) { text_ += fmt::format(".SS \"{}\"\n", escaped(title)); }

void Roff::paragraph(std::string_view text) {
  text_ += ".PP\n";
  line(text);
}

void Roff::tagged(std::string_view term, std::string_view text) {
  text_ += fmt::format(".TP\n\\fB{}\\fR\n", escaped(term));
  line(text);
}

void Roff::literal(std::string_view lines) {
  text_ += ".PP\n.nf\n.RS 4\n";
  while (!lines.empty()) {
    const auto end = std::min(lines.find('\n'), lines.size());
    line(lines.substr(0, end));
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  text_ += ".RE\n.fi\n";
}

void Roff::see_also(std::string_view pages) {
  section("SEE ALSO");
  line(pages);
}

}  // namespace sotevahti::cli
