// The mill's last stage: what it made of answers goes into the archive, many feeds in a transaction, and so does
// what others ask to be written. What cannot be stored must not hold back what was to be stored with it: each is
// tried once more by itself. What hubs sent and is not stored yet is known here, and each transaction keeps its
// feeds due (open_pushes.h). Belongs to the writing thread, on which every `done` is called.
#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <utility>

#include "archive/database.h"
#include "archive/feed_store.h"
#include "base/clock.h"
#include "poll/fetched.h"
#include "poll/open_pushes.h"

namespace sotevahti::poll {

// What goes with an answer through all stages.
struct Way {
  archive::FeedState before;  // with the old validators, for when the outcome can't be stored
  base::Time at{}, asked_at{};
  bool pushed = false;  // a hub brought it
  std::function<void(Milled&&)> done;
  std::size_t bytes = 0;  // of the body, until it waits to be written
  std::size_t read = 0;   // of its news, about, until they are stored
};

struct ToStore {
  Way way;
  archive::PollOutcome outcome;
};

struct ToWrite {
  std::function<void(archive::Database&)> work;  // may run twice
  std::function<void(bool written)> done;        // may be empty
  bool touches_entries = true;                   // then what is remembered of them may not be so
  std::optional<OpenPushes::Push> push = {};     // that it tells of
};

class Writer {
 public:
  explicit Writer(std::unique_ptr<archive::Database> database) : database_(std::move(database)) {}

  // Each is done: what cannot be stored is reported as failed, with the feed's state from before.
  void store(std::span<std::unique_ptr<ToStore>> polls);
  void write(std::span<ToWrite> works);
  // Gives back what it remembers.
  void rest();

 private:
  void store_one_by_one(std::span<std::unique_ptr<ToStore>> polls, std::span<archive::PollOutcome> outcomes);

  std::unique_ptr<archive::Database> database_;
  archive::FeedStore feeds_{*database_};
  OpenPushes open_pushes_;
};

}  // namespace sotevahti::poll
