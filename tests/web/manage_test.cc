#include <nlohmann/json.hpp>

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

TEST_F(Managing, PausesResumesAndEndsOneOfThem) {
  const std::string path = manage_link();
  const RawResponse paused = post(path, form_type, form("pause", first_));
  EXPECT_EQ(paused.status, 303);
  EXPECT_EQ(paused.header("location"), path);
  EXPECT_EQ(people_.subscription(first_)->paused, "paused by the reader");
  EXPECT_EQ(post(path, form_type, form("resume", first_)).status, 303);
  EXPECT_EQ(people_.subscription(first_)->paused, "");
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
  for (const std::string& body :
       {form("end", other), form("explode", first_), form("end", 999), std::string("nonsense"), std::string()})
    EXPECT_EQ(post(path, form_type, body).status, 400) << body;
  EXPECT_TRUE(is_running(first_));
  EXPECT_TRUE(is_running(other));
  EXPECT_EQ(get("/manage/guess").status, 404);
  EXPECT_EQ(post("/manage/guess", form_type, form("end", first_)).status, 404);
  EXPECT_TRUE(is_running(first_));
}

TEST_F(Managing, TheFormShowsWhatIsChosenAndSavesWhatIsChanged) {
  archive::Subscription lapland = *people_.subscription(second_);
  lapland.filter = "area:lappi,kainuu topic:jarjestoavustukset avustus*";
  lapland.rhythm = archive::Rhythm::parse("monthly 3 08:15 holidays").value();
  ASSERT_TRUE(people_.change_subscription(lapland, {}));
  const std::string path = manage_link();
  const std::string page = "/" + std::to_string(second_);
  const std::string form = get(path + page).body;
  for (const std::string_view ticked :
       {"value=\"lappi\" checked", "value=\"kainuu\" checked", "value=\"jarjestoavustukset\" checked",
        "value=\"avustus*\"", "value=\"monthly\" checked", "value=\"08:15\"", "value=\"3\" selected",
        "name=\"skip_holidays\" value=\"1\" checked", "value=\"Lapin uutiset\""})
    EXPECT_NE(form.find(ticked), std::string::npos) << ticked;
  const RawResponse saved = post(path + page, form_type,
                                 "action=save&area=lappi&words=a+OR+b&rhythm=weekly&day=fri&at=7.30&language=sv&name=");
  EXPECT_EQ(saved.status, 303) << saved.body;
  EXPECT_EQ(saved.header("location"), path);
  const auto changed = *people_.subscription(second_);
  EXPECT_EQ(changed.filter, "area:lappi (a OR b)");
  EXPECT_EQ(changed.rhythm.print(), "weekly fri 07:30");
  EXPECT_EQ(changed.language, "sv");
  EXPECT_EQ(changed.name, "Lappi");
  EXPECT_EQ(get(path + page).body.find("value=\"Lappi\""), std::string::npos) << "a name that follows the choice";
}

TEST_F(Managing, APreviewSavesNothingAndAFaultSaysSo) {
  const std::string path = manage_link() + "/" + std::to_string(first_);
  const RawResponse preview = post(path, form_type, "action=preview&area=lappi&rhythm=daily&at=07:00&language=fi");
  EXPECT_EQ(preview.status, 200);
  EXPECT_NE(preview.body.find("id=\"preview\""), std::string::npos);
  const RawResponse refused = post(path, form_type, "action=save&rhythm=daily&at=25:61&language=fi");
  EXPECT_EQ(refused.status, 422);
  EXPECT_NE(refused.body.find("fault-at"), std::string::npos);
  EXPECT_EQ(people_.subscription(first_)->filter, "");
}

TEST_F(Managing, AddsASubscriptionWithoutAnotherLetter) {
  const std::string path = manage_link();
  EXPECT_EQ(get(path + "/new").status, 200);
  EXPECT_EQ(
      post(path + "/new", form_type, "action=save&area=kainuu&rhythm=immediate&quiet_from=&quiet_until=&language=fi")
          .status,
      303);
  const auto added = people_.subscriptions().back();
  EXPECT_EQ(added.subscriber, anna_);
  EXPECT_EQ(added.filter, "area:kainuu");
  EXPECT_EQ(added.rhythm.print(), "immediate");
  EXPECT_EQ(added.window_start, clock_.now());
}

TEST_F(Managing, GivesOnesDataToKeep) {
  const RawResponse data = get(manage_link() + "/data.json");
  EXPECT_EQ(data.status, 200);
  EXPECT_NE(data.header("content-disposition").find("attachment"), std::string::npos);
  EXPECT_EQ(data.header("cache-control"), "no-store");
  const auto all = nlohmann::json::parse(data.body);
  EXPECT_EQ(all["address"], "anna@yhdistys.example");
  EXPECT_EQ(all["subscriptions"].size(), 2U);
}

TEST_F(Managing, ErasesWhenAskedTwice) {
  const std::string path = manage_link();
  EXPECT_NE(get(path + "/erase").body.find("anna@yhdistys.example"), std::string::npos);
  EXPECT_EQ(post(path + "/erase", form_type, "").status, 422);
  ASSERT_TRUE(people_.subscriber(anna_));
  EXPECT_EQ(post(path + "/erase", form_type, "sure=yes").status, 200);
  EXPECT_FALSE(people_.subscriber(anna_));
  EXPECT_EQ(people_.subscriptions().size(), 0U);
  EXPECT_EQ(get(path).status, 404);
}

TEST_F(Managing, TheOtherPagesAreTheReadersOwnToo) {
  const std::string path = manage_link();
  for (const std::string below : {"/data.json", "/erase", "/new", "/1"})
    EXPECT_EQ(get("/manage/guess" + below).status, 404);
  for (const std::string below : {"/999", "/x", "/1/2", "/"}) EXPECT_EQ(get(path + below).status, 404) << below;
  const RawResponse foreign = ask("POST " + path +
                                  " HTTP/1.1\r\nHost: sote.example.org\r\nOrigin: https://evil.example\r\n"
                                  "Content-Length: 0\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(foreign.status, 403);
}

}  // namespace
}  // namespace sotevahti::web::test
