#include "feed/item.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "feed/adapter.h"
#include "feed/ascii.h"
#include "feed/facts.h"
#include "feed/identity.h"
#include "text/calm.h"
#include "text/feed_date.h"
#include "text/html.h"
#include "text/one_line.h"
#include "text/url.h"
#include "text/utf8.h"

namespace sotevahti::feed {
namespace {

using namespace std::chrono_literals;

// Earlier there were no feeds: 1970 and 1900 are clocks that were never set.
constexpr base::Time earliest = std::chrono::sys_days(std::chrono::year(1995) / 1 / 1);
constexpr base::Time latest = std::chrono::sys_days(std::chrono::year(2200) / 1 / 1);

// Of authors and of categories: comparing each with each stays cheap.
constexpr std::size_t most_names = 100;
// An entry's page and our feeds list them one by one.
constexpr std::size_t most_enclosures = 100;
// Lists show titles and names whole, so one feed could fill everybody's.
constexpr std::size_t longest_title = 500;
constexpr std::size_t longest_name = 200;

bool is_html(const Text& text) { return text.type == "html" || text.type == "xhtml"; }
bool is_readable(const Text& text) { return is_html(text) || text.type == "text"; }

// Marks where a word may be broken, and nothing to read.
std::string without_invisible(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    const char32_t c = text::next_code_point(text, at);
    if (c != U'\u00AD' && c != U'\u200B' && c != U'\uFEFF') result.append(text, start, at - start);
  }
  return result;
}

text::PlainText plain(const Text& text) {
  if (is_html(text)) return text::to_plain_text(text::SafeHtml::trusted(text::calm(text.value)));
  return text::PlainText::from(text::calm(without_invisible(text.value)));
}

text::PlainText one_line(const Text& text) { return text::PlainText::from(text::collapse_space(plain(text).view())); }

// The fullest of what an entry says: content where there is any, else the summary.
const Text* body_of(const Entry& entry) {
  const Text* body = nullptr;
  for (const Text& content : entry.content) {
    if (is_readable(content) && (!body || content.value.size() > body->value.size())) body = &content;
  }
  if (body && !body->value.empty()) return body;
  return entry.summary && is_readable(*entry.summary) ? &*entry.summary : nullptr;
}

std::optional<base::Time> plausible(const Boxed<Date>& date, const base::Zone& zone) {
  if (!date) return std::nullopt;
  const base::Time time = text::parse_feed_date(date->text, &zone).value_or(date->time);
  return time >= earliest && time < latest ? std::optional(time) : std::nullopt;
}

std::string address_of(const Entry& entry) {
  std::string address = entry.link.value_or("");
  for (const Link& link : entry.links) {
    if (address.empty() && (link.rel == "alternate" || link.rel == "related")) address = link.href;
  }
  return starts_ignoring_case(address, "http://") || starts_ignoring_case(address, "https://") ? address : "";
}

const std::vector<Person>& authors_of(const Entry& entry, const Document& document) {
  if (!entry.authors.empty()) return entry.authors;
  if (entry.source && !entry.source->authors.empty()) return entry.source->authors;
  return document.feed.authors;
}

// Once each, and not empty.
void add_name(std::vector<std::string>& names, std::string name) {
  name = text::calm(std::move(name));
  if (name.empty() || names.size() >= most_names) return;
  if (name.size() > longest_name) name = text::one_line_of(name, longest_name);
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
}

std::string names_of(const std::vector<Person>& people) {
  std::vector<std::string> names;
  for (const Person& person : people) add_name(names, person.name.empty() ? person.email : person.name);
  return text::collapse_space(fmt::format("{}", fmt::join(names, ", ")));
}

std::string language_of(const Entry& entry, const Document& document) {
  if (entry.language) return *entry.language;
  if (const Text* body = body_of(entry); body && body->language) return *body->language;
  if (entry.title && entry.title->language) return *entry.title->language;
  return document.feed.language.value_or("");
}

std::vector<std::string> names_of(const std::vector<Category>& categories) {
  std::vector<std::string> names;
  for (const Category& category : categories) {
    add_name(names, text::collapse_space(category.label && !category.label->empty() ? *category.label : category.term));
  }
  return names;
}

std::vector<Enclosure> enclosures_of(const Entry& entry) {
  std::vector<Enclosure> enclosures;
  for (const Link& link : entry.enclosures.empty() ? entry.media : entry.enclosures) {
    if (enclosures.size() == most_enclosures) break;
    Enclosure enclosure{link.href, link.type, 0};
    const std::string length = link.length.value_or({});
    std::from_chars(length.data(), length.data() + length.size(), enclosure.length);
    enclosures.push_back(std::move(enclosure));
  }
  return enclosures;
}

Item item_of(const AdapterInput& input) {
  const Entry& entry = input.entry;
  Item item;
  item.url = address_of(entry);
  item.canonical_url = text::canonical_url(item.url);
  if (entry.title) item.title = one_line(*entry.title);
  if (const Text* body = body_of(entry)) {
    item.text = plain(*body);
    item.html = is_html(*body) ? text::SafeHtml::trusted(text::calm(body->value)) : text::SafeHtml::escape(item.text);
  }
  item.author = names_of(authors_of(entry, input.document));
  item.language = language_of(entry, input.document);
  item.updated = plausible(entry.updated, input.zone);
  item.published = plausible(entry.published, input.zone);
  if (!item.published) item.published = plausible(entry.created, input.zone);
  if (!item.published) item.published = item.updated;
  item.categories = names_of(entry.categories);
  item.enclosures = enclosures_of(entry);
  return item;
}

// What is cut of a title is told at the head of the text. False where nothing was.
bool shorten_title(Item& item) {
  if (item.title.view().size() <= longest_title) return false;
  const std::string line = text::one_line_of(item.title.view(), longest_title);
  if (line == item.title.view()) return false;
  const text::PlainText whole = std::exchange(item.title, text::PlainText::from(line));
  item.html = text::sanitize(fmt::format("<p>{}</p>{}", text::SafeHtml::escape(whole).view(), item.html.view()));
  item.text = text::PlainText::from(fmt::format("{}\n\n{}", whole.view(), item.text.view()));
  return true;
}

bool says_nothing(const Item& item) { return item.title.empty() && item.text.empty() && item.url.empty(); }

// Of the title as the feed gave it: an adapter may have taken a date out of it. Returns the hash
// of the text alone.
std::uint64_t fingerprint(Item& item, std::string_view given_title) {
  const ContentHashes hashes = content_hashes(given_title, item.text.view());
  item.content_hash = hashes.whole;
  item.facts = facts_of(fmt::format("{}\n{}", given_title, item.text.view()));
  return hashes.text;
}

const base::Zone& zone_named(std::string_view name, std::optional<base::Zone>& storage) {
  if (auto zone = base::Zone::find(name)) return storage.emplace(std::move(*zone));
  return base::Zone::helsinki();
}

}  // namespace

std::vector<Item> to_items(const Document& document, const ItemContext& context) {
  std::optional<base::Zone> storage;
  const base::Zone& zone = zone_named(context.zone, storage);
  std::vector<Item> items;
  std::vector<std::vector<std::string>> keys;
  items.reserve(document.entries.size());
  for (const Entry& entry : document.entries) {
    const AdapterInput input{document, entry, zone, context.feed_url};
    Item item = item_of(input);
    const std::string given_title = item.title.str();
    const Adapter* adapter = adapter_for(input, item, context.platform);
    if (adapter) adapter->refine(input, item);
    if (says_nothing(item)) continue;
    std::uint64_t text_hash = fingerprint(item, given_title.empty() ? item.title.str() : given_title);
    if (shorten_title(item)) text_hash = content_hash({}, item.text.view());
    keys.push_back(possible_keys(item, text_hash, entry, document));
    items.push_back(std::move(item));
  }
  identify(items, std::move(keys));
  return items;
}

}  // namespace sotevahti::feed
