// Documents for the tests of this room: a clean feed of any size, and short ways to
// parse. Test code only.
#pragma once
#include <fmt/format.h>

#include <string>
#include <string_view>

#include "feed/document.h"
#include "feed/item.h"

namespace sotevahti::feed {

inline Document parsed(std::string_view text, const std::string& base = {}, const std::string& type = {}) {
  ParseOptions options;
  options.base_url = base;
  options.content_type = type;
  return parse(text, options);
}

// A channel's or an item's elements in RSS 2.0, with the usual prefixes declared.
inline std::string rss(std::string_view channel_elements) {
  return fmt::format(
      "<rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
      "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "
      "xmlns:media=\"http://search.yahoo.com/mrss/\" "
      "xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\" "
      "xmlns:atom=\"http://www.w3.org/2005/Atom\" "
      "xmlns:sy=\"http://purl.org/rss/1.0/modules/syndication/\">"
      "<channel>{}</channel></rss>",
      channel_elements);
}

inline std::string rss_item(std::string_view elements) { return rss(fmt::format("<item>{}</item>", elements)); }

inline std::string atom(std::string_view elements) {
  return fmt::format("<feed xmlns=\"http://www.w3.org/2005/Atom\">{}</feed>", elements);
}

inline std::string atom_entry(std::string_view elements) { return atom(fmt::format("<entry>{}</entry>", elements)); }

// The one entry of a document.
inline Entry only_entry(std::string_view text, const std::string& base = {}) {
  const Document document = parsed(text, base);
  return document.entries.size() == 1 ? document.entries[0] : Entry{};
}

// Item `number` of a clean feed, as RSS.
inline std::string numbered_item(int number) {
  return fmt::format(
      "<item>\n<title>Uutinen {0}</title>\n<link>https://example.org/uutiset/{0}</link>\n"
      "<guid isPermaLink=\"false\">tag:example.org,2026:{0}</guid>\n"
      "<pubDate>Mon, 02 Feb 2026 10:{1:02}:00 +0200</pubDate>\n"
      "<description><![CDATA[<p>Hyvinvointialue päätti asiasta {0}.</p>]]></description>\n</item>\n",
      number, number % 60);
}

inline constexpr std::string_view feed_opening =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\">\n<channel>\n<title>Uutiset</title>\n"
    "<link>https://example.org/</link>\n<description>Uutisia</description>\n";
inline constexpr std::string_view feed_closing = "</channel>\n</rss>\n";

}  // namespace sotevahti::feed
