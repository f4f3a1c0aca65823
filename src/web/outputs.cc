#include "web/outputs.h"

#include <fmt/format.h>

#include <algorithm>

#include "text/types.h"
#include "text/url.h"
#include "web/narrowing.h"

namespace sotevahti::web {
namespace {

constexpr std::size_t usual_page = 30;
constexpr std::size_t largest_page = 100;

// A calendar speaks to whoever subscribed, not to the program that fetches it.
std::string calendar_of(const Visit& visit, std::string_view filter) {
  std::string address = page_of(filter, "/deadlines.ics");
  address += address.find('?') == address.npos ? '?' : '&';
  return address + "lang=" + visit.language;
}

}  // namespace

std::string public_url(const Visit& visit) {
  std::string url = visit.data.settings.web.public_url;
  // The host was judged to be ours before any page was asked; the port was not.
  if (url.empty()) url = "http://" + std::string(visit.request.header("host"));
  if (!text::Url::parse(url)) url = "http://" + visit.data.settings.web.listen;
  while (url.ends_with('/')) url.pop_back();
  return url;
}

void name_hub(const Visit& visit, const std::string& own_address, Response& response) {
  const std::string& hub = visit.data.settings.web.hub;
  if (hub.empty()) return;
  response.headers.emplace_back("Link", fmt::format("<{}>; rel=\"hub\", <{}>; rel=\"self\"", hub, own_address));
}

std::string authority(const Visit& visit) {
  const auto& web = visit.data.settings.web;
  const std::string host = text::url_host(web.public_url.empty() ? "http://" + web.listen : web.public_url);
  return host.empty() || host.find(':') != host.npos ? "localhost" : host;
}

std::string entry_tag(const Visit& visit, archive::EntryId id) {
  return fmt::format("tag:{},2026:entry/{}", authority(visit), id);
}

std::string feed_title(std::string_view asked) {
  return asked.empty() ? "sotevahti" : "sotevahti: " + std::string(asked);
}

std::string address_of(const Visit& visit, const archive::EntrySummary& entry) {
  if (text::Url::parse(entry.url)) return entry.url;
  return public_url(visit) + visit.entry_address(entry.id);
}

std::string author_of(const archive::EntrySummary& entry) {
  return entry.publisher.empty() ? entry.feed_id : entry.publisher;
}

base::Time updated_at(const archive::EntryDetail& entry) {
  return entry.revisions.empty() ? entry.summary.arrived : std::max(entry.summary.arrived, entry.revisions.front().at);
}

base::Result<FeedPage, Response> read_feed_page(const Visit& visit) {
  auto question = read_question(visit, usual_page, largest_page);
  if (!question) return tl::unexpected(std::move(question.error()));
  auto found = find(visit, *question);
  if (!found) return tl::unexpected(std::move(found.error()));
  FeedPage page{std::move(*question), {}, std::move(found->next)};
  for (const auto& summary : found->entries)
    if (auto entry = visit.search().entry(summary.id)) page.entries.push_back(std::move(*entry));
  return page;
}

void put_outputs(Html& html, const Visit& visit, std::string_view filter) {
  html.put("<p class=\"outputs\"><span>").text(visit.say("outputs.follow")).put("</span> <a");
  html.attribute("href", page_of(filter, "/subscribe")).put(">").text(visit.say("outputs.mail")).put("</a> <a");
  html.attribute("href", page_of(filter, "/feed.atom")).put(">Atom</a> <a");
  html.attribute("href", page_of(filter, "/feed.json")).put(">JSON&nbsp;Feed</a> <a");
  html.attribute("href", calendar_of(visit, filter)).put(">").text(visit.say("outputs.calendar")).put("</a> <a");
  html.attribute("href", page_of(filter, "/entries.csv")).put(">CSV</a></p>\n");
}

void put_output_links(Html& html, const Visit& visit, std::string_view filter, std::string_view title) {
  const auto put_link = [&](std::string_view type, const std::string& address, std::string_view form) {
    html.put("<link rel=\"alternate\"").attribute("type", type).attribute("href", address);
    html.attribute("title", fmt::format("{} ({})", title, form)).put(">\n");
  };
  put_link("application/atom+xml", page_of(filter, "/feed.atom"), "Atom");
  put_link("application/feed+json", page_of(filter, "/feed.json"), "JSON Feed");
  put_link("text/calendar", calendar_of(visit, filter), visit.say("outputs.calendar"));
}

}  // namespace sotevahti::web
