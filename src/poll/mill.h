// The mill: turns fetched documents into archived entries, off the network's thread, in three stages
// with a thread each: reading (parses, and tells what is new), tagging (with the dictionary), writing (many
// feeds in a transaction). What could not be stored is reported as failed and keeps its old validators, so the
// next poll brings it again. submit() may be called from one thread, with one answer of a feed at a time: the
// next when that is done; `done` is called on the writing thread.
#pragma once
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "archive/database.h"
#include "base/clock.h"
#include "base/result.h"
#include "config/taxonomy.h"
#include "poll/fetched.h"

namespace sotevahti::poll {

using TaxonomySource = std::function<const config::Taxonomy&()>;

class Mill {
 public:
  struct Options {
    std::filesystem::path archive;
    std::size_t lexicon_cache_bytes = std::size_t{48} << 20;  // of all threads together
    std::size_t most_told = 200;                              // new entries of one poll that are told one by one
    std::size_t most_waiting_bytes = std::size_t{4} << 20;    // of answers; twice with those being fetched
    std::size_t most_read_bytes = std::size_t{8} << 20;       // of news that was read and is not stored, about
    std::chrono::milliseconds rest_after{20'000};             // without anything to do
    std::function<double()> chance;                           // in [0, 1): jitter; default: random
  };
  // `taxonomy` is asked for once, by submit(), when something is to be tagged; it must outlive the
  // mill. Opens the archive; fails as Database::open does.
  static base::Result<std::unique_ptr<Mill>> start(TaxonomySource taxonomy, Options options);
  ~Mill();  // finishes what was submitted

  // Throws what the taxonomy's source throws.
  void submit(Fetched&& fetched, std::function<void(Milled&&)> done);
  // Written before the requests go out; `done` when it is on disk, or could not be written.
  void write_next_polls(std::vector<std::pair<std::string, base::Time>> due, std::function<void()> done);
  // Whatever else is to be written, on the writing thread and in a transaction; `done` is told whether
  // it is on disk, and may be empty. What `work` throws is logged. It may run twice, after what others
  // of its transaction did was taken back.
  void write(std::function<void(archive::Database&)> work, std::function<void(bool written)> done);
  // The same of what a hub sent. From then on the feed is due on disk, until what was sent is stored, or a poll that
  // was asked for later: whatever ends us before, it is polled for at the next start.
  void write_push(std::string feed_id, base::Time at, std::function<void(archive::Database&)> work,
                  std::function<void(bool written)> done);
  // Are there so many bytes on their way that fetching should wait? `coming`: of what is being fetched.
  bool is_full(std::size_t coming) const;
  // Waits until everything submitted is stored.
  void drain();

 private:
  class Impl;
  explicit Mill(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace sotevahti::poll
