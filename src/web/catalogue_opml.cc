// "/feeds.opml": the sources that are followed, to be followed elsewhere too.
#include "archive/feed_store.h"
#include "archive/health.h"
#include "feed/opml.h"
#include "web/outputs.h"

namespace sotevahti::web {

Response catalogue_opml(const Visit& visit) {
  std::vector<feed::OpmlFeed> feeds;
  for (const auto& health :
       archive::health_of(visit.data.catalogue, archive::FeedStore(visit.database).states(), visit.now)) {
    const auto& feed = *health.feed;
    const std::string page = feed.discover ? feed.url : "";
    const std::string& url = feed.discover ? health.known.url : feed.url;
    // Of a page whose feed was never found there is nothing to follow.
    if (feed.enabled && !url.empty() && url != page)
      feeds.push_back({url, feed.title, page, feed.lang, feed.publisher, {}});
  }
  Response response;
  response.content_type = "text/x-opml; charset=utf-8";
  response.body = feed::write_opml("sotevahti", feeds);
  return response;
}

}  // namespace sotevahti::web
