// Ledger::due(): what a subscription is due for a window of arrivals.
#include <algorithm>
#include <map>

#include "archive/body.h"
#include "archive/ledger.h"
#include "archive/query.h"
#include "archive/search_memory.h"
#include "archive/summaries.h"

namespace sotevahti::archive {
namespace {

constexpr base::Seconds late_after = std::chrono::days(7);  // from publishing to arriving

class DueStories {
 public:
  // Stories put together for other subscribers, by story and language.
  using Known = std::map<std::pair<StoryId, std::string>, DueStory>;

  DueStories(Database& database, const Subscription& subscription, const std::string& language, Known& known)
      : database_(database),
        summaries_(database),
        subscriber_(subscription.subscriber),
        webhook_(subscription.channel.kind == Channel::Kind::webhook ? subscription.id : 0),
        language_(language),
        known_(known) {}

  void add_arrived(EntryId entry) {
    const StoryId story = story_of(entry);
    if (places_.contains(story) || told_at(story)) return;
    places_[story] = stories_.size();
    stories_.push_back(tell(story, entry));
  }

  void add_edited(EntryId entry, base::Time from, base::Time to) {
    const StoryId story = story_of(entry);
    const auto told = told_at(story);
    if (!told) return;
    std::vector<Revision> changes = changes_of(entry, std::max(from, *told), to);
    if (changes.empty()) return;
    if (!places_.contains(story)) {
      places_[story] = stories_.size();
      stories_.push_back(tell(story, entry));
      stories_.back().late_find = false;
    }
    DueStory& due = stories_[places_[story]];
    if (!due.changes.empty()) return;  // one telling's edits speak for the story
    due.changes = std::move(changes);
    due.facts = facts_of(entry);
  }

  // A story that was told, as it is told again, for its deadline moved.
  DueStory again(EntryId entry, base::Time told, base::Time to) {
    DueStory due = tell(story_of(entry), entry);
    due.late_find = false;
    due.changes = changes_of(entry, told, to);
    if (!due.changes.empty()) due.facts = facts_of(entry);
    return due;
  }

  std::vector<DueStory> take() { return std::move(stories_); }

 private:
  StoryId story_of(EntryId entry) {
    return first_integer(database_, "SELECT story FROM entries WHERE id = ?", entry).value_or(entry);
  }

  std::optional<base::Time> told_at(StoryId story) {
    const auto at = first_integer(database_, "SELECT at FROM told WHERE subscriber = ? AND webhook = ? AND story = ?",
                                  subscriber_, webhook_, story);
    return at ? std::optional(base::from_unix(*at)) : std::nullopt;
  }

  // All tellings, the leading one first; of an entry that is alone, itself.
  std::vector<EntrySummary> tellings_of(StoryId story, EntryId entry) {
    std::vector<EntryId> ids;
    Query rows(database_,
               "SELECT t.entry FROM stories s JOIN tellings t ON t.story = s.id JOIN entries e ON e.id = t.entry "
               "WHERE s.id = ? ORDER BY t.entry = s.leading DESC, e.official DESC, t.entry");
    rows.with(story);
    while (rows.step()) ids.push_back(rows.integer(0));
    if (ids.empty()) ids.push_back(entry);
    std::vector<EntrySummary> tellings;
    for (const EntryId id : ids) {
      auto telling = summaries_.of(id);
      if (!telling) continue;
      summaries_.complete(*telling);
      tellings.push_back(std::move(*telling));
    }
    return tellings;
  }

  const DueStory& tell(StoryId story, EntryId entry) {
    const auto [place, is_new] = known_.try_emplace({story, language_});
    if (is_new) place->second = put_together(story, entry);
    return place->second;
  }

  DueStory put_together(StoryId story, EntryId entry) {
    std::vector<EntrySummary> tellings = tellings_of(story, entry);
    auto chosen = std::find_if(tellings.begin(), tellings.end(),
                               [&](const EntrySummary& telling) { return telling.language == language_; });
    if (chosen == tellings.end()) chosen = tellings.begin();
    DueStory due;
    due.entry = std::move(*chosen);
    tellings.erase(chosen);
    due.others = std::move(tellings);
    due.late_find = due.entry.arrived - due.entry.when() > late_after;
    Query row(database_, "SELECT packed FROM bodies WHERE entry = ?");
    row.with(due.entry.id);
    if (row.step()) {
      Body body = unpack_body(row.view(0), due.entry.title.view());
      due.entry.snippet = beginning_of(body.text.view());
      due.text = std::move(body.text);
      due.tags = std::move(body.tags);
    }
    for (const StoredDeadline& stored : due.entry.deadlines) {
      if (!stored.withdrawn) due.tags.deadlines.push_back(stored.deadline);
    }
    return due;
  }

  std::vector<std::string> facts_of(EntryId entry) {
    Query row(database_, "SELECT packed FROM bodies WHERE entry = ?");
    row.with(entry);
    return row.step() ? unpack_body(row.view(0), "").facts : std::vector<std::string>();
  }

  std::vector<Revision> changes_of(EntryId entry, base::Time from, base::Time to) {
    std::vector<Revision> changes;
    Query rows(
        database_,
        "SELECT at, packed FROM revisions WHERE entry = ? AND significant AND at >= ? AND at < ? ORDER BY number");
    rows.with(entry, from, to);
    while (rows.step()) {
      OldText old = unpack_old(rows.view(1));
      changes.push_back({rows.time(0), std::move(old.title), std::move(old.text), std::move(old.facts), true});
    }
    return changes;
  }

  Database& database_;
  Summaries summaries_;
  SubscriberId subscriber_;
  SubscriptionId webhook_;
  const std::string& language_;
  Known& known_;
  std::map<StoryId, std::size_t> places_;
  std::vector<DueStory> stories_;
};

}  // namespace

std::vector<DueStory> Ledger::due(const Subscription& subscription, const std::string& language, base::Time from,
                                  base::Time to, Search& search) {
  const auto filter = parse_filter(subscription.filter);
  if (!filter) throw ArchiveError("a subscription's filter cannot be read: " + filter.error().cause);
  auto& known = search.memory().stories;
  if (known.size() >= Search::Memory::most_stories) known.clear();
  DueStories stories(database_, subscription, language, known);
  // A window before the subscription's first moment: the clock was set back, and news may have come before it
  // was noticed.
  const bool is_set_back = from < subscription.since;
  const base::Time first = is_set_back ? from - late_commit : std::max(subscription.since, from - late_commit);
  for (const EntryId entry : search.arrived(*filter, first, to)) stories.add_arrived(entry);
  for (const EntryId entry : search.edited(*filter, first, to)) stories.add_edited(entry, first, to);
  return stories.take();
}

// Where another entry announced the new date, it is the one to be told, unless it was.
std::vector<MovedSinceTold> Ledger::moved_since_told(base::Time since, base::Time now) {
  std::vector<MovedSinceTold> all;
  Query rows(
      database_,
      "SELECT t.subscriber, t.webhook, t.story, "
      "ifnull((SELECT b.entry FROM deadlines b WHERE b.entry <> d.entry AND b.moved_from = m.moved_from "
      "        AND b.closes = m.moved_to AND b.kind = d.kind LIMIT 1), d.entry), "
      "t.at, max(m.at) "
      "FROM deadline_moves m JOIN deadlines d ON d.id = m.deadline JOIN entries e ON e.id = d.entry "
      "JOIN told t ON t.story = e.story "
      "WHERE m.at >= ? AND m.at <= ? AND m.at >= t.at AND ifnull(m.moved_to, m.moved_from) >= date(?, 'unixepoch') "
      "GROUP BY t.subscriber, t.webhook, t.story ORDER BY t.subscriber, t.webhook, t.story");
  rows.with(since, now, now);
  while (rows.step())
    all.push_back({rows.integer(0), rows.integer(1), rows.integer(2), rows.integer(3), rows.time(4), rows.time(5)});
  return all;
}

DueStory Ledger::told_again(const Subscription& subscription, const std::string& language, const MovedSinceTold& moved,
                            Search& search) {
  DueStories stories(database_, subscription, language, search.memory().stories);
  return stories.again(moved.entry, moved.told, moved.moved + base::Seconds(1));
}

}  // namespace sotevahti::archive
