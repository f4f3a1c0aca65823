// What is known of an entry before it is read.
#pragma once
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace sotevahti::tag {

// Views must live as long as what is read from them.
struct Subject {
  std::string_view title;  // plain text
  std::string_view text;   // plain text
  std::string_view url;
  std::string_view publisher;
  std::chrono::year_month_day published;  // for years that a text leaves out
  std::string_view language_hint;         // the feed's or the entry's own; may be empty
  std::vector<std::string> feed_areas;    // prior evidence
  bool relevant_only = false;             // the feed carries other news too
};

// The language in which it is written (text::detect_language), "" where that can't be told. Any thread.
std::string language_of(const Subject& subject);

}  // namespace sotevahti::tag
