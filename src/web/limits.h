// What keeps one client from keeping the others out: how often one may ask for what is dear.
// Shared by the workers; any thread. Bounded memory: where very many clients come at once,
// further ones are refused until the first are forgotten.
#pragma once
#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "base/clock.h"

namespace sotevahti::web {

// So many in any span of that length.
class RateLimit {
 public:
  RateLimit(std::size_t most, base::Seconds span, std::size_t most_clients = 10'000)
      : most_(most), span_(span), most_clients_(most_clients) {}
  // Counts this one when it is let in.
  bool admit(const std::string& client, base::Time now);

 private:
  void forget(base::Time now);

  const std::size_t most_;
  const base::Seconds span_;
  const std::size_t most_clients_;
  std::mutex mutex_;
  std::map<std::string, std::vector<base::Time>> seen_;
};

struct Limits {
  RateLimit sign_ups{10, std::chrono::hours(1)};
  RateLimit previews{60, std::chrono::minutes(1)};
  std::mutex counting;  // one preview at a time: the pages have few workers
};

// By what a client is told from others: its address, of IPv6 the network that one customer has. `peer`
// is who connected; where that is a proxy on this machine, `forwarded_for` is believed.
std::string client_network(const std::string& peer, std::string_view forwarded_for);

}  // namespace sotevahti::web
