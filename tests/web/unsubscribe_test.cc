#include "reader_fixture.h"

namespace sotevahti::web::test {
namespace {

using Unsubscribing = ReaderTest;

TEST_F(Unsubscribing, LookingAtTheLinkOnlyAsks) {
  const RawResponse page = get(link(first_));
  EXPECT_EQ(page.status, 200);
  EXPECT_NE(page.body.find("Pirkanmaan &lt;avustukset&gt;"), std::string::npos);
  EXPECT_EQ(page.body.find("Lapin uutiset"), std::string::npos);
  EXPECT_NE(page.body.find("<form method=\"post\""), std::string::npos);
  EXPECT_EQ(page.header("cache-control"), "no-store");
  EXPECT_EQ(page.header("referrer-policy"), "same-origin");
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
