// An item as the pipeline takes it on: made from a document's entry by the adapter
// of its platform, with its identity, checked types of text, and facts apart from
// the text. Pure.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/zone.h"
#include "feed/document.h"
#include "text/types.h"

namespace sotevahti::feed {

struct Enclosure {
  std::string url;
  std::string type;
  std::uint64_t length = 0;
};

// A closing date that the platform itself gives in a field (Lausuntopalvelu's d:Deadline).
struct DeclaredDeadline {
  base::Time closes;
  std::string kind;   // consultation ...
  std::string field;  // "d:Deadline"
};

struct Item {
  std::string key;                      // identity within its feed: guid, else canonical URL, else a hash
  std::vector<std::string> alias_keys;  // other keys under which the same item may come back
  std::string platform_id;              // "stt:70812345": the same release in any feed; may be empty
  std::string url;                      // as the feed gave it, resolved; may be empty
  std::string canonical_url;            // for comparing; may be empty
  text::PlainText title;
  text::SafeHtml html;    // may be empty
  text::PlainText text;   // of the html, or of the summary
  std::string author;     // names, joined by ", "
  std::string publisher;  // where the item names one (a ministry in dc:creator); may be empty
  std::string language;   // where the item or document names one
  std::optional<base::Time> published;
  std::optional<base::Time> updated;
  std::optional<base::Time> event_at;  // a meeting's day
  std::string board;                   // the meeting's body (Dynasty), may be empty
  std::vector<std::string> categories;
  std::vector<Enclosure> enclosures;
  std::vector<DeclaredDeadline> deadlines;
  std::uint64_t content_hash = 0;  // of title and text without typography: equal = no edit
  std::vector<std::string> facts;  // dates, sums, numbers in the text, normalised, sorted: what an edit may change
};

// What is known of the feed from the catalogue.
struct ItemContext {
  std::string feed_url;
  std::string zone = "Europe/Helsinki";  // of dates that name none
  std::string language;
  std::string platform;  // a hint; the document itself is looked at first
};

// In document order; items with neither title nor text nor link are left out.
std::vector<Item> to_items(const Document& document, const ItemContext& context);

}  // namespace sotevahti::feed
