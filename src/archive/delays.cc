#include "archive/delays.h"

#include <algorithm>

#include "archive/query.h"

namespace sotevahti::archive {
namespace {

constexpr int most_rows = 5000;

std::vector<std::int64_t> seconds_of(Database& database, std::string_view sql, base::Time since) {
  std::vector<std::int64_t> seconds;
  Query rows(database, sql);
  rows.with(since, most_rows);
  while (rows.step()) seconds.push_back(std::max<std::int64_t>(0, rows.integer(0)));
  return seconds;
}

}  // namespace

Delays delays_since(Database& database, base::Time since, base::Time now) {
  Delays delays;
  delays.arrival =
      seconds_of(database,
                 "SELECT arrived - published FROM entries WHERE arrived >= ? AND published IS NOT NULL AND "
                 "NOT quiet ORDER BY arrived DESC LIMIT ?",
                 since);
  delays.sending = seconds_of(
      database, "SELECT sent_at - created FROM outbox WHERE sent_at >= ? AND state = 'sent' ORDER BY id DESC LIMIT ?",
      since);
  const auto oldest =
      first_integer(database, "SELECT min(created) FROM outbox WHERE state IN ('pending', 'leased', 'failed')");
  if (oldest) delays.oldest_waiting = std::max<std::int64_t>(0, base::to_unix(now) - *oldest);
  // A feed that is not in the catalogue any more keeps its last time: a month is beyond every interval.
  delays.feeds_due =
      first_integer(database, "SELECT count(*) FROM polls WHERE next_poll <= ?1 AND next_poll > ?1 - 2678400", now)
          .value_or(0);
  return delays;
}

}  // namespace sotevahti::archive
