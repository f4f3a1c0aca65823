// Tags archived entries by the present rules, as if they came today from their feeds. One
// thread. What comes of it goes to archive::TagStore.
#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "archive/tag_store.h"
#include "base/result.h"
#include "config/catalogue.h"
#include "config/taxonomy.h"
#include "tag/tagger.h"

namespace sotevahti::poll {

class Retagger {
 public:
  // Both must outlive it. `cache_bytes`: for words and for what the rules make of them. Fails
  // where there is no dictionary.
  static base::Result<std::unique_ptr<Retagger>> make(const config::Taxonomy& taxonomy,
                                                      const config::Catalogue& catalogue, std::size_t cache_bytes);

  std::vector<archive::RetaggedEntry> retag(const std::vector<archive::UntaggedEntry>& entries);

 private:
  Retagger(const config::Catalogue& catalogue, tag::Tagger tagger);
  archive::RetaggedEntry retag(const archive::UntaggedEntry& entry);

  const config::Catalogue& catalogue_;
  tag::Tagger tagger_;
};

// Entries that are read, tagged and written at once: what a kill can cost, and for how long others wait.
inline constexpr std::size_t retagged_at_once = 200;

// All that wait, here and now; told how far it came (0..1) after each step.
void retag_all(archive::Database& database, Retagger& retagger, const std::function<void(double)>& progress);

// "tags: 512 entries looked at, 14 changed: area:lappi +3 -1, topic:hyte +10"
std::string in_words(const archive::TagChanges& changes);

}  // namespace sotevahti::poll
