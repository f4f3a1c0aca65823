// What hubs sent and the archive does not hold yet. Such a feed is due on disk, whatever else of it
// is stored meanwhile: an end at any moment finds it at the next start. A value; one thread.
#pragma once
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "archive/feed_store.h"
#include "base/clock.h"

namespace sotevahti::poll {

class OpenPushes {
 public:
  // That a hub sent something of the feed.
  struct Push {
    std::string feed_id;
    base::Time at{};
  };
  void add(const Push& push);
  // The feed's outcome was stored. It settles one push where it is that, and all that came before it was asked for
  // where it is a poll; what failed settles nothing.
  void settle(const archive::PollOutcome& outcome, base::Time asked_at, bool pushed);
  // When the feeds became due.
  std::vector<std::pair<std::string, base::Time>> due() const;

 private:
  struct OfFeed {
    std::size_t count = 0;
    base::Time last{};
  };
  std::map<std::string, OfFeed, std::less<>> by_feed_;
};

}  // namespace sotevahti::poll
