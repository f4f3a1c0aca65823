// What is new in a feed's answer, tagged and signed, its words made ready for the index.
// Opens the dictionary when the first item comes. Belongs to the mill's tagging thread.
#pragma once
#include <cstddef>
#include <functional>
#include <optional>

#include "archive/feed_store.h"
#include "archive/index_words.h"
#include "config/taxonomy.h"
#include "poll/intake.h"
#include "tag/tagger.h"

namespace sotevahti::poll {

class NewsTagger {
 public:
  // `taxonomy` must outlive it.
  NewsTagger(const config::Taxonomy& taxonomy, std::size_t cache_bytes, std::function<double()> chance);

  // Throws std::runtime_error when there is no dictionary.
  archive::PollOutcome tag(Taken taken);

 private:
  archive::IncomingEntry tagged(News news, const Fetched& fetched);
  tag::Tagger& tagger();

  const config::Taxonomy& taxonomy_;
  std::size_t cache_bytes_;
  std::function<double()> chance_;
  std::optional<tag::Tagger> tagger_;
  std::optional<archive::WordPreparer> word_preparer_;  // there when the tagger is
};

}  // namespace sotevahti::poll
