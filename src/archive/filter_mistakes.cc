#include "archive/filter_mistakes.h"

#include <algorithm>
#include <cassert>

namespace sotevahti::archive {
namespace {

std::string filled(std::string_view text, const std::vector<std::string>& about) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const bool is_place = text[at] == '{' && at + 2 < text.size() && text[at + 2] == '}';
    const auto which = is_place ? static_cast<std::size_t>(text[at + 1] - '0') : 0;
    if (!is_place) {
      out += text[at++];
      continue;
    }
    if (which < about.size()) out += about[which];
    at += 3;
  }
  return out;
}

}  // namespace

FilterError filter_error(std::size_t position, std::string_view name, std::vector<std::string> about,
                         std::string meant) {
  const auto known = std::find_if(filter_mistakes.begin(), filter_mistakes.end(),
                                  [&](const FilterMistake& each) { return each.name == name; });
  assert(known != filter_mistakes.end());
  FilterError error;
  error.position = position;
  error.cause = filled(known->cause, about);
  error.suggestion = meant.empty() ? filled(known->advice, about) : "did you mean " + meant + "?";
  error.mistake = known->name;
  error.about = std::move(about);
  error.meant = std::move(meant);
  return error;
}

}  // namespace sotevahti::archive
