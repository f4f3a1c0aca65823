// One round of polling, for the command line and the tests: the same network, mill and
// poller as the service's, until every feed has answered and all is stored.
#pragma once
#include <functional>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "config/catalogue.h"
#include "config/settings.h"
#include "config/taxonomy.h"
#include "poll/poller.h"

namespace sotevahti::service {

struct RoundParts {
  const config::Settings& settings;
  poll::TaxonomySource taxonomy;  // asked for when the first news come
  const config::Catalogue& catalogue;
  const base::Clock& clock;
  std::function<void(const poll::FeedResult&)> told;  // as each feed ends
};

enum class Which { due, all };

// Polls the enabled feeds that are due, or all of them, or the ones named. Fails when the archive
// cannot be opened or another process holds it.
base::Result<std::size_t> poll_round(const RoundParts& parts, Which which,
                                     const std::vector<const config::Feed*>& named = {});

}  // namespace sotevahti::service
