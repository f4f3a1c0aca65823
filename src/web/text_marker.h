// Writes text character by character and opens and closes marks at their places. Inside
// the room.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "web/html.h"
#include "web/reading_text.h"

namespace sotevahti::web {

class TextMarker {
 public:
  TextMarker(Html& html, std::vector<TextMark> marks);

  // Text that stands at `at` of the plain text (npos: nowhere), without white space.
  void word(std::string_view text, std::size_t at);
  void space() { space_waits_ = true; }
  // Before a tag is written: no mark reaches over it.
  void close();

 private:
  const TextMark* mark_at(std::size_t at);
  void go_to(const TextMark* mark);
  Html& html_;
  std::vector<TextMark> marks_;  // by place, without overlaps
  std::size_t next_ = 0;
  const TextMark* open_ = nullptr;
  bool space_waits_ = false;
};

}  // namespace sotevahti::web
