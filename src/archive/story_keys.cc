#include "archive/story_keys.h"

#include <algorithm>
#include <iterator>

#include "archive/query.h"

namespace sotevahti::archive {
namespace {

constexpr std::size_t most_known = 300'000;  // keys and their entries: some 10 MB; then no more are taken up
constexpr std::size_t most_kept = 600'000;   // with those that came to known keys since
constexpr std::size_t cost_of_a_key = 6;     // in entries

}  // namespace

void StoryKeys::find(std::int64_t key, const Range& range, std::vector<EntryId>& found) {
  if (const Known* known = recall(key)) {
    const std::vector<EntryId>& entries = known->entries;
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

// Where there is no room the table is asked, as for a key that never came before: to forget what is
// known would be to load it again at once.
const StoryKeys::Known* StoryKeys::recall(std::int64_t key) {
  const bool is_full = known_.size() * cost_of_a_key + entries_ > most_known;
  const auto at = known_.find(key);
  if (at == known_.end()) {
    if (!is_full) known_.try_emplace(key);
    return nullptr;
  }
  if (!at->second.whole) {
    if (is_full) return nullptr;
    load(key, at->second);
  }
  return &at->second;
}

void StoryKeys::load(std::int64_t key, Known& known) {
  Query rows(database_, "SELECT entry FROM story_keys WHERE key = ? ORDER BY entry");
  rows.with(key);
  while (rows.step()) known.entries.push_back(rows.integer(0));
  known.whole = true;
  entries_ += known.entries.size();
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
  if (entries_ >= most_kept) {
    entries_ -= entries.size();
    known_.erase(at);
    return;
  }
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

void StoryKeys::forget() {
  known_.clear();
  entries_ = 0;
}

}  // namespace sotevahti::archive
