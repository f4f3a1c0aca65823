// A feed document's model, and the one way to make it: parse(). Formats: RSS 0.9x,
// 1.0, 2.0, Atom 0.3 and 1.0, CDF, JSON Feed 1.x, however broken. Pure; any
// thread; nothing throws out of it; no entity is expanded, no file or address opened.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "feed/boxed.h"

namespace sotevahti::feed {

// A text construct. `value` is plain text for type "text", sanitised HTML for "html" and
// "xhtml", else what the media type `type` says.
struct Text {
  std::string value;
  std::string type;
  std::optional<std::string> language;
  std::string base;
  Boxed<std::string> src;  // content that stands elsewhere
};

struct Link {
  std::string href, rel, type;
  Boxed<std::string> title, hreflang, length;
};

struct Person {
  std::string name, email, url;
};

struct Category {
  std::string term;
  std::optional<std::string> scheme, label;
};

struct Image {
  std::string url, title, link, description;
  std::optional<int> width, height;
};

struct Generator {
  std::string name, url, version;
};

// A date read as UTC where it names no zone, with the document's own words: an adapter
// that knows the publisher's zone reads them again.
struct Date {
  base::Time time;
  std::string text;
};

// Members shared by feed, entry and an entry's source; what was not there is empty.
struct Part {
  std::optional<std::string> id;
  std::optional<bool> id_is_permalink;
  Boxed<Text> title, subtitle, summary, rights, info;
  std::vector<Text> content;
  std::optional<std::string> link;
  std::vector<Link> links;
  std::vector<Link> enclosures;
  std::vector<Link> media;  // media:content
  Boxed<Date> published, updated, created, expired;
  std::vector<Person> authors, contributors;
  Boxed<Person> publisher;
  std::vector<Category> categories;
  std::optional<std::string> language;
  Boxed<Image> image;
  Boxed<std::string> icon, logo, docs, comments, license, comments_feed;
  Boxed<Generator> generator;
  Boxed<std::string> ttl, duration;
  std::optional<std::optional<bool>> explicit_content;
  std::optional<bool> block;
  std::vector<std::string> thumbnails;
};

struct Source : Part {
  std::optional<std::string> href;
};

struct Entry : Part {
  Boxed<Source> source;
  // Elements of namespaces that an adapter knows (OData's d:*): local name and text.
  std::vector<std::pair<std::string, std::string>> properties;
};

enum class Format {
  unknown,
  rss090,
  rss091,
  rss092,
  rss093,
  rss094,
  rss20,
  rss,
  rss10,
  atom03,
  atom10,
  cdf,
  json1,
  json11
};

// Why a document is no feed.
enum class NotAFeed { none, empty, html, challenge_page, pdf, other_json, other_xml, unreadable, over_limit };

// What a feed asks of those who poll it.
struct PollHints {
  std::optional<int> ttl_minutes;
  std::vector<int> skip_hours;               // 0-23, UTC
  std::vector<int> skip_days;                // 0 = Sunday
  std::optional<int> update_period_minutes;  // sy:updatePeriod / sy:updateFrequency
  std::string hub;                           // WebSub
  std::string self;
  bool is_archive = false;       // RFC 5005: fh:archive, never changes
  bool is_complete = false;      // RFC 5005: fh:complete, what is missing was removed
  std::string previous_archive;  // RFC 5005, or JSON Feed's next_url; known, not followed
};

struct Document {
  Format format = Format::unknown;
  std::string encoding = "utf-8";
  bool recovered = false;
  NotAFeed not_a_feed = NotAFeed::none;
  std::string error;  // why it is no feed, or what was recovered from
  Part feed;
  std::vector<Entry> entries;
  PollHints hints;
  bool is_feed() const { return not_a_feed == NotAFeed::none; }
};

struct ParseOptions {
  std::string base_url;
  std::string content_type;  // the HTTP header's value with its parameters
  std::size_t max_entries = 20000;
  std::size_t max_bytes = std::size_t{64} << 20;
};

Document parse(std::string_view bytes, const ParseOptions& options);

std::string_view to_string(Format format);
std::string_view to_string(NotAFeed why);  // "html", "challenge-page" ...

}  // namespace sotevahti::feed
