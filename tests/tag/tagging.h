// One tagger by the built-in tags.d for all tests of the room: making it costs more than a test.
#pragma once
#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "config/taxonomy.h"
#include "tag/tagger.h"
#include "text/words.h"

namespace sotevahti::tag::testing {

struct Entry {
  std::string_view title;
  std::string_view text;
  std::string_view publisher = "Yle";
  std::string_view url = "";
  std::vector<std::string> feed_areas = {};
};

inline const config::Taxonomy& taxonomy() {
  static const config::Taxonomy taxonomy = config::load_taxonomy(SOTEVAHTI_SOURCE_DIR "/tags.d").value();
  return taxonomy;
}

inline text::Lexicon& lexicon() {
  static const std::unique_ptr<text::Lexicon> lexicon = text::Lexicon::open(16U << 20U).value();
  return *lexicon;
}

inline Tagger& tagger() {
  static Tagger tagger(taxonomy(), lexicon());
  return tagger;
}

inline Subject subject_of(const Entry& entry) {
  using namespace std::chrono;
  Subject subject;
  subject.title = entry.title;
  subject.text = entry.text;
  subject.url = entry.url;
  subject.publisher = entry.publisher;
  subject.published = year(2025) / 10 / 1;
  subject.feed_areas = entry.feed_areas;
  return subject;
}

inline std::vector<std::string> ids(const std::vector<Tag>& tags) {
  std::vector<std::string> ids;
  for (const Tag& tag : tags) ids.push_back(tag.id);
  std::sort(ids.begin(), ids.end());
  return ids;
}

inline std::vector<std::string> areas_of(const Entry& entry) { return ids(tagger().tag(subject_of(entry)).areas); }
inline std::vector<std::string> topics_of(const Entry& entry) { return ids(tagger().tag(subject_of(entry)).topics); }

}  // namespace sotevahti::tag::testing
