// Questions to the archive. Reads only; fit for a reader's Database beside a writing
// process. Never an SQL or FTS error to a user; bounded in terms and time.
// What cannot be read throws ArchiveError. Belongs to its database's thread.
#pragma once
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "archive/database.h"
#include "archive/entry.h"
#include "archive/filter.h"
#include "base/result.h"
#include "config/taxonomy.h"

namespace sotevahti::archive {

enum class Order { newest, rank };

constexpr std::size_t largest_page = 1000;

struct Page {
  std::size_t limit = 20;  // what is beyond 1..largest_page is brought into it
  Order order = Order::newest;
  std::string cursor;  // of an earlier answer; empty: from the start
};

struct Found {
  std::vector<EntrySummary> entries;  // one a story (the leading telling that matches) unless story:all
  std::string next;                   // cursor; empty at the end
  bool cut = false;                   // the time bound struck: there may be more
  bool lost = false;                  // the cursor is not of an answer to this
};

struct FacetCount {
  std::string value;
  std::size_t count = 0;
  bool more = false;  // there may be more: only the newest entries were counted
};
// Stories of the newest entries, as find() shows them: each once a value.
struct Facets {
  std::vector<FacetCount> areas, topics, kinds, languages, sources;
  std::size_t stories = 0;        // in all
  bool more = false;              // only the newest were counted
  std::vector<FacetCount> since;  // those since each of the times asked for; without a name
};

// A cell of the areas x topics table.
struct CoverageCell {
  std::string area, topic;
  std::size_t entries = 0;
  std::optional<base::Time> newest;
};

struct DeadlineRow {
  StoredDeadline deadline;
  EntrySummary entry;
};

class Search {
 public:
  // `now` fixes relative times (since:7d, deadline:14d).
  Search(Database& database, const config::Taxonomy& taxonomy, base::Time now)
      : database_(database), taxonomy_(taxonomy), now_(now) {}

  Found find(const Filter& filter, const Page& page = {});
  // Of the newest entries that meet it, so many at most. One walk answers all of it.
  Facets facets(const Filter& filter, const std::vector<base::Time>& since = {}, std::size_t at_most = 5000);
  Facets whole_facets();  // of all entries: reads their whole table
  std::optional<EntryDetail> entry(EntryId id);
  // In order of their days, and of their ids within a day; one a story, kind and day. To go on
  // after a deadline, `from` is its day and `after` its id.
  std::vector<DeadlineRow> deadlines(const Filter& filter, std::chrono::year_month_day from, std::size_t limit = 200,
                                     std::int64_t after = 0);
  std::vector<CoverageCell> coverage(base::Time since);
  // Entries a week by when(), oldest first, `weeks` of them up to now.
  std::vector<std::size_t> weekly(const Filter& filter, std::size_t weeks = 52);
  Totals totals();
  // Since when the archive is kept: the arrival of what came first; none: it is empty.
  std::optional<base::Time> beginning();

  // Entries to be told of, in order of arrival: that arrived in [from, to), those of a feed's
  // first poll left out; and that were significantly edited in it. Remembered as long as
  // this object lives: for windows that are closed.
  const std::vector<EntryId>& arrived(const Filter& filter, base::Time from, base::Time to);
  const std::vector<EntryId>& edited(const Filter& filter, base::Time from, base::Time to);

 private:
  friend class Ledger;
  struct Memory;
  Memory& memory();

  Database& database_;
  const config::Taxonomy& taxonomy_;
  base::Time now_;
  std::shared_ptr<Memory> memory_;  // made when digests are built
};

}  // namespace sotevahti::archive
