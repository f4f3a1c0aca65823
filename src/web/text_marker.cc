#include "web/text_marker.h"

#include <algorithm>

namespace sotevahti::web {

TextMarker::TextMarker(Html& html, std::vector<TextMark> marks) : html_(html) {
  std::stable_sort(marks.begin(), marks.end(), [](const TextMark& a, const TextMark& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
  });
  for (TextMark& mark : marks)
    if (mark.begin < mark.end && (marks_.empty() || mark.begin >= marks_.back().end)) marks_.push_back(std::move(mark));
}

const TextMark* TextMarker::mark_at(std::size_t at) {
  if (at == std::string_view::npos) return nullptr;
  while (next_ < marks_.size() && marks_[next_].end <= at) ++next_;
  return next_ < marks_.size() && marks_[next_].begin <= at ? &marks_[next_] : nullptr;
}

void TextMarker::go_to(const TextMark* mark) {
  if (open_ && open_ != mark) html_.put("</mark>");
  if (space_waits_) html_.put(" ");
  space_waits_ = false;
  if (mark && open_ != mark)
    html_.put("<mark").attribute("class", mark->css_class).attribute("title", mark->title).put(">");
  open_ = mark;
}

void TextMarker::word(std::string_view text, std::size_t at) {
  go_to(mark_at(at));
  html_.text(text);
}

void TextMarker::close() { go_to(nullptr); }

}  // namespace sotevahti::web
