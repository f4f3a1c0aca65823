#include "feed/opml.h"

#include <fmt/format.h>

#include <pugixml.hpp>
#include <unordered_set>

#include "text/charset.h"
#include "text/types.h"
#include "text/utf8.h"

namespace sotevahti::feed {
namespace {

constexpr std::size_t most_feeds = 20000;
constexpr int deepest = 64;

std::string attribute(const pugi::xml_node& outline, const char* name) {
  return text::collapse_space(text::repair_utf8(outline.attribute(name).value()));
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
  if (!parsed)
    return base::fail(fmt::format("not well-formed XML at byte {}: {}", parsed.offset, parsed.description()));
  const auto body = document.child("opml").child("body");
  if (!body) return base::fail("no OPML: there is no <opml> with a <body>");

  std::vector<OpmlFeed> feeds;
  std::unordered_set<std::string> seen;
  int depth = 0;
  for (auto at = next_outline(body, body, depth); at; at = next_outline(at, body, depth)) {
    if (depth > deepest) return base::fail(fmt::format("outlines nested deeper than {} levels", deepest));
    const auto url = text::Url::parse(attribute(at, "xmlUrl"));
    if (!url || !seen.insert(url->str()).second) continue;
    if (feeds.size() == most_feeds) return base::fail(fmt::format("more than {} feeds", most_feeds));
    feeds.push_back({url->str(), title_of(at), attribute(at, "htmlUrl"), attribute(at, "language"), folder_of(at)});
  }
  return feeds;
}

std::string write_opml(std::string_view title, const std::vector<OpmlFeed>& feeds) {
  std::string out = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml "
      "version=\"2.0\">\n<head><title>{}</title></head>\n<body>\n",
      text::escape_html(title));
  for (const auto& feed : feeds) {
    out += fmt::format("<outline type=\"rss\" text=\"{0}\" title=\"{0}\" xmlUrl=\"{1}\"", text::escape_html(feed.title),
                       text::escape_html(feed.url));
    if (!feed.page.empty()) out += fmt::format(" htmlUrl=\"{}\"", text::escape_html(feed.page));
    if (!feed.language.empty()) out += fmt::format(" language=\"{}\"", text::escape_html(feed.language));
    if (!feed.folder.empty()) out += fmt::format(" category=\"{}\"", text::escape_html(feed.folder));
    out += "/>\n";
  }
  return out + "</body>\n</opml>\n";
}

}  // namespace sotevahti::feed
