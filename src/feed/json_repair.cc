#include "feed/json_repair.h"

namespace sotevahti::feed {

std::string cut_json(std::string_view utf8) {
  // {"items": [{...}, {...}, ...]}: an item's end leaves the object and the list open.
  constexpr std::string_view item_level = "{[";
  std::string open;
  std::size_t whole = 0;
  bool in_string = false;
  for (std::size_t at = 0; at < utf8.size(); ++at) {
    const char c = utf8[at];
    if (in_string) {
      if (c == '\\') ++at;
      in_string = c != '"';
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      open += c;
    } else if (c == '}' || c == ']') {
      if (open.empty() || (open.back() == '{') != (c == '}')) break;
      open.pop_back();
      if (c == '}' && open == item_level) whole = at + 1;
    }
  }
  return whole == 0 ? std::string() : std::string(utf8.substr(0, whole)) + "]}";
}

}  // namespace sotevahti::feed
