// The tagger: language, relevance, areas, topics and deadlines of one entry, with
// evidence. Rules come from the taxonomy (tags.d). It holds a lexicon, so one tagger
// belongs to one thread; apart from what it remembers of words it keeps nothing between
// calls.
#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "config/taxonomy.h"
#include "tag/reading.h"
#include "tag/subject.h"
#include "tag/tags.h"
#include "text/words.h"

namespace sotevahti::tag {

class Tagger {
 public:
  // `taxonomy` and `lexicon` must outlive the tagger. `form_bytes` bounds what is remembered
  // of the words of all languages together.
  Tagger(const config::Taxonomy& taxonomy, text::Lexicon& lexicon, std::size_t form_bytes = std::size_t{32} << 20);
  // With a lexicon of its own; both together remember no more than `cache_bytes`. Fails when the
  // Finnish dictionary is not installed. `taxonomy` must outlive the tagger.
  static base::Result<Tagger> open(const config::Taxonomy& taxonomy, std::size_t cache_bytes);
  ~Tagger();
  Tagger(Tagger&&) noexcept;

  // Reads an entry once for all who ask about it. Holds until the next call of this tagger.
  Reading read(const Subject& subject);
  // In a language that is known beforehand.
  Reading read(const Subject& subject, std::string language);

  Tags tag(const Reading& reading);
  Tags tag(const Subject& subject);

  // Why not: what spoke for and against a topic or area ("topic:hyte", "area:lappi"),
  // in sentences for a person.
  std::vector<std::string> why(const Subject& subject, std::string_view tag);

 private:
  class Impl;
  std::unique_ptr<text::Lexicon> own_lexicon_;  // of open(); outlives what was made with it
  std::unique_ptr<Impl> impl_;
};

// Changes when the rules or the words do: entries that were tagged with another are stale.
std::string tagger_version(const config::Taxonomy& taxonomy);

}  // namespace sotevahti::tag
