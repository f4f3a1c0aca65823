// One request on its way to a page: what it asked, in which language, and what pages
// are made with. Lives as long as the request.
#pragma once
#include <string>
#include <string_view>

#include "archive/database.h"
#include "archive/search.h"
#include "base/clock.h"
#include "digest/wording.h"
#include "web/http.h"
#include "web/server.h"

namespace sotevahti::web {

struct Visit {
  const Request& request;
  const SiteData& data;
  archive::Database& database;
  base::Time now;
  std::string language;                // fi, sv, en
  const digest::Messages& messages;    // of that language
  const digest::Wording wording;

  archive::Search search() const { return archive::Search(database, data.taxonomy, now); }
  std::string say(std::string_view key, digest::Values values = {}) const { return messages.say(key, values); }
  // Ids that a filter may name.
  archive::FilterNames filter_names() const;
  // "today 9.15", "yesterday 16.40", "19.2.2026", in Helsinki.
  std::string when(base::Time time) const;
};

// fi, sv or en: ?lang=, then the cookie, then Accept-Language, then fi.
std::string choose_language(const Request& request);

}  // namespace sotevahti::web
