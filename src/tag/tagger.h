// The tagger: language, relevance, areas, topics and deadlines of one entry, with
// evidence. Rules come from the taxonomy (tags.d). It holds a lexicon, so one tagger
// belongs to one thread; apart from the lexicon's cache it keeps nothing between calls.
#pragma once
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "config/taxonomy.h"
#include "tag/tags.h"
#include "text/words.h"

namespace sotevahti::tag {

// What is known of an entry. Views must live until tag() returns.
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

class Tagger {
 public:
  // `taxonomy` and `lexicon` must outlive the tagger.
  Tagger(const config::Taxonomy& taxonomy, text::Lexicon& lexicon);
  ~Tagger();
  Tagger(Tagger&&) noexcept;

  Tags tag(const Subject& subject);

  // Why not: what spoke for and against a topic or area ("topic:hyte", "area:lappi"),
  // in sentences for a person.
  std::vector<std::string> why(const Subject& subject, std::string_view tag);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

// Changes when the rules or the words do: entries that were tagged with another are stale.
std::string tagger_version(const config::Taxonomy& taxonomy);

}  // namespace sotevahti::tag
