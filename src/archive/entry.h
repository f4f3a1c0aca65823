// Entries and stories as the archive gives them to those who read. Values: they hold on to nothing of the archive.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "feed/item.h"
#include "tag/tags.h"
#include "text/types.h"

namespace sotevahti::archive {

using EntryId = std::int64_t;
using StoryId = std::int64_t;

struct StoredDeadline {
  std::int64_t id = 0;
  tag::Deadline deadline;
  std::optional<std::chrono::year_month_day> moved_from;  // the date that was told before
  bool withdrawn = false;
  std::optional<base::Time> changed_at;  // when it was last moved or withdrawn
};

// One line of a list.
struct EntrySummary {
  EntryId id = 0;
  StoryId story = 0;
  std::string feed_id, publisher, kind, role;
  std::string url;
  text::PlainText title;
  std::string snippet;  // plain text; hits between U+E000 and U+E001
  std::string language;
  base::Time arrived{};
  std::optional<base::Time> published;  // as declared
  std::optional<base::Time> event_at;
  std::string board;
  bool revised = false;
  std::vector<std::string> areas, topics;
  std::vector<StoredDeadline> deadlines;
  std::size_t tellings = 1;       // entries of its story, itself too
  std::vector<std::string> also;  // publishers of the other tellings
  // The time to sort and show by: declared, but never later than arrival.
  base::Time when() const;
};

struct Revision {
  base::Time at{};
  text::PlainText title;
  text::PlainText text;
  std::vector<std::string> facts;
  bool significant = false;  // facts changed, not only words
};

// All that is kept of an entry.
struct EntryDetail {
  EntrySummary summary;
  std::string guid, canonical_url, author;
  text::SafeHtml html;
  text::PlainText text;
  tag::Tags tags;  // with evidence
  std::vector<std::string> categories;
  std::vector<feed::Enclosure> enclosures;
  std::vector<Revision> revisions;     // earlier ones, newest first
  std::vector<EntrySummary> tellings;  // others of its story, the leading one first
  std::string story_why;               // why it joined that story
};

struct Totals {
  std::size_t entries = 0, stories = 0, feeds = 0, revisions = 0, deadlines = 0;
  std::size_t subscribers = 0, subscriptions = 0, outbox_waiting = 0;
  std::uint64_t bytes = 0;  // of the file
};

}  // namespace sotevahti::archive
