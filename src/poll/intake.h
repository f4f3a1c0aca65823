// One fetched answer taken in: parsed, its new items tagged and signed, and the feed's
// state moved on. Reads the archive, writes nothing. Each of the mill's parsing threads
// has its own; the dictionary is opened when the first new item comes.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "archive/feed_store.h"
#include "archive/index_words.h"
#include "config/taxonomy.h"
#include "poll/mill.h"
#include "tag/tagger.h"

namespace sotevahti::poll {

class Intake {
 public:
  struct Options {
    std::filesystem::path archive;
    std::size_t lexicon_cache_bytes = std::size_t{24} << 20;
    std::size_t most_told = 200;
    std::function<double()> chance;
  };
  Intake(const config::Taxonomy& taxonomy, Options options);

  // Throws ArchiveError when the archive cannot be read, std::runtime_error when there is no dictionary.
  archive::PollOutcome take_in(Fetched fetched);

 private:
  archive::PollOutcome updated(Fetched& fetched, const feed::Document& document);
  archive::IncomingEntry tagged(feed::Item item, const Fetched& fetched);
  archive::Database& database();
  tag::Tagger& tagger();

  const config::Taxonomy& taxonomy_;
  Options options_;
  std::unique_ptr<archive::Database> database_;
  std::optional<tag::Tagger> tagger_;
  std::optional<archive::WordPreparer> word_preparer_;  // there when the tagger is
};

}  // namespace sotevahti::poll
