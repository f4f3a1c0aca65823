#include "archive/entry_store.h"

#include <algorithm>

#include "archive/body.h"
#include "archive/deadline_store.h"
#include "archive/entry_id.h"
#include "archive/index_words.h"
#include "archive/query.h"
#include "archive/terms.h"
#include "base/hash.h"
#include "text/url.h"

namespace sotevahti::archive {
namespace {

constexpr std::size_t telling_content = 200;  // bytes of text from which on equal content means the same item

std::int64_t as_key(std::string_view text) { return static_cast<std::int64_t>(base::hash64(text)); }

std::string packed_body(const IncomingEntry& incoming) {
  const feed::Item& item = incoming.item;
  Body body;
  body.text = item.text;
  body.html = item.html;
  if (item.key != item.url) body.guid = item.key;
  if (item.canonical_url != text::canonical_url(item.url)) body.canonical_url = item.canonical_url;
  body.author = item.author;
  body.categories = item.categories;
  body.enclosures = item.enclosures;
  body.facts = item.facts;
  body.tags = incoming.tags;
  return pack(body, item.title.view());
}

// As it came packed, or packed now into `made`.
Blob body_of(const IncomingEntry& incoming, std::string& made) {
  if (!incoming.packed.empty()) return {incoming.packed};
  made = packed_body(incoming);
  return {made};
}

IndexRow index_row(EntryId id, std::int64_t feed, const IncomingEntry& incoming, IndexChanges& index) {
  const std::string& lang = language_of(incoming);
  IndexRow row;
  row.entry = id;
  row.marks = marks_column(feed, lang, joined_ids(incoming.tags.areas), joined_ids(incoming.tags.topics),
                           !incoming.tags.deadlines.empty());
  if (index.knows(incoming.words.version)) {
    row.title = as_written_column(incoming.words.title);
    row.text = as_written_column(incoming.words.text);
  } else {
    row.title = as_text_column(lang, incoming.item.title.view());
    row.text = as_text_column(lang, incoming.item.text.view());
  }
  return row;
}

// The publisher where it is another than the feed's own.
std::string_view own_publisher(const Arrival& arrival, const IncomingEntry& incoming) {
  const std::string& said = incoming.item.publisher.empty() ? incoming.signature.publisher : incoming.item.publisher;
  return said == arrival.publisher ? std::string_view() : std::string_view(said);
}

}  // namespace

std::string joined_ids(const std::vector<tag::Tag>& tags) {
  std::string ids;
  for (const tag::Tag& tag : tags) {
    if (!ids.empty()) ids += ' ';
    ids += tag.id;
  }
  return ids;
}

ItemKeys keys_of(const feed::Item& item) {
  ItemKeys keys;
  keys.names.push_back(as_key(item.key));
  for (const std::string& alias : item.alias_keys) {
    const std::int64_t key = as_key(alias);
    if (std::find(keys.names.begin(), keys.names.end(), key) == keys.names.end()) keys.names.push_back(key);
  }
  if (item.text.str().size() >= telling_content) {
    keys.content = as_key("content " + base::to_hex(item.content_hash));
  }
  return keys;
}

void pack_body(IncomingEntry& incoming) {
  if (!incoming.packed.empty()) return;
  incoming.packed = packed_body(incoming);
  feed::Item& item = incoming.item;
  item.html = {};
  item.author = {};
  item.categories = {};
  item.enclosures = {};
  tag::Tags& tags = incoming.tags;
  tags.relevance = {};
  for (auto* told : {&tags.areas, &tags.topics})
    for (tag::Tag& tag : *told) tag.evidence = {};
}

base::Time shown_time(const feed::Item& item, base::Time arrived) {
  return item.published ? std::min(*item.published, arrived) : arrived;
}

std::optional<EntryId> find_entry(Database& database, std::int64_t feed, std::int64_t key) {
  return first_integer(database, "SELECT entry FROM entry_keys WHERE feed = ? AND key = ?", feed, key);
}

std::uint64_t content_hash_of(Database& database, EntryId entry) {
  return static_cast<std::uint64_t>(
      first_integer(database, "SELECT content_hash FROM entries WHERE id = ?", entry).value_or(0));
}

void EntryStore::add_key(std::int64_t feed, std::int64_t key, EntryId entry) {
  run(database_, "INSERT INTO entry_keys(feed, key, entry) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", feed, key, entry);
}

// A day that is full spills into the day before it.
EntryId EntryStore::next_id(base::Time shown) {
  for (std::int64_t day = day_of(shown);; --day) {
    const EntryId last = last_of_day(day);
    const auto [newest, is_unknown] = newest_.try_emplace(day);
    if (is_unknown) {
      const auto stored = first_integer(database_, "SELECT max(id) FROM entries WHERE id <= ?", last).value_or(0);
      newest->second = std::max(stored, first_of_day(day) - 1);
    }
    if (newest->second < last) return ++newest->second;
  }
}

EntryId EntryStore::add(const IncomingEntry& incoming, const ItemKeys& keys, const Arrival& arrival) {
  const feed::Item& item = incoming.item;
  const EntryId id = next_id(shown_time(item, arrival.at));
  const std::string areas = joined_ids(incoming.tags.areas);
  const std::string topics = joined_ids(incoming.tags.topics);
  const std::string& lang = language_of(incoming);
  std::string made;
  const Blob body = body_of(incoming, made);
  const bool official = arrival.official || incoming.signature.official;
  run(database_,
      "INSERT INTO entries(id, feed, story, arrived, published, event_at, official, quiet, content_hash, lang, "
      "title, url, publisher, board, areas, topics) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      id, arrival.feed, id, arrival.at, item.published, item.event_at, official, arrival.quiet,
      static_cast<std::int64_t>(item.content_hash), lang, item.title.str(), item.url, own_publisher(arrival, incoming),
      item.board, areas, topics);
  run(database_, "INSERT INTO bodies(entry, packed) VALUES (?, ?)", id, body);
  for (const std::int64_t key : keys.names) add_key(arrival.feed, key, id);
  if (keys.content) add_key(arrival.feed, *keys.content, id);
  DeadlineStore(database_).add(id, incoming.tags.deadlines);
  index_.add(index_row(id, arrival.feed, incoming, index_));
  return id;
}

void EntryStore::revise(EntryId entry, const IncomingEntry& incoming, base::Time at) {
  const feed::Item& item = incoming.item;
  Query before(database_,
               "SELECT e.title, b.packed, e.feed FROM entries e JOIN bodies b ON b.entry = e.id WHERE e.id = ?");
  before.with(entry);
  if (!before.step()) throw ArchiveError("an entry without its text");
  const std::string title = before.text(0);
  const Body old = unpack_body(before.view(1), title);
  const std::int64_t feed = before.integer(2);

  index_.remove(entry);
  const bool moved = DeadlineStore(database_).revise(entry, incoming.tags.deadlines, at);
  const bool significant = moved || old.facts != item.facts;
  const std::string packed = pack(OldText{text::PlainText::from(title), old.text, old.facts});
  run(database_,
      "INSERT INTO revisions(entry, number, at, significant, packed) VALUES "
      "(?1, 1 + (SELECT count(*) FROM revisions WHERE entry = ?1), ?2, ?3, ?4)",
      entry, at, significant, Blob{packed});
  const std::string areas = joined_ids(incoming.tags.areas);
  const std::string topics = joined_ids(incoming.tags.topics);
  const std::string& lang = language_of(incoming);
  run(database_,
      "UPDATE entries SET revised = 1, content_hash = ?, lang = ?, title = ?, url = ?, board = ?, event_at = ?, "
      "areas = ?, topics = ? WHERE id = ?",
      static_cast<std::int64_t>(item.content_hash), lang, item.title.str(), item.url, item.board, item.event_at, areas,
      topics, entry);
  std::string made;
  run(database_, "UPDATE bodies SET packed = ? WHERE entry = ?", body_of(incoming, made), entry);
  index_.add(index_row(entry, feed, incoming, index_));
}

}  // namespace sotevahti::archive
