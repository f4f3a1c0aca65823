// DeadlineStore::follow_extensions(): which earlier deadline an extension means.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "archive/deadline_store.h"
#include "archive/query.h"
#include "base/zone.h"

namespace sotevahti::archive {
namespace {

constexpr int days_past = 21;  // so long after its day a deadline may still be extended
constexpr int most_looked_at = 64;
constexpr double least_likeness = 0.4;  // of the shorter title's words

// The share of the shorter title's words that both have.
double shared(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
  if (a.empty() || b.empty()) return 0;
  std::vector<std::uint32_t> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return static_cast<double>(both.size()) / static_cast<double>(std::min(a.size(), b.size()));
}

}  // namespace

std::optional<StoredDeadline> DeadlineStore::extended_by(EntryId entry, const StoredDeadline& extension,
                                                         const tag::StorySignature& signature) {
  static const std::string sql = fmt::format(
      "SELECT {}, s.signature FROM deadlines d JOIN entries e ON e.id = d.entry JOIN signatures s ON s.entry = e.id "
      "WHERE d.closes >= date(?, '-{} days') AND d.closes < ? AND d.kind = ? AND NOT d.withdrawn AND e.id <> ? "
      "AND e.feed = (SELECT feed FROM entries WHERE id = ?) ORDER BY d.closes DESC LIMIT {}",
      deadline_columns, days_past, most_looked_at);
  const std::string closes = base::to_iso_date(extension.deadline.closes);
  const std::string announced =
      base::to_iso_date(std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(signature.published)));
  Query rows(database_, sql);
  rows.with(announced, closes, to_string(extension.deadline.kind), entry, entry);
  std::optional<StoredDeadline> best;
  double best_likeness = least_likeness;
  while (rows.step()) {
    const double likeness =
        shared(tag::from_bytes(rows.view(deadline_column_count)).title_lemmas, signature.title_lemmas);
    if (likeness < best_likeness || (best && likeness <= best_likeness)) continue;
    best = read_deadline(rows, 0);
    best_likeness = likeness;
  }
  return best;
}

void DeadlineStore::follow_extensions(EntryId entry, const tag::StorySignature& signature, base::Time at) {
  for (const StoredDeadline& extension : of(entry)) {
    if (!extension.deadline.extended || extension.withdrawn) continue;
    const auto earlier = extended_by(entry, extension, signature);
    if (!earlier) continue;
    move(*earlier, extension.deadline, at);
    const std::string from = base::to_iso_date(earlier->deadline.closes);
    run(database_, "UPDATE deadlines SET moved_from = ? WHERE id = ?", from, extension.id);
  }
}

}  // namespace sotevahti::archive
