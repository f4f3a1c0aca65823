// Answers that can be given again as they are, while nothing that they were made from has
// changed; in a rush, while they are young. Bounded in bytes, the longest unused go first.
// All workers share one: any thread.
#pragma once
#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "base/clock.h"
#include "web/http.h"

namespace sotevahti::web {

// What answers were made from. Times on a page are of the minute, so a page may be as old as that.
struct Edition {
  std::uint64_t number = 0;  // of the archive and the settings, as far as a worker has noticed
  std::int64_t minute = 0;
  bool operator==(const Edition&) const = default;
};

class AnswerCache {
 public:
  explicit AnswerCache(std::size_t most_bytes) : most_bytes_(most_bytes) {}

  std::uint64_t edition() const;
  // A worker noticed that the archive or the settings have changed. The new number.
  std::uint64_t renew();

  // The one of this edition.
  std::optional<Response> find(const std::string& key, const Edition& edition);
  void keep(const std::string& key, const Edition& edition, base::Time now, const Response& response);

  // In a rush: one that was made lately, of whatever edition.
  struct Recent {
    Response response;
    bool is_due = false;  // it should be made anew; said to one asker only
  };
  static constexpr base::Seconds young{30}, oldest{60};
  std::optional<Recent> recent(const std::string& key, base::Time now);

 private:
  struct Answer {
    std::string key;
    Edition edition;
    base::Time made;
    bool is_due = false;
    Response response;
    std::size_t bytes() const;
  };
  using Kept = std::list<Answer>;
  void drop(Kept::iterator answer);

  const std::size_t most_bytes_;
  mutable std::mutex mutex_;
  std::uint64_t edition_ = 0;
  std::size_t bytes_ = 0;
  Kept kept_;  // the latest used first
  std::unordered_map<std::string, Kept::iterator> places_;
};

}  // namespace sotevahti::web
