#include "archive/people.h"
#include "site_fixture.h"

namespace sotevahti::web::test {
namespace {

class Unsubscribing : public SiteTest {
 protected:
  Unsubscribing() : people_(*database_) {
    archive::Subscriber anna;
    anna.address = "anna@yhdistys.example";
    anna.since = clock_.now();
    anna_ = people_.add_subscriber(anna).value();
    first_ = subscribe("Pirkanmaan <avustukset>");
    second_ = subscribe("Lapin uutiset");
  }

  archive::SubscriptionId subscribe(const std::string& name) {
    archive::Subscription subscription;
    subscription.subscriber = anna_;
    subscription.name = name;
    subscription.since = subscription.window_start = clock_.now();
    return people_.add_subscription(subscription, {}).value();
  }

  std::string link(std::optional<archive::SubscriptionId> subscription) {
    return "/unsubscribe/" +
           people_.make_token(anna_, subscription, archive::People::TokenUse::unsubscribe, clock_.now());
  }

  RawResponse post(const std::string& path, std::string_view type = "application/x-www-form-urlencoded",
                   std::string_view body = "List-Unsubscribe=One-Click") {
    return ask("POST " + path + " HTTP/1.1\r\nHost: sote.example.org\r\nContent-Type: " + std::string(type) +
               "\r\nContent-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" +
               std::string(body));
  }

  bool is_running(archive::SubscriptionId id) { return people_.subscription(id)->ended.empty(); }

  archive::People people_;
  archive::SubscriberId anna_ = 0;
  archive::SubscriptionId first_ = 0, second_ = 0;
};

TEST_F(Unsubscribing, LookingAtTheLinkOnlyAsks) {
  const RawResponse page = get(link(first_));
  EXPECT_EQ(page.status, 200);
  EXPECT_NE(page.body.find("Pirkanmaan &lt;avustukset&gt;"), std::string::npos);
  EXPECT_EQ(page.body.find("Lapin uutiset"), std::string::npos);
  EXPECT_NE(page.body.find("<form method=\"post\""), std::string::npos);
  EXPECT_EQ(page.header("cache-control"), "no-store");
  EXPECT_EQ(page.header("referrer-policy"), "no-referrer");
  EXPECT_TRUE(is_running(first_));
}

TEST_F(Unsubscribing, OnePostEndsTheOneSubscriptionAtOnceAndMayComeAgain) {
  const std::string path = link(first_);
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(post(path).status, 200);
    EXPECT_FALSE(is_running(first_));
    EXPECT_TRUE(is_running(second_));
  }
  EXPECT_EQ(people_.subscription(first_)->ended, "unsubscribed by the reader");
  EXPECT_EQ(get(path).body.find("<form method=\"post\""), std::string::npos);
}

TEST_F(Unsubscribing, AMultipartFormIsAsGood) {
  EXPECT_EQ(post(link(first_), "multipart/form-data; boundary=x",
                 "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n")
                .status,
            200);
  EXPECT_FALSE(is_running(first_));
}

TEST_F(Unsubscribing, TheLinkOfAWholeMailEndsAllThatThePersonHas) {
  EXPECT_EQ(post(link(std::nullopt)).status, 200);
  EXPECT_FALSE(is_running(first_));
  EXPECT_FALSE(is_running(second_));
}

TEST_F(Unsubscribing, AGuessedOrBrokenLinkEndsNothing) {
  for (const std::string path : {"/unsubscribe/", "/unsubscribe/guess", "/unsubscribe/a/b"}) {
    EXPECT_EQ(get(path).status, 404) << path;
    EXPECT_EQ(post(path).status, 404) << path;
  }
  const std::string manage = people_.make_token(anna_, first_, archive::People::TokenUse::manage, clock_.now());
  EXPECT_EQ(post("/unsubscribe/" + manage).status, 404);
  EXPECT_TRUE(is_running(first_));
}

}  // namespace
}  // namespace sotevahti::web::test
