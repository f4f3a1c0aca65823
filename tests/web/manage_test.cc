#include "reader_fixture.h"

namespace sotevahti::web::test {
namespace {

using Managing = ReaderTest;

std::string form(std::string_view action, archive::SubscriptionId id, std::string_view more = {}) {
  return "action=" + std::string(action) + "&subscription=" + std::to_string(id) + std::string(more);
}
constexpr std::string_view form_type = "application/x-www-form-urlencoded";

TEST_F(Managing, ShowsWhatThePersonHasAndWhatCanBeDone) {
  const RawResponse page = get(manage_link());
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.header("cache-control"), "no-store");
  for (const std::string_view shown : {"Pirkanmaan &lt;avustukset&gt;", "Lapin uutiset", "joka päivä", "Lopeta"})
    EXPECT_NE(page.body.find(shown), std::string::npos) << shown;
}

TEST_F(Managing, PausesResumesChangesAndEndsOneOfThem) {
  const std::string path = manage_link();
  const RawResponse paused = post(path, form_type, form("pause", first_));
  EXPECT_EQ(paused.status, 303);
  EXPECT_EQ(paused.header("location"), path);
  EXPECT_EQ(people_.subscription(first_)->paused, "paused by the reader");
  EXPECT_EQ(post(path, form_type, form("resume", first_)).status, 303);
  EXPECT_EQ(people_.subscription(first_)->paused, "");
  EXPECT_EQ(post(path, form_type, form("change", first_, "&rhythm=weekly+mon+07%3A00")).status, 303);
  EXPECT_EQ(people_.subscription(first_)->rhythm.print(), "weekly mon 07:00");
  EXPECT_EQ(post(path, form_type, form("end", first_)).status, 303);
  EXPECT_FALSE(is_running(first_));
  EXPECT_TRUE(is_running(second_));
  EXPECT_EQ(get(path).body.find("Pirkanmaan"), std::string::npos);
}

TEST_F(Managing, TouchesNobodyElsesAndRefusesWhatCannotBe) {
  archive::Subscriber bertta;
  bertta.address = "bertta@yhdistys.example";
  bertta.since = clock_.now();
  archive::Subscription hers;
  hers.subscriber = people_.add_subscriber(bertta).value();
  hers.name = "Hänen";
  hers.since = hers.window_start = clock_.now();
  const auto other = people_.add_subscription(hers, {}).value();
  const std::string path = manage_link();
  for (const std::string& body : {form("end", other), form("explode", first_), form("change", first_, "&rhythm=hourly"),
                                  form("end", 999), std::string("nonsense"), std::string()})
    EXPECT_EQ(post(path, form_type, body).status, 400) << body;
  EXPECT_TRUE(is_running(first_));
  EXPECT_TRUE(is_running(other));
  EXPECT_EQ(get("/manage/guess").status, 404);
  EXPECT_EQ(post("/manage/guess", form_type, form("end", first_)).status, 404);
  EXPECT_TRUE(is_running(first_));
}

TEST_F(Managing, ThePageForMailSaysWhomToAsk) {
  data_.settings.mail.admin = "sote@yhdistys.example";
  const RawResponse page = get("/subscribe?q=area%3Alappi%20%3Cb%3E");
  EXPECT_EQ(page.status, 200);
  EXPECT_NE(page.body.find("mailto:sote@yhdistys.example"), std::string::npos);
  EXPECT_NE(page.body.find("<code>area:lappi &lt;b&gt;</code>"), std::string::npos);
}

}  // namespace
}  // namespace sotevahti::web::test
