// Search::find() and count(): newest first by days, since ids ascend by day; within a
// day by the time shown.
#include "archive/search.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <unordered_map>
#include <unordered_set>

#include "archive/entry_id.h"
#include "archive/filter_sql.h"
#include "archive/met_entries.h"
#include "archive/query.h"
#include "archive/rank.h"
#include "archive/snippets.h"
#include "archive/summaries.h"
#include "archive/time_bound.h"

namespace sotevahti::archive {
namespace {

// An entry that a filter meets: as much of it as its place in a page needs. The first poll of feeds
// without dates puts ten thousand of them on one day, of which a page shows twenty.
struct Met {
  EntryId id = 0;
  StoryId story = 0;
  std::int64_t shown = 0;
};
constexpr std::string_view met_columns = "e.id, e.story, min(coalesce(e.published, e.arrived), e.arrived)";

// Where a page ended: the time shown and id of its last entry.
struct Place {
  std::int64_t when = INT64_MAX;
  EntryId id = INT64_MAX;
  bool is_before(const Met& entry) const { return entry.shown < when || (entry.shown == when && entry.id < id); }
};

Place place_of(const EntrySummary& entry) { return {base::to_unix(entry.when()), entry.id}; }

std::string print(const Place& place) { return fmt::format("{:x}.{:x}", place.when, place.id); }

std::optional<Place> parse_place(std::string_view cursor) {
  Place place;
  const std::size_t dot = cursor.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const auto read = [](std::string_view text, std::int64_t& value) {
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
    return problem == std::errc() && end == text.data() + text.size();
  };
  if (!read(cursor.substr(0, dot), place.when) || !read(cursor.substr(dot + 1), place.id)) return std::nullopt;
  return place;
}

// Which telling stands for a story in an answer: the leading one where the filter meets
// it, else the first that it meets.
class StoryFold {
 public:
  StoryFold(Database& database, const FilterSql& filter) : database_(database), filter_(filter) {}

  // What was found next: all that the filter meets of some days. Its stories' other tellings
  // are asked for together.
  void learn(const std::vector<Met>& found) {
    if (!filter_.folds_stories) return;
    for (const Met& entry : found) meeting_.insert(entry.id);
    std::vector<std::pair<StoryId, std::vector<EntryId>>> stories;
    std::vector<EntryId> asked;
    for (const Met& entry : found) {
      if (!chosen_.emplace(entry.story, entry.id).second) continue;
      std::vector<EntryId> tellings = tellings_of(entry.story);
      if (tellings.empty()) continue;
      std::copy_if(tellings.begin(), tellings.end(), std::back_inserter(asked),
                   [&](EntryId telling) { return !meeting_.contains(telling); });
      stories.emplace_back(entry.story, std::move(tellings));
    }
    for (const EntryId telling : met_entries(database_, filter_, asked)) meeting_.insert(telling);
    for (const auto& [story, tellings] : stories) {
      const auto met = [&](EntryId telling) { return meeting_.contains(telling); };
      const auto first = std::find_if(tellings.begin(), tellings.end(), met);
      if (first != tellings.end()) chosen_[story] = *first;
    }
  }

  // Of an entry that was learnt.
  bool stands(const Met& entry) const { return !filter_.folds_stories || chosen_.at(entry.story) == entry.id; }

 private:
  // The leading one first; none where the story is one entry alone.
  std::vector<EntryId> tellings_of(StoryId story) {
    Query rows(database_,
               "SELECT t.entry FROM stories s JOIN tellings t ON t.story = s.id WHERE s.id = ? "
               "ORDER BY t.entry = s.leading DESC, t.entry");
    rows.with(story);
    std::vector<EntryId> tellings;
    while (rows.step()) tellings.push_back(rows.integer(0));
    return tellings;
  }

  Database& database_;
  const FilterSql& filter_;
  std::unordered_map<StoryId, EntryId> chosen_;
  std::unordered_set<EntryId> meeting_;
};

// Walks the entries that a filter meets, a day at a time, newest first.
class NewestFirst {
 public:
  NewestFirst(Database& database, const FilterSql& filter, EntryId highest)
      : sql_(fmt::format("SELECT {} {} ORDER BY {}", met_columns, filter.from_where(), filter.order())),
        rows_(database, sql_) {
    filter.bind(rows_, 0, highest);
    more_ = rows_.step();
  }

  // The next days' entries in order, whole days, so many or more; empty at the end.
  std::vector<Met> next_days(std::size_t at_least) {
    std::vector<Met> entries;
    while (more_ && entries.size() < at_least) add_day(entries);
    return entries;
  }

 private:
  void add_day(std::vector<Met>& to) {
    const auto first = static_cast<std::ptrdiff_t>(to.size());
    const std::int64_t day = day_of(rows_.integer(0));
    while (more_ && day == day_of(rows_.integer(0))) {
      to.push_back({rows_.integer(0), rows_.integer(1), rows_.integer(2)});
      more_ = rows_.step();
    }
    std::sort(to.begin() + first, to.end(),
              [](const Met& a, const Met& b) { return a.shown != b.shown ? a.shown > b.shown : a.id > b.id; });
  }

  std::string sql_;
  Query rows_;
  bool more_ = false;
};

// Fills one page of an answer. What it has found by then stands in the page when a bound on time strikes.
class PageFiller {
 public:
  PageFiller(Database& database, const FilterSql& sql, std::size_t limit, Found& page)
      : database_(database), sql_(sql), limit_(limit), page_(page), summaries_(database) {}

  // The next entries after `start`, newest first. True where there are more.
  bool take_newest(const Place& start) {
    NewestFirst walk(database_, sql_, start.id == INT64_MAX ? INT64_MAX : last_of_day(day_of(start.id)));
    StoryFold fold(database_, sql_);
    for (;;) {
      const std::vector<Met> next = walk.next_days(limit_ + 1 - page_.entries.size());
      if (next.empty()) break;
      fold.learn(next);
      for (const Met& entry : next) {
        if (!start.is_before(entry) || !fold.stands(entry)) continue;
        if (page_.entries.size() == limit_) return true;
        take(entry.id);
      }
    }
    return false;
  }

  // The best entries: cursors count those before the page.
  void take_best(std::string_view cursor, base::Time now) {
    std::size_t start = 0;
    const char* const end_of_cursor = cursor.data() + cursor.size();
    if (!cursor.empty() && std::from_chars(cursor.data(), end_of_cursor, start).ptr != end_of_cursor) {
      page_.lost = true;
      return;
    }
    const std::vector<EntryId> best = best_first(database_, sql_, now);
    const std::size_t end = std::min(best.size(), start + limit_);
    for (std::size_t i = start; i < end; ++i) take(best[i]);
    if (end < best.size()) page_.next = std::to_string(end);
  }

  // What is left to be said of each entry when all are chosen.
  void complete() {
    for (EntrySummary& entry : page_.entries) summaries_.complete(entry);
    add_snippets(database_, sql_, page_.entries);
  }

 private:
  void take(EntryId id) {
    if (auto entry = summaries_.of(id)) page_.entries.push_back(std::move(*entry));
  }

  Database& database_;
  const FilterSql& sql_;
  const std::size_t limit_;
  Found& page_;
  Summaries summaries_;
};

}  // namespace

Found Search::find(const Filter& filter, const Page& page) {
  const FilterSql sql = compile_filter(filter, database_, taxonomy_, now_);
  const std::size_t limit = std::clamp<std::size_t>(page.limit, 1, largest_page);
  Found found;
  const bool is_ranked = page.order == Order::rank && !sql.words.empty() && !sql.match.empty();
  const auto start = is_ranked || page.cursor.empty() ? std::optional(Place{}) : parse_place(page.cursor);
  found.lost = !start;
  if (!start) return found;
  PageFiller filler(database_, sql, limit, found);
  bool goes_on = false;
  try {
    const TimeBound bound(database_, longest_question);
    if (is_ranked) filler.take_best(page.cursor, now_);
    else goes_on = filler.take_newest(*start);
  } catch (const Interrupted&) {
    found.cut = goes_on = true;
  }
  if (goes_on && !is_ranked && !found.entries.empty()) found.next = print(place_of(found.entries.back()));
  filler.complete();
  return found;
}

}  // namespace sotevahti::archive
