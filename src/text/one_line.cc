#include "text/one_line.h"

#include <utility>

#include "text/types.h"
#include "text/utf8.h"

namespace sotevahti::text {
namespace {

// "klo 16.…" reads as a misprint.
std::string cut_short(std::string line) {
  line.erase(line.find_last_not_of(" .,;:") + 1);
  return line + "…";
}

}  // namespace

std::string one_line_of(std::string_view text, std::size_t characters) {
  // White space collapses: a quarter more of the text is enough for most, and the rest is not looked at.
  std::size_t taken = 0;
  for (std::size_t count = characters + characters / 4 + 8; count > 0 && taken < text.size(); --count)
    next_code_point(text, taken);
  std::string line = HeaderLine::from(text.substr(0, taken)).str();
  std::size_t at = 0;
  std::size_t last_space = 0;
  for (std::size_t count = 0; at < line.size(); ++count) {
    if (count == characters) {
      line.resize(last_space > at / 2 ? last_space : at);
      return cut_short(std::move(line));
    }
    if (line[at] == ' ') last_space = at;
    next_code_point(line, at);
  }
  return taken < text.size() ? cut_short(std::move(line)) : line;
}

}  // namespace sotevahti::text
