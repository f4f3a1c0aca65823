// How the sources are doing: the page for people and the figures for Prometheus.
#include <gmock/gmock.h>

#include "archive/websub_store.h"
#include "site_fixture.h"

namespace sotevahti::web {
namespace {

using test::SiteTest;
using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Feeds : public SiteTest {
 protected:
  Feeds() {
    store_a_week();
    break_feed("varha-nyheter", "tls", "certificate has expired");
    break_feed("lapha-paatokset", "no-feed-found", "the page links to no feed");
  }
};

TEST_F(Feeds, ThePageNamesStateCauseAndReach) {
  auto state = *archive::FeedStore(*database_).state("pirha-uutiset");
  state.usual_gap = 72h;
  archive::PollOutcome outcome;
  outcome.kind = archive::PollOutcome::Kind::updated;
  outcome.at = clock_.now();
  outcome.state = state;
  archive::FeedStore(*database_).store_polls(std::vector{outcome});
  const auto page = get("/feeds", "Accept-Language: en\r\n");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, AllOf(HasSubstr("2 of 3 sources are read."), HasSubstr("certificate has expired"),
                               HasSubstr("state failing"), HasSubstr("state no-feed")));
  EXPECT_THAT(page.body, HasSubstr("Usual gap"));
}

TEST_F(Feeds, FiguresForPrometheus) {
  archive::HubSubscription hub;
  hub.feed_id = "pirha-uutiset";
  hub.token = "the token";
  hub.secret = "the secret";
  hub.state = archive::HubSubscription::State::active;
  hub.pushes = 5;
  hub.missed = 2;
  archive::HubStore(*database_).save(hub);
  const auto figures = get("/metrics");
  EXPECT_EQ(figures.status, 200);
  EXPECT_EQ(figures.header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
  for (const char* line :
       {"sotevahti_feeds{state=\"failing\"} 1\n", "sotevahti_feeds{state=\"no-feed\"} 1\n",
        "sotevahti_feeds{state=\"disabled\"} 0\n", "sotevahti_feeds_failing{cause=\"tls\"} 1\n",
        "sotevahti_feeds_read 2\n", "# TYPE sotevahti_polls counter\n", "# TYPE sotevahti_fetch_seconds histogram\n",
        "sotevahti_entries 4\n", "sotevahti_hub_subscriptions 1\n", "sotevahti_hub_pushes_total 5\n",
        "sotevahti_hub_missed_entries_total 2\n", "# TYPE sotevahti_outbox gauge\n",
        "sotevahti_page_seconds_bucket{le=\"+Inf\"} ", "sotevahti_deliveries_total{result=\"sent\"} 0\n",
        "sotevahti_ready 1\n"})
    EXPECT_THAT(figures.body, HasSubstr(line));
  EXPECT_TRUE(figures.body.ends_with("\n# EOF\n"));
  EXPECT_THAT(figures.body, AllOf(Not(HasSubstr("the token")), Not(HasSubstr("example")), Not(HasSubstr("pirha"))));
}

}  // namespace
}  // namespace sotevahti::web
