// One fetched answer taken in: parsed, and what is new of it told from what the archive
// holds. Reads the archive, writes nothing. Belongs to the mill's reading thread.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "archive/feed_store.h"
#include "feed/item.h"
#include "poll/fetched.h"
#include "tag/subject.h"

namespace sotevahti::poll {

struct News {
  feed::Item item;
  std::string language;  // in which it is written, tag::language_of()
};

// What is known of a feed's answer before its news is tagged.
struct Taken {
  Fetched fetched;  // its body is spent
  archive::PollOutcome outcome;
  std::vector<base::Time> times;  // of all its items
  std::vector<News> news;         // to be tagged; none: the outcome is whole
};

class Intake {
 public:
  struct Options {
    std::filesystem::path archive;
    std::size_t most_told = 200;
    std::function<double()> chance;
  };
  explicit Intake(Options options);

  // Throws ArchiveError when the archive cannot be read.
  Taken take_in(Fetched fetched);

 private:
  Taken updated(Fetched fetched, const feed::Document& document);
  archive::Database& database();

  Options options_;
  std::unique_ptr<archive::Database> database_;
};

// Views into `item` and `fetched`.
tag::Subject subject_of(const feed::Item& item, const Fetched& fetched);

// Moves the feed's state on, once all that is new is known: the last that is done with it. `chance` in [0, 1).
archive::PollOutcome concluded(Taken taken, double chance);

}  // namespace sotevahti::poll
