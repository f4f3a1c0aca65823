// "/feed.atom": RFC 4287, in pages by RFC 5005.
#include <algorithm>

#include "base/hash.h"
#include "text/utf8.h"
#include "web/html.h"
#include "web/narrowing.h"
#include "web/outputs.h"

namespace sotevahti::web {
namespace {

constexpr std::string_view own_type = "application/atom+xml";

// What XML 1.0 may hold (section 2.2); the rest may not stand in it even escaped.
std::string fit_for_xml(std::string_view text) {
  std::string fit;
  fit.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    const char32_t c = text::next_code_point(text, at);
    const bool is_control = c < U' ' && c != U'\t' && c != U'\n' && c != U'\r';
    if (!is_control && c != U'\uFFFE' && c != U'\uFFFF') fit.append(text.substr(from, at - from));
  }
  return fit;
}

void put_link(Html& xml, std::string_view relation, std::string_view type, std::string_view address) {
  xml.put("<link").attribute("rel", relation).attribute("type", type).attribute("href", address).put("/>\n");
}

void put_times(Html& xml, const archive::EntryDetail& entry) {
  xml.put("<published>").text(base::to_rfc3339(entry.summary.when())).put("</published>\n<updated>");
  xml.text(base::to_rfc3339(updated_at(entry))).put("</updated>\n");
}

void put_content(Html& xml, const archive::EntryDetail& entry) {
  const bool is_plain = entry.html.empty();
  xml.put("<content").attribute("type", is_plain ? "text" : "html").put(">");
  xml.text(fit_for_xml(is_plain ? entry.text.view() : entry.html.view())).put("</content>\n");
}

void put_entry(Html& xml, const Visit& visit, const archive::EntryDetail& entry) {
  const auto& summary = entry.summary;
  xml.put("<entry").attribute("xml:lang", visit.language_tag(summary.language)).put(">\n<id>");
  xml.text(entry_tag(visit, summary.id)).put("</id>\n<title>");
  xml.text(fit_for_xml(summary.title.view())).put("</title>\n");
  put_times(xml, entry);
  xml.put("<author><name>").text(fit_for_xml(author_of(summary))).put("</name></author>\n");
  const std::string page = public_url(visit) + visit.entry_address(summary.id);
  const std::string address = address_of(visit, summary);
  put_link(xml, "alternate", "text/html", address);
  if (address != page) put_link(xml, "related", "text/html", page);
  for (const auto& area : summary.areas) xml.put("<category").attribute("term", "area:" + area).put("/>\n");
  for (const auto& topic : summary.topics) xml.put("<category").attribute("term", "topic:" + topic).put("/>\n");
  put_content(xml, entry);
  xml.put("</entry>\n");
}

void put_head(Html& xml, const Visit& visit, const FeedPage& page) {
  const std::string site = public_url(visit);
  // The same question is the same feed, however it was written.
  const std::string name = base::to_hex(base::hash64(archive::print_filter(page.question.filter)));
  base::Time updated{};
  for (const auto& entry : page.entries) updated = std::max(updated, updated_at(entry));
  xml.put("<id>").text("tag:" + authority(visit) + ",2026:filter/" + name).put("</id>\n<title>");
  xml.text(fit_for_xml(feed_title(page.question.asked))).put("</title>\n<updated>");
  xml.text(base::to_rfc3339(updated)).put("</updated>\n<author><name>sotevahti</name></author>\n");
  xml.put("<generator>sotevahti</generator>\n");
  put_link(xml, "self", own_type, site + continued(visit, page.question.page.cursor));
  put_link(xml, "alternate", "text/html", site + page_of(page.question.asked));
  if (const auto& hub = visit.data.settings.web.hub; !hub.empty())
    xml.put("<link rel=\"hub\"").attribute("href", hub).put("/>\n");
  put_link(xml, "first", own_type, site + continued(visit, ""));
  if (!page.next.empty()) put_link(xml, "next", own_type, site + continued(visit, page.next));
}

}  // namespace

Response atom_feed(const Visit& visit) {
  const auto page = read_feed_page(visit);
  if (!page) return page.error();
  Html xml;
  xml.put("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n");
  put_head(xml, visit, *page);
  for (const auto& entry : page->entries) put_entry(xml, visit, entry);
  xml.put("</feed>\n");
  Response response;
  response.content_type = "application/atom+xml; charset=utf-8";
  response.body = xml.take();
  name_hub(visit, public_url(visit) + continued(visit, page->question.page.cursor), response);
  return response;
}

}  // namespace sotevahti::web
