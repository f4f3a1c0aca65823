// "/feed.json": JSON Feed 1.1.
#include "text/types.h"
#include "web/json_answer.h"
#include "web/narrowing.h"
#include "web/outputs.h"

namespace sotevahti::web {
namespace {

using Json = nlohmann::ordered_json;

Json tags_of(const archive::EntrySummary& entry) {
  Json tags = Json::array();
  for (const auto& area : entry.areas) tags.push_back("area:" + area);
  for (const auto& topic : entry.topics) tags.push_back("topic:" + topic);
  return tags;
}

Json item_of(const Visit& visit, const archive::EntryDetail& entry) {
  const auto& summary = entry.summary;
  Json item = {{"id", entry_tag(visit, summary.id)}, {"url", address_of(visit, summary)}};
  if (!summary.title.empty()) item["title"] = summary.title.str();
  if (entry.html.empty()) item["content_text"] = entry.text.str();
  else item["content_html"] = entry.html.str();
  item["date_published"] = base::to_rfc3339(summary.when());
  item["date_modified"] = base::to_rfc3339(updated_at(entry));
  item["authors"] = Json::array({{{"name", author_of(summary)}}});
  item["language"] = visit.language_tag(summary.language);
  item["tags"] = tags_of(summary);
  // An extension, as the format has them: our own page with evidence and edits.
  item["_sotevahti"] = {{"page", public_url(visit) + visit.entry_address(summary.id)}};
  return item;
}

}  // namespace

Response json_feed(const Visit& visit) {
  const auto page = read_feed_page(visit);
  if (!page) return page.error();
  const std::string site = public_url(visit);
  Json feed = {{"version", "https://jsonfeed.org/version/1.1"},
               {"title", feed_title(page->question.asked)},
               {"home_page_url", site + page_of(page->question.asked)},
               {"feed_url", site + continued(visit, page->question.page.cursor)}};
  if (!page->next.empty()) feed["next_url"] = site + continued(visit, page->next);
  if (const auto& hub = visit.data.settings.web.hub; !hub.empty())
    feed["hubs"] = Json::array({{{"type", "WebSub"}, {"url", hub}}});
  feed["items"] = Json::array();
  for (const auto& entry : page->entries) feed["items"].push_back(item_of(visit, entry));
  Response response = json_answer(feed, "application/feed+json");
  name_hub(visit, feed["feed_url"].get<std::string>(), response);
  return response;
}

}  // namespace sotevahti::web
