// A digest's page: for those who know its name, as it was sent, and for nobody's index.
#include <gmock/gmock.h>

#include "archive/ledger.h"
#include "archive/people.h"
#include "site_fixture.h"

namespace sotevahti::web::test {
namespace {

using testing::HasSubstr;
using testing::Not;

class DigestPage : public SiteTest {
 protected:
  DigestPage() {
    archive::People people(*database_);
    archive::Subscriber anna;
    anna.address = "anna@yhdistys.example";
    anna.since = clock_.now();
    archive::Decision decision;
    decision.subscriber = decision.digest.subscriber = people.add_subscriber(anna).value();
    archive::Subscription subscription;
    subscription.subscriber = decision.subscriber;
    subscription.name = "Pirkanmaan uutiset";
    subscription.since = subscription.window_start = clock_.now() - 24h;
    decision.windows.push_back({people.add_subscription(subscription, {}).value(), clock_.now() - 24h, clock_.now()});
    decision.digest.built = decision.digest.to = clock_.now();
    decision.digest.subject = "Kooste";
    decision.digest.html = "<!doctype html><title>Kooste</title><p>Järjestöavustukset</p>";
    store_a_week();
    decision.digest.entries = {id_of("avustukset")};
    decision.digest.public_token = "EazywNqu6FvREiN7eFB-vg";
    if (!archive::Ledger(*database_).commit(decision)) throw std::runtime_error("the window was closed");
  }
};

TEST_F(DigestPage, IsShownToThoseWhoKnowItsName) {
  const auto page = get("/digests/EazywNqu6FvREiN7eFB-vg");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("Järjestöavustukset"));
  EXPECT_THAT(page.body, Not(HasSubstr("anna@yhdistys.example")));
  EXPECT_EQ(page.header("x-robots-tag"), "noindex");
  EXPECT_THAT(page.header("cache-control"), HasSubstr("private"));
  EXPECT_THAT(page.header("content-security-policy"), HasSubstr("default-src 'none'"));
  EXPECT_EQ(get("/digests/EazywNqu6FvREiN7eFB-vg", "If-None-Match: " + page.header("etag") + "\r\n").status, 304);
}

TEST_F(DigestPage, HasNoOtherName) {
  for (const char* name : {"", "1", "EazywNqu6FvREiN7eFB-v", "eazywnqu6fvrein7efb-vg", "EazywNqu6FvREiN7eFB-vg/", "%25",
                           "EazywNqu6FvREiN7eFB-vg%00"})
    EXPECT_GE(get(std::string("/digests/") + name).status, 400) << name;
}

}  // namespace
}  // namespace sotevahti::web::test
