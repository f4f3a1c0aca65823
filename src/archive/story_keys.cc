#include "archive/story_keys.h"

#include <algorithm>
#include <iterator>

#include "archive/query.h"

namespace sotevahti::archive {
namespace {

constexpr std::size_t kMostKnown = 300'000;  // keys and their entries: some 10 MB
constexpr std::size_t kCostOfAKey = 6;       // in entries

}  // namespace

void StoryKeys::find(std::int64_t key, const Range& range, std::vector<EntryId>& found) {
  make_room();
  const auto [at, is_first] = known_.try_emplace(key);
  if (!is_first) {
    const std::vector<EntryId>& entries = load(key, at->second).entries;
    auto end = std::upper_bound(entries.begin(), entries.end(), range.last);
    for (std::size_t count = 0; count < range.most && end != entries.begin() && *std::prev(end) >= range.first; ++count)
      found.push_back(*--end);
    return;
  }
  Query rows(database_,
             "SELECT entry FROM story_keys WHERE key = ? AND entry BETWEEN ? AND ? ORDER BY entry DESC LIMIT ?");
  rows.with(key, range.first, range.last, range.most);
  while (rows.step()) found.push_back(rows.integer(0));
}

const StoryKeys::Known& StoryKeys::load(std::int64_t key, Known& known) {
  if (known.whole) return known;
  Query rows(database_, "SELECT entry FROM story_keys WHERE key = ? ORDER BY entry");
  rows.with(key);
  while (rows.step()) known.entries.push_back(rows.integer(0));
  known.whole = true;
  entries_ += known.entries.size();
  return known;
}

void StoryKeys::add(std::span<const std::int64_t> keys, EntryId entry) {
  Query row(database_, "INSERT INTO story_keys(key, entry) VALUES (?, ?) ON CONFLICT DO NOTHING");
  for (const std::int64_t key : keys) {
    row.with(key, entry).run();
    remember(key, entry);
  }
}

void StoryKeys::remember(std::int64_t key, EntryId entry) {
  const auto at = known_.find(key);
  if (at == known_.end() || !at->second.whole) return;
  auto& entries = at->second.entries;
  const auto place = std::lower_bound(entries.begin(), entries.end(), entry);
  if (place != entries.end() && *place == entry) return;
  entries.insert(place, entry);
  ++entries_;
}

void StoryKeys::remove(std::int64_t key, EntryId entry) {
  run(database_, "DELETE FROM story_keys WHERE key = ? AND entry = ?", key, entry);
  const auto at = known_.find(key);
  if (at != known_.end()) entries_ -= std::erase(at->second.entries, entry);
}

void StoryKeys::make_room() {
  if (known_.size() * kCostOfAKey + entries_ > kMostKnown) forget();
}

void StoryKeys::forget() {
  known_.clear();
  entries_ = 0;
}

}  // namespace sotevahti::archive
