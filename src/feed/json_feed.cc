// JSON Feed 1.0 and 1.1 (jsonfeed.org). Members of a wrong type are passed over.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <vector>

#include "feed/formats.h"
#include "feed/json_repair.h"
#include "feed/text_construct.h"
#include "text/feed_date.h"
#include "text/url.h"

namespace sotevahti::feed {
namespace {

using Json = nlohmann::json;

// Deeper members are no JSON Feed's.
constexpr std::size_t deepest = 32;

const Json* member(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found == object.end() ? nullptr : &*found;
}

// A string, or a number where publishers write one for an id or a length.
std::string words(const Json& object, const char* name) {
  const Json* value = member(object, name);
  if (value && value->is_string()) return value->get<std::string>();
  return value && value->is_number() ? value->dump() : std::string();
}

const std::vector<Json>& list(const Json& object, const char* name) {
  static const std::vector<Json> none;
  const Json* value = member(object, name);
  return value && value->is_array() ? value->get_ref<const std::vector<Json>&>() : none;
}

class JsonReader {
 public:
  JsonReader(Document& document, const ParseOptions& options) : document_(document), options_(options) {}

  // Each item is let go when it was read: its text is then in the entry.
  void read_feed(Json& json) {
    Part& feed = document_.feed;
    read_shared(json, feed);
    set_text(feed.subtitle, json, "description", TextType::text);
    set_address(feed.link, json, "home_page_url");
    if (feed.link) feed.links.push_back(page_link(*feed.link));
    add_link(feed, json, "feed_url", "self", "application/feed+json");
    add_link(feed, json, "next_url", "next", "application/feed+json");
    set_address(feed.icon, json, "icon");
    set_address(feed.logo, json, "favicon");
    document_.hints.self = resolve(words(json, "feed_url"));
    document_.hints.previous_archive = resolve(words(json, "next_url"));
    for (const Json& hub : list(json, "hubs")) {
      if (hub.is_object() && document_.hints.hub.empty()) document_.hints.hub = resolve(words(hub, "url"));
    }
    const auto items = json.find("items");
    if (items == json.end() || !items->is_array()) return;
    for (Json& item : *items) {
      if (item.is_object()) read_item(item);
      item = nullptr;
    }
  }

 private:
  std::string resolve(const std::string& address) const {
    return text::is_unsafe_scheme(address) ? std::string() : text::resolve_url(options_.base_url, address);
  }

  static Link page_link(const std::string& address) {
    Link link;
    link.href = address;
    link.rel = "alternate";
    link.type = "text/html";
    return link;
  }

  void add_link(Part& part, const Json& json, const char* name, std::string_view rel, std::string_view type) const {
    Link link;
    link.href = resolve(words(json, name));
    link.rel = rel;
    link.type = type;
    if (!link.href.empty()) part.links.push_back(std::move(link));
  }

  template <class Address>
  void set_address(Address& to, const Json& json, const char* name) const {
    std::string address = resolve(words(json, name));
    if (!address.empty()) to = std::move(address);
  }

  void set_text(Boxed<Text>& to, const Json& json, const char* name, TextType type) const {
    const Json* value = member(json, name);
    if (value && value->is_string()) to = make_text(words(json, name), type, options_.base_url);
  }

  static void set_date(Boxed<Date>& to, const Json& json, const char* name) {
    std::string written = words(json, name);
    if (const auto time = text::parse_feed_date(written)) to = Date{*time, std::move(written)};
  }

  void read_shared(const Json& json, Part& part) const {
    set_text(part.title, json, "title", TextType::text);
    if (std::string language = words(json, "language"); !language.empty()) {
      std::replace(language.begin(), language.end(), '_', '-');
      part.language = std::move(language);
    }
    for (const Json& author : list(json, "authors")) add_author(author, part);
    if (const Json* author = member(json, "author"); author && part.authors.empty()) add_author(*author, part);
  }

  void add_author(const Json& json, Part& part) const {
    Person person;
    if (json.is_string()) person.name = json.get<std::string>();
    if (json.is_object()) {
      person.name = words(json, "name");
      person.url = resolve(words(json, "url"));
    }
    if (!person.name.empty() || !person.url.empty()) part.authors.push_back(std::move(person));
  }

  void read_item(const Json& json) {
    if (document_.entries.size() >= options_.max_entries) {
      document_.error = fmt::format("over the limit of {} entries: the first were read", options_.max_entries);
      return;
    }
    Entry& entry = document_.entries.emplace_back();
    read_shared(json, entry);
    if (std::string id = words(json, "id"); !id.empty()) entry.id = std::move(id);
    set_address(entry.link, json, "url");
    if (entry.link) entry.links.push_back(page_link(*entry.link));
    add_link(entry, json, "external_url", "related", "");
    set_text(entry.summary, json, "summary", TextType::text);
    Boxed<Text> content;
    set_text(content, json, "content_html", TextType::html);
    if (!content) set_text(content, json, "content_text", TextType::text);
    if (content) entry.content.push_back(std::move(*content));
    set_date(entry.published, json, "date_published");
    set_date(entry.updated, json, "date_modified");
    if (std::string image = resolve(words(json, "image")); !image.empty()) {
      entry.image = Image{};
      entry.image->url = std::move(image);
    }
    for (const Json& tag : list(json, "tags")) {
      if (tag.is_string()) entry.categories.push_back({tag.get<std::string>(), {}, {}});
    }
    for (const Json& attachment : list(json, "attachments")) {
      if (attachment.is_object()) add_attachment(attachment, entry);
    }
    for (Text& text : entry.content) text.language = entry.language;
    if (entry.title) entry.title->language = entry.language;
    if (entry.summary) entry.summary->language = entry.language;
  }

  void add_attachment(const Json& json, Entry& entry) const {
    Link link;
    link.href = resolve(words(json, "url"));
    link.rel = "enclosure";
    link.type = words(json, "mime_type");
    if (std::string title = words(json, "title"); !title.empty()) link.title = std::move(title);
    if (std::string length = words(json, "size_in_bytes"); !length.empty()) link.length = std::move(length);
    if (link.href.empty()) return;
    entry.links.push_back(link);
    entry.enclosures.push_back(std::move(link));
  }

  Document& document_;
  const ParseOptions& options_;
};

// The parser could leave deep members out by itself, in time that is quadratic in the items.
Json parse_bounded(std::string_view utf8) {
  if (depth_of_json(utf8) > deepest) return Json::parse(shallow_json(utf8, deepest), nullptr, false);
  return Json::parse(utf8, nullptr, false);
}

Format version_of(const Json& json) {
  const std::string version = json.is_object() ? words(json, "version") : std::string();
  if (version.find("jsonfeed.org/version/") == std::string::npos) return Format::unknown;
  return version.ends_with("/1") || version.ends_with("/1.0") ? Format::json1 : Format::json11;
}

}  // namespace

void read_json_feed(std::string_view utf8, Document& document, const ParseOptions& options) {
  Json json = parse_bounded(utf8);
  std::string_view defect;
  if (json.is_discarded()) {
    document.recovered = true;
    const std::string sound = sound_json(utf8);
    defect = "characters, numbers or words that JSON has not";
    json = parse_bounded(sound);
    if (json.is_discarded()) {
      defect = "broken JSON: the items before the defect";
      json = parse_bounded(cut_json(sound));
    }
  }
  document.format = version_of(json);
  if (document.format == Format::unknown) {
    document.not_a_feed = json.is_discarded() ? NotAFeed::unreadable : NotAFeed::other_json;
    document.error = json.is_discarded() ? "broken JSON, no feed" : "JSON of another kind, no feed";
    return;
  }
  if (!defect.empty() && document.error.empty()) document.error = defect;
  JsonReader(document, options).read_feed(json);
}

}  // namespace sotevahti::feed
