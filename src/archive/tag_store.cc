#include "archive/tag_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "archive/body.h"
#include "archive/deadline_store.h"
#include "archive/entry_store.h"
#include "archive/meta.h"
#include "archive/prune.h"
#include "archive/query.h"
#include "archive/story_store.h"
#include "archive/summaries.h"

namespace sotevahti::archive {
namespace {

constexpr std::string_view version_key = "tags_version";              // by which all entries are tagged
constexpr std::string_view next_version_key = "retag_version";        // by which they are being tagged anew
constexpr std::string_view reached_key = "retagged_to";               // the last entry that is
constexpr std::string_view changes_key = "retag_changes";             // by these rules, so far
constexpr std::string_view changed_by_key = "retag_changes_version";  // which rules

using Ids = std::vector<std::string>;

bool is_in(const Ids& ids, const std::string& id) { return std::find(ids.begin(), ids.end(), id) != ids.end(); }

// True where one was added or removed.
bool count(std::string_view kind, const Ids& before, const Ids& now, TagChanges& changes) {
  bool changed = false;
  for (const std::string& id : now) {
    if (is_in(before, id)) continue;
    ++changes.tags[fmt::format("{}:{}", kind, id)].added;
    changed = true;
  }
  for (const std::string& id : before) {
    if (is_in(now, id)) continue;
    ++changes.tags[fmt::format("{}:{}", kind, id)].removed;
    changed = true;
  }
  return changed;
}

bool count(const DeadlineStore::Corrected& corrected, TagChanges& changes) {
  for (const tag::DeadlineKind kind : corrected.added)
    ++changes.tags[fmt::format("deadline:{}", to_string(kind))].added;
  for (const tag::DeadlineKind kind : corrected.removed)
    ++changes.tags[fmt::format("deadline:{}", to_string(kind))].removed;
  return !corrected.added.empty() || !corrected.removed.empty();
}

// One line a tag, behind the line of all entries.
std::string written(const TagChanges& changes) {
  std::string text = fmt::format("entries {} {}\n", changes.entries, changes.changed);
  for (const auto& [tag, count] : changes.tags) text += fmt::format("{} {} {}\n", tag, count.added, count.removed);
  return text;
}

TagChanges read_changes(const std::string& text) {
  TagChanges changes;
  std::istringstream lines(text);
  std::string tag;
  lines >> tag >> changes.entries >> changes.changed;
  for (TagChanges::Count count; lines >> tag >> count.added >> count.removed;) changes.tags[tag] = count;
  return changes;
}

}  // namespace

void TagStore::use_rules(std::string_view version, bool anew) {
  database_.transaction([&] {
    const auto next = read_meta(database_, next_version_key);
    if (next == version) return;
    if (!anew && !next && read_meta(database_, version_key) == version) return;
    forget_meta(database_, version_key);
    if (!first_integer(database_, "SELECT 1 FROM entries LIMIT 1")) {
      forget_meta(database_, next_version_key);
      return write_meta(database_, version_key, version);
    }
    write_meta(database_, next_version_key, version);
    write_meta(database_, reached_key, "0");
    write_meta(database_, changes_key, written({}));
    write_meta(database_, changed_by_key, version);
  });
}

bool TagStore::is_of(std::string_view version) { return read_meta(database_, version_key) == version; }

std::optional<TagStore::Waiting> TagStore::waiting() {
  if (!read_meta(database_, next_version_key)) return std::nullopt;
  const EntryId reached = std::stoll(read_meta(database_, reached_key).value_or("0"));
  const auto all = first_integer(database_, "SELECT count(*) FROM entries").value_or(0);
  const auto left = first_integer(database_, "SELECT count(*) FROM entries WHERE id > ?", reached).value_or(0);
  return Waiting{static_cast<std::size_t>(left), static_cast<std::size_t>(all)};
}

std::vector<UntaggedEntry> TagStore::next(std::size_t at_most) {
  static const std::string sql = fmt::format(
      "SELECT {}, e.content_hash, b.packed FROM entries e JOIN bodies b ON b.entry = e.id WHERE e.id > ? AND "
      "e.arrived >= ? ORDER BY e.id LIMIT ?",
      summary_columns);
  std::vector<UntaggedEntry> entries;
  Summaries summaries(database_);
  Query rows(database_, sql);
  rows.with(std::stoll(read_meta(database_, reached_key).value_or("0")), texts_pruned_to(database_), at_most);
  while (rows.step()) {
    EntrySummary summary = summaries.read(rows);
    UntaggedEntry entry;
    entry.id = summary.id;
    entry.content_hash = static_cast<std::uint64_t>(rows.integer(summary_column_count));
    entry.text = text::PlainText::from(unpack_text(rows.view(summary_column_count + 1)));
    entry.when = summary.when();
    entry.feed_id = std::move(summary.feed_id);
    entry.publisher = std::move(summary.publisher);
    entry.url = std::move(summary.url);
    entry.language = std::move(summary.language);
    entry.title = std::move(summary.title);
    entries.push_back(std::move(entry));
  }
  StoryStore stories(database_);
  for (UntaggedEntry& entry : entries) entry.signature = stories.signature(entry.id);
  return entries;
}

void TagStore::write(std::span<const RetaggedEntry> entries) {
  database_.transaction([&] {
    const auto version = read_meta(database_, next_version_key);
    if (!version) return;
    if (entries.empty()) {
      write_meta(database_, version_key, *version);
      forget_meta(database_, next_version_key);
      return forget_meta(database_, reached_key);
    }
    TagChanges changes = this->changes();
    IndexChanges index(database_);
    for (const RetaggedEntry& entry : entries) retag(entry, index, changes);
    index.write();
    write_meta(database_, reached_key, std::to_string(entries.back().id));
    write_meta(database_, changes_key, written(changes));
  });
}

void TagStore::retag(const RetaggedEntry& entry, IndexChanges& index, TagChanges& changes) {
  Query row(database_,
            "SELECT e.title, e.lang, e.areas, e.topics, e.content_hash, b.packed FROM entries e JOIN bodies b ON "
            "b.entry = e.id WHERE e.id = ?");
  row.with(entry.id);
  if (!row.step()) return;
  ++changes.entries;
  if (static_cast<std::uint64_t>(row.integer(4)) != entry.content_hash) return;

  const std::string title = row.text(0);
  const std::string lang = row.text(1);
  const std::string areas = joined_ids(entry.tags.areas);
  const std::string topics = joined_ids(entry.tags.topics);
  const std::string packed = row.text(5);
  Body body = unpack_body(packed, title);
  const std::string now_lang = entry.tags.language.empty() ? lang : entry.tags.language;
  bool changed = count("area", split_ids(row.view(2)), split_ids(areas), changes);
  changed |= count("topic", split_ids(row.view(3)), split_ids(topics), changes);
  changed |= count("lang", {lang}, {now_lang}, changes);
  if (body.tags.relevant != entry.tags.relevant) {
    ++(entry.tags.relevant ? changes.tags["relevant"].added : changes.tags["relevant"].removed);
    changed = true;
  }

  IndexRow indexed = index.row_of(entry.id);
  body.tags = entry.tags;
  body.tags.deadlines.clear();
  const std::string repacked = pack(body, title);
  if (repacked != packed) run(database_, "UPDATE bodies SET packed = ? WHERE entry = ?", Blob{repacked}, entry.id);
  changed |= count(DeadlineStore(database_).correct(entry.id, entry.tags.deadlines), changes);
  if (changed) {
    ++changes.changed;
    run(database_, "UPDATE entries SET lang = ?, areas = ?, topics = ? WHERE id = ?", now_lang, areas, topics,
        entry.id);
  }
  index.replace(std::move(indexed));
  if (entry.signature) StoryStore(database_).replace_signature(entry.id, *entry.signature);
}

TagChanges TagStore::changes() {
  TagChanges changes = read_changes(read_meta(database_, changes_key).value_or(""));
  changes.version = read_meta(database_, changed_by_key).value_or("");
  return changes;
}

}  // namespace sotevahti::archive
