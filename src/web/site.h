// The site on one worker: its reader of the archive, and the way from a path to a page.
// Refuses unknown hosts (DNS rebinding) and methods; puts the security headers on
// every answer. Belongs to its worker's thread.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "archive/database.h"
#include "base/clock.h"
#include "digest/messages.h"
#include "web/answer_cache.h"
#include "web/conditional.h"
#include "web/http.h"
#include "web/http_server.h"
#include "web/limits.h"
#include "web/rush.h"
#include "web/server.h"

namespace sotevahti::web {

// What the sites of all workers share; any thread.
struct Shared {
  Limits limits;
  AnswerCache answers{std::size_t{12} << 20};
  FirstSeen first_seen;
  Rush rush;
};

// In a rush, what was made lately is given at once, by the thread of the sockets.
HttpServer::Kept answer_at_once(const Request& request, Shared& shared, base::Time now);

class Site {
 public:
  // `shared` and `measures` are all workers' and outlive them.
  Site(std::function<std::shared_ptr<const SiteData>()> data, const base::Clock& clock, Shared& shared,
       base::Measures& measures, Callbacks callbacks = {});

  Response answer(const Request& request);

 private:
  Response route(const Request& request, const SiteData& data);
  Response answer_hub(const Request& request);
  Response page(const Request& request, const SiteData& data);
  Response cached_page(const Request& request, const SiteData& data);
  Edition edition(const SiteData& data);
  archive::Database& database(const SiteData& data);

  std::function<std::shared_ptr<const SiteData>()> data_;
  const base::Clock& clock_;
  Shared& shared_;
  base::Measures& measures_;
  Callbacks callbacks_;
  std::unique_ptr<archive::Database> database_;  // opened when a page first needs it
  // What was seen last: another one makes the answers kept old ones.
  std::shared_ptr<const SiteData> seen_data_;
  std::int64_t seen_mark_ = 0;
  std::uint64_t edition_ = 0;  // of the request under way
};

}  // namespace sotevahti::web
