// One request on its way to a page: what it asked, in which language, and what pages
// are made with. Lives as long as the request, on one worker's thread.
#pragma once
#include <chrono>
#include <string>
#include <string_view>

#include "archive/database.h"
#include "archive/search.h"
#include "base/clock.h"
#include "digest/wording.h"
#include "web/http.h"
#include "web/limits.h"
#include "web/server.h"

namespace sotevahti::web {

struct Visit {
  const Request& request;
  const SiteData& data;
  archive::Database& database;
  Limits& limits;
  const base::Measures& measures;
  const Callbacks& callbacks;
  base::Time now;
  std::string language;              // fi, sv, en
  const digest::Messages& messages;  // of that language
  const digest::Wording wording;

  archive::Search search() const { return archive::Search(database, data.taxonomy, now); }
  std::string say(std::string_view key, digest::Values values = {}) const { return messages.say(key, values); }
  std::string count(std::string_view key, std::size_t n) const { return messages.count(key, n); }
  std::string number(std::size_t n) const;  // grouped as the language groups digits
  // Ids that a filter may name.
  archive::FilterNames filter_names() const;
  std::string entry_address(archive::EntryId id) const { return "/entry/" + std::to_string(id); }
  // An entry's language as an HTML attribute may hold it; the page's own where it is no language.
  std::string language_tag(const std::string& of_entry) const;

  // Times as Helsinki reads them.
  std::chrono::year_month_day today() const { return base::Zone::helsinki().to_local(now).day; }
  std::string when(base::Time time) const;       // "tänään klo 9.15", "eilen klo 16.40", "19.2.2026"
  std::string clock(base::Time time) const;      // "9.15"
  std::string short_day(base::Time time) const;  // "19.2.", in other years "19.2.2025"
  std::string day_heading(std::chrono::year_month_day day) const;  // "Tänään, lauantai 22.11.2026"
};

// fi, sv or en: ?lang=, then the cookie, then Accept-Language, then fi.
std::string choose_language(const Request& request);

}  // namespace sotevahti::web
