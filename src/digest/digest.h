// What a digest is made of: Material is all that one message may tell one person,
// gathered by the room above; Outline is the same put in order (outline.h). Plain
// values, no clock, socket or file; any thread.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/zone.h"
#include "tag/tags.h"
#include "text/types.h"

namespace sotevahti::digest {

struct Deadline {
  std::int64_t id = 0;  // stays when it moves
  tag::DeadlineKind kind = tag::DeadlineKind::application;
  std::chrono::year_month_day closes;
  std::optional<std::chrono::minutes> time_of_day;        // since local midnight
  std::optional<std::chrono::year_month_day> moved_from;  // the date that was told before
  bool withdrawn = false;
};

// The same story elsewhere: another publisher's telling, or its twin in another language.
struct Telling {
  std::string publisher;
  std::string language;
  std::string url;
  text::PlainText title;
};

// Why a story is here: the words that met an area or a topic.
struct Reason {
  std::string tag;    // "Pirkanmaa", in the reader's language
  std::string words;  // "Tampereella", as the text has it
};

// What an edit changed: dates, sums, numbers that went and that came, as feed::facts_of()
// writes them ("date 2026-01-07").
struct Change {
  base::Time at{};
  std::vector<std::string> before, after;
};

struct Story {
  std::int64_t id = 0;     // of the entry that leads
  std::int64_t story = 0;  // equal where the same thing is told
  text::PlainText title;
  text::PlainText lead;
  std::string url;   // the publisher's page; empty or http(s)
  std::string page;  // the archive's page of it; may be empty
  std::string language;
  std::string publisher;
  std::string kind;  // decisions, news, press ...
  bool official = false;
  std::vector<std::string> areas, topics;  // ids, the strongest first
  std::vector<Reason> reasons;
  std::optional<base::Time> published, event_at;
  base::Time arrived{};
  std::string board;  // of a decision: the body that met
  std::vector<Deadline> deadlines;
  std::vector<Telling> also;
  bool late_find = false;       // published long before it was found
  std::vector<Change> changes;  // not empty: told before, and edited since
  bool reminder = false;        // told before; here because its deadline is near
};

// How often, for the words that say so.
struct Cadence {
  enum class Kind { immediate, daily, weekdays, weekly, monthly };
  Kind kind = Kind::daily;
  std::chrono::minutes at{0};
  std::chrono::weekday day{std::chrono::Monday};
  unsigned day_of_month = 1;
};

// What one subscription is due.
struct Section {
  std::int64_t subscription = 0;
  std::string name;
  std::string filter;
  Cadence cadence;
  base::Time from{}, to{};
  std::size_t max_items = 50;
  std::vector<std::string> areas;  // that the filter names: a story of several areas stands under one of these
  std::vector<Story> stories;
  std::string unsubscribe_url;  // personal; shown in the mail, never on the public page
};

struct Unreached {
  std::string title;
  base::Time since{};
};

struct Sources {
  std::size_t read = 0, total = 0;
  std::vector<Unreached> unreached;
};

struct Material {
  std::string language = "fi";  // of the words around the stories: fi, sv, en
  const base::Zone* zone = &base::Zone::helsinki();
  base::Time at{};           // the moment it was due
  std::string organisation;  // who sends it
  std::vector<Section> sections;
  Sources sources;
  std::string page_url;    // this digest in the archive; may be empty
  std::string manage_url;  // personal
  std::string home_url;
};

}  // namespace sotevahti::digest
