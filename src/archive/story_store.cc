#include "archive/story_store.h"

#include <algorithm>
#include <functional>
#include <optional>

#include "archive/entry_id.h"
#include "archive/query.h"

namespace sotevahti::archive {
namespace {

constexpr std::int64_t days_apart = 14;
constexpr base::Seconds signature_life = std::chrono::days(60);  // from arrival
constexpr std::size_t most_of_a_key = 16;                        // newest entries under one key
constexpr std::size_t most_known = 4000;                         // signatures in memory
constexpr std::size_t most_candidates = 12;                      // that share most keys
constexpr std::size_t most_tellings = 64;                        // of a story that are asked whether they bar one

// Keys are kept short: what two entries share by chance is judged by their signatures.
std::int64_t short_key(std::uint64_t key) { return static_cast<std::int64_t>(key >> 16); }

}  // namespace

std::vector<EntryId> StoryStore::candidates(EntryId entry, const tag::StorySignature& signature) {
  std::vector<EntryId> met;  // once for each key
  const std::int64_t day = day_of(entry);
  const StoryKeys::Range range{first_of_day(day - days_apart), last_of_day(day + days_apart), most_of_a_key};
  for (const std::uint64_t key : signature.keys) keys_.find(short_key(key), range, met);
  std::erase(met, entry);
  std::sort(met.begin(), met.end());
  std::vector<std::pair<std::ptrdiff_t, EntryId>> order;  // by shared keys, then the newest
  for (auto first = met.begin(); first != met.end();) {
    const auto end = std::find_if(first, met.end(), [&](EntryId other) { return other != *first; });
    order.emplace_back(end - first, *first);
    first = end;
  }
  const std::size_t count = std::min(order.size(), most_candidates);
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count), order.end(), std::greater<>());
  std::vector<EntryId> found;
  for (std::size_t i = 0; i < count; ++i) found.push_back(order[i].second);
  return found;
}

bool StoryStore::is_barred(EntryId candidate, const tag::StorySignature& signature) {
  Query tellings(
      database_,
      "SELECT entry FROM tellings WHERE story = (SELECT story FROM tellings WHERE entry = ?1) AND entry <> ?1 "
      "ORDER BY entry DESC LIMIT ?2");
  tellings.with(candidate, most_tellings);
  while (tellings.step())
    if (tag::bars(signature_of(tellings.integer(0)), signature)) return true;
  return false;
}

const tag::StorySignature& StoryStore::signature_of(EntryId entry) {
  if (const auto known = known_.find(entry); known != known_.end()) return known->second;
  return remember(entry, signature(entry).value_or(tag::StorySignature{}));
}

const tag::StorySignature& StoryStore::remember(EntryId entry, tag::StorySignature signature) {
  if (known_.size() >= most_known) known_.clear();
  return known_.insert_or_assign(entry, std::move(signature)).first->second;
}

void StoryStore::keep_signature(EntryId entry, const tag::StorySignature& signature, base::Time arrived) {
  const std::string bytes = tag::to_bytes(signature);
  run(database_, "INSERT INTO signatures(entry, arrived, signature) VALUES (?, ?, ?)", entry, arrived, Blob{bytes});
  remember(entry, signature);
  std::vector<std::int64_t> keys;
  for (const std::uint64_t key : signature.keys) keys.push_back(short_key(key));
  keys_.add(keys, entry);
}

Joined StoryStore::join(EntryId entry, const tag::StorySignature& signature, base::Time arrived) {
  std::optional<EntryId> best;
  tag::StoryVerdict best_verdict;
  if (!signature.routine) {
    for (const EntryId candidate : candidates(entry, signature)) {
      tag::StoryVerdict verdict = tag::same_story(signature_of(candidate), signature);
      if (!verdict.same || (best && verdict.likeness <= best_verdict.likeness)) continue;
      if (verdict.likeness < tag::certain_likeness && is_barred(candidate, signature)) continue;
      best = candidate;
      best_verdict = std::move(verdict);
      if (best_verdict.likeness >= tag::certain_likeness) break;
    }
  }
  keep_signature(entry, signature, arrived);
  if (!best) return {entry, true};
  const StoryId story = first_integer(database_, "SELECT story FROM entries WHERE id = ?", *best).value();
  add_telling(story, entry, best_verdict.why);
  return {story, false};
}

void StoryStore::add_telling(StoryId story, EntryId entry, const std::string& why) {
  Query known(database_, "INSERT INTO stories(id, leading, tellings) VALUES (?1, ?1, 1) ON CONFLICT DO NOTHING");
  known.with(story).run();
  if (changed_rows(database_) > 0) {
    run(database_, "INSERT INTO tellings(story, entry, why) VALUES (?1, ?1, '')", story);
  }
  run(database_, "UPDATE entries SET story = ? WHERE id = ?", story, entry);
  run(database_, "INSERT INTO tellings(story, entry, why) VALUES (?, ?, ?)", story, entry, why);
  // The earliest official telling leads, else the earliest.
  run(database_,
      "UPDATE stories SET tellings = tellings + 1, leading = (SELECT id FROM entries WHERE id IN (leading, ?2) "
      "ORDER BY official DESC, min(coalesce(published, arrived), arrived), id LIMIT 1) WHERE id = ?1",
      story, entry);
}

std::optional<tag::StorySignature> StoryStore::signature(EntryId entry) {
  Query row(database_, "SELECT signature FROM signatures WHERE entry = ?");
  row.with(entry);
  return row.step() ? std::optional(tag::from_bytes(row.view(0))) : std::nullopt;
}

void StoryStore::replace_signature(EntryId entry, const tag::StorySignature& signature) {
  const auto arrived = first_integer(database_, "SELECT arrived FROM signatures WHERE entry = ?", entry);
  if (!arrived) return;
  forget_signature(entry);
  keep_signature(entry, signature, base::from_unix(*arrived));
}

void StoryStore::forget_signature(EntryId entry) {
  // As it stands in the archive: another connection may have replaced what is known here.
  known_.erase(entry);
  for (const std::uint64_t key : signature_of(entry).keys) keys_.remove(short_key(key), entry);
  known_.erase(entry);
  run(database_, "DELETE FROM signatures WHERE entry = ?", entry);
}

void StoryStore::forget_what_is_known() {
  known_.clear();
  keys_.forget();
}

void StoryStore::forget_signatures(base::Time now, std::size_t at_most) {
  std::vector<EntryId> old;
  Query rows(database_, "SELECT entry FROM signatures WHERE arrived < ? ORDER BY arrived LIMIT ?");
  rows.with(now - signature_life, at_most);
  while (rows.step()) old.push_back(rows.integer(0));
  for (const EntryId entry : old) forget_signature(entry);
}

}  // namespace sotevahti::archive
