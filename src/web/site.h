// The site on one worker: its reader of the archive, and the way from a path to a page.
// Refuses unknown hosts (DNS rebinding) and methods; puts the security headers on
// every answer. Belongs to its worker's thread.
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "archive/database.h"
#include "base/clock.h"
#include "digest/messages.h"
#include "web/answer_cache.h"
#include "web/http.h"
#include "web/limits.h"
#include "web/server.h"

namespace sotevahti::web {

class Site {
 public:
  // `limits` and `measures` are all workers' and outlive them.
  Site(std::function<std::shared_ptr<const SiteData>()> data, const base::Clock& clock, Limits& limits,
       base::Measures& measures, std::function<Vitals()> vitals, HubHandler hub = {});

  Response answer(const Request& request);

 private:
  Response route(const Request& request, const SiteData& data);
  Response answer_hub(const Request& request);
  Response page(const Request& request, const SiteData& data);
  Response cached_page(const Request& request, const SiteData& data);
  archive::Database& database(const SiteData& data);

  std::function<std::shared_ptr<const SiteData>()> data_;
  const base::Clock& clock_;
  Limits& limits_;
  base::Measures& measures_;
  std::function<Vitals()> vitals_;
  HubHandler hub_;
  std::unique_ptr<archive::Database> database_;  // opened when a page first needs it
  std::shared_ptr<const SiteData> made_with_;    // what the answers kept were made with
  AnswerCache cache_{std::size_t{4} << 20};
  FirstSeen first_seen_;
};

}  // namespace sotevahti::web
