#include "feed/opml.h"

#include <fmt/format.h>

#include <algorithm>
#include <pugixml.hpp>
#include <unordered_set>

#include "text/charset.h"
#include "text/types.h"
#include "text/utf8.h"

namespace sotevahti::feed {
namespace {

constexpr std::size_t most_feeds = 20000;
constexpr int deepest = 64;

constexpr std::string_view prefix_of_prefixes = "xmlns:";
constexpr std::string_view own_namespace = "urn:sotevahti:feeds.d";
constexpr std::string_view own_prefix = "sotevahti:";

// Of a terminal, or what XML may not hold even escaped (XML 1.0, section 2.2).
bool is_control(char32_t c) {
  return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7f && c < 0xa0) || c == 0xfffe || c == 0xffff;
}

std::string value_of(const pugi::xml_attribute& attribute) {
  const std::string whole = text::repair_utf8(attribute.value());
  std::string value;
  for (std::size_t at = 0; at < whole.size();) {
    const std::size_t from = at;
    if (!is_control(text::next_code_point(whole, at))) value.append(whole, from, at - from);  // "&#1;"
  }
  return text::collapse_space(value);
}

std::string attribute(const pugi::xml_node& outline, const char* name) { return value_of(outline.attribute(name)); }

// "sotevahti:", or however the list declares our namespace; empty where it does not.
std::string own_prefix_in(const pugi::xml_node& opml) {
  for (const auto& attribute : opml.attributes()) {
    const std::string_view name = attribute.name();
    if (name.starts_with(prefix_of_prefixes) && attribute.value() == own_namespace)
      return fmt::format("{}:", name.substr(prefix_of_prefixes.size()));
  }
  return {};
}

OpmlFeed::Row row_of(const pugi::xml_node& outline, std::string_view prefix) {
  OpmlFeed::Row row;
  if (prefix.empty()) return row;
  for (const auto& attribute : outline.attributes()) {
    std::string_view key = attribute.name();
    if (!key.starts_with(prefix)) continue;
    key.remove_prefix(prefix.size());
    const bool is_key = !key.empty() && key.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == key.npos;
    if (is_key) row.emplace_back(key, value_of(attribute));
  }
  return row;
}

std::string title_of(const pugi::xml_node& outline) {
  std::string title = attribute(outline, "title");
  return title.empty() ? attribute(outline, "text") : title;
}

std::string folder_of(pugi::xml_node outline) {
  std::string folder;
  for (auto at = outline.parent(); std::string_view(at.name()) == "outline"; at = at.parent()) {
    const std::string title = title_of(at);
    if (!title.empty()) folder = folder.empty() ? title : fmt::format("{} / {}", title, folder);
  }
  return folder;
}

// Document order, without recursion.
pugi::xml_node next_outline(pugi::xml_node at, const pugi::xml_node& top, int& depth) {
  if (auto child = at.child("outline")) {
    ++depth;
    return child;
  }
  while (at != top) {
    if (auto next = at.next_sibling("outline")) return next;
    at = at.parent();
    --depth;
  }
  return {};
}

}  // namespace

base::Result<std::vector<OpmlFeed>> read_opml(std::string_view bytes) {
  if (bytes.size() > most_opml_bytes) return base::fail("larger than 16 MB: that is no list of feeds");
  const std::string xml = text::decode_xml(bytes, "").utf8;
  if (xml.find("<!DOCTYPE") != xml.npos || xml.find("<!ENTITY") != xml.npos)
    return base::fail("it declares a document type, which OPML has no use for; refused unread");
  pugi::xml_document document;
  const auto parsed = document.load_buffer(xml.data(), xml.size(), pugi::parse_default, pugi::encoding_utf8);
  if (!parsed) {
    const auto end = xml.begin() + std::min(parsed.offset, static_cast<std::ptrdiff_t>(xml.size()));
    const auto line = 1 + std::count(xml.begin(), end, '\n');
    return base::fail(fmt::format("not well-formed XML in line {}: {}", line, parsed.description()));
  }
  const auto body = document.child("opml").child("body");
  const std::string prefix = own_prefix_in(document.child("opml"));
  if (!body) return base::fail("no OPML: there is no <opml> with a <body>");

  std::vector<OpmlFeed> feeds;
  std::unordered_set<std::string> seen;
  int depth = 0;
  for (auto at = next_outline(body, body, depth); at; at = next_outline(at, body, depth)) {
    if (depth > deepest) return base::fail(fmt::format("outlines nested deeper than {} levels", deepest));
    const auto url = text::Url::parse(attribute(at, "xmlUrl"));
    if (!url || !seen.insert(url->str()).second) continue;
    if (feeds.size() == most_feeds) return base::fail(fmt::format("more than {} feeds", most_feeds));
    feeds.push_back({url->str(), title_of(at), attribute(at, "htmlUrl"), attribute(at, "language"), folder_of(at),
                     row_of(at, prefix)});
  }
  return feeds;
}

std::string write_opml(std::string_view title, const std::vector<OpmlFeed>& feeds) {
  const bool has_rows = std::any_of(feeds.begin(), feeds.end(), [](const OpmlFeed& feed) { return !feed.row.empty(); });
  std::string out = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml "
      "version=\"2.0\"{}>\n<head><title>{}</title></head>\n<body>\n",
      has_rows ? fmt::format(" xmlns:{}=\"{}\"", own_prefix.substr(0, own_prefix.size() - 1), own_namespace) : "",
      text::escape_html(title));
  for (const auto& feed : feeds) {
    out += fmt::format("<outline type=\"rss\" text=\"{0}\" title=\"{0}\" xmlUrl=\"{1}\"", text::escape_html(feed.title),
                       text::escape_html(feed.url));
    if (!feed.page.empty()) out += fmt::format(" htmlUrl=\"{}\"", text::escape_html(feed.page));
    if (!feed.language.empty()) out += fmt::format(" language=\"{}\"", text::escape_html(feed.language));
    if (!feed.folder.empty()) out += fmt::format(" category=\"{}\"", text::escape_html(feed.folder));
    for (const auto& [key, value] : feed.row)
      out += fmt::format(" {}{}=\"{}\"", own_prefix, key, text::escape_html(value));
    out += "/>\n";
  }
  return out + "</body>\n</opml>\n";
}

}  // namespace sotevahti::feed
