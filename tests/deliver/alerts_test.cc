#include "deliver/alerts.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "deliver/previewer.h"
#include "world.h"

namespace sotevahti::deliver {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

archive::IncomingEntry call(const World& world, const std::string& key, unsigned month, unsigned day) {
  const std::string date = std::to_string(day) + "." + std::to_string(month) + ".2026";
  auto made = world.entry(key, "Järjestöavustusten haku päättyy " + date);
  made.item.facts = {"date " +
                     base::to_iso_date(std::chrono::year(2026) / std::chrono::month(month) / std::chrono::day(day))};
  made.tags.deadlines = {World::grant(2026, month, day)};
  return made;
}

// A grant call that everybody was told of at seven, with the date of 15 March.
class Alerts : public testing::Test {
 protected:
  void tell() {
    world_.store({call(world_, "1", 3, 15)}, world_.clock.now());
    world_.clock.set(helsinki(2026, 2, 20, 7, 1));
    told_ = world_.build().messages;
  }
  void move_to(unsigned month, unsigned day) {
    auto moved = call(world_, "1", month, day);
    moved.tags.deadlines[0].extended = true;
    world_.store({moved}, world_.clock.now());
  }
  void at(unsigned month, unsigned day, int hour, int minute = 0) {
    world_.clock.set(helsinki(2026, month, day, hour, minute));
  }

  World world_;
  std::size_t told_ = 0;
};

TEST_F(Alerts, AMovedDeadlineIsToldAtOnceAndOnceToThoseWhoWereToldTheOldDate) {
  world_.subscribe(world_.subscriber("aino@example.com"), "weekly fri 07:00");
  world_.subscribe(world_.subscriber("eino@example.com"), "weekly fri 12:00");  // not told yet
  tell();
  ASSERT_EQ(told_, 1U);
  at(2, 20, 9);
  move_to(3, 31);
  at(2, 20, 9, 1);
  const BuildReport report = world_.build();
  EXPECT_EQ(report.messages, 1U);
  EXPECT_EQ(report.alerts, 1U);
  const auto row = world_.outbox().at(0);
  EXPECT_EQ(row.recipient, "aino@example.com");
  EXPECT_THAT(row.payload, AllOf(HasSubstr("Pirkanmaan uutiset 20.2.2026: 1 m=C3=A4=C3=A4r=C3=A4aika muuttui"),
                                 HasSubstr("aiemmin 15.3.2026"), HasSubstr("List-Unsubscribe: <https://")));
  EXPECT_EQ(world_.build().messages, 0U);
  at(2, 20, 12, 1);
  ASSERT_EQ(world_.build().messages, 1U) << "the other's first telling";
  EXPECT_EQ(world_.outbox()[0].recipient, "eino@example.com");
  at(2, 27, 12, 1);
  EXPECT_EQ(world_.build().messages, 0U) << "no digest tells it again";
}

TEST_F(Alerts, ADigestThatIsDueTellsItAndNoAlertBesides) {
  world_.subscribe(world_.subscriber("aino@example.com"), "daily 07:00");
  tell();
  at(2, 21, 6, 59);
  move_to(3, 31);
  at(2, 21, 7, 0);
  const BuildReport report = world_.build();
  EXPECT_EQ(report.messages, 1U);
  EXPECT_EQ(report.alerts, 0U);
  EXPECT_THAT(world_.outbox()[0].payload, HasSubstr("aiemmin 15.3.2026"));
}

TEST_F(Alerts, ADateThatWentAndCameBackIsNoNews) {
  world_.subscribe(world_.subscriber("aino@example.com"), "weekly fri 07:00");
  tell();
  at(2, 20, 9);
  move_to(3, 31);
  at(2, 20, 9, 0);
  move_to(3, 15);
  at(2, 20, 9, 5);
  EXPECT_EQ(world_.build().messages, 0U);
}

TEST_F(Alerts, AnExtensionAnnouncedElsewhereIsToldByTheAnnouncement) {
  world_.subscribe(world_.subscriber("aino@example.com"), "weekly fri 07:00");
  auto old = call(world_, "1", 3, 15);
  old.signature.title_lemmas = {1, 2, 3};
  world_.store({old}, world_.clock.now());
  at(2, 20, 7, 1);
  ASSERT_EQ(world_.build().messages, 1U);
  at(2, 24, 9);
  auto news = call(world_, "2", 3, 31);
  news.item.title = text::PlainText::from("Hakuaikaa jatketaan");
  news.tags.deadlines[0].extended = true;
  news.signature.title_lemmas = {1, 2, 4};
  world_.store({news}, world_.clock.now());
  at(2, 24, 9, 1);
  ASSERT_EQ(world_.build().alerts, 1U);
  EXPECT_THAT(world_.outbox()[0].payload, AllOf(HasSubstr("Hakuaikaa jatketaan"), HasSubstr("aiemmin 15.3.2026")));
  at(2, 27, 7, 1);
  EXPECT_EQ(world_.build().messages, 0U);
}

TEST_F(Alerts, AWebhookGetsTheEventWhateverItsRhythm) {
  auto hook = world_.wish(world_.subscriber("aino@example.com"), "weekly fri 07:00");
  hook.channel = {archive::Channel::Kind::webhook, "https://hooks.example.org/1",
                  "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "standard"};
  const auto id = world_.subscribe(hook);
  tell();
  at(2, 20, 9);
  move_to(3, 31);
  at(2, 20, 9, 1);
  ASSERT_EQ(world_.build().alerts, 1U);
  const auto row = world_.outbox().at(0);
  EXPECT_EQ(row.subscription, id);
  const auto event = nlohmann::json::parse(row.payload);
  EXPECT_EQ(event["type"], "deadline.moved");
  EXPECT_EQ(event["data"]["deadlines"][0]["moved_from"], "2026-03-15");
}

// Of a reader's subscriptions the one that meets the story speaks; the others neither speak for it nor silence it.
TEST_F(Alerts, AMoveIsToldByTheSubscriptionThatItConcerns) {
  const auto reader = world_.subscriber("aino@example.com");
  auto elsewhere = world_.wish(reader, "weekly fri 07:00", "area:lappi");
  elsewhere.name = "Lapin uutiset";
  world_.subscribe(elsewhere);
  world_.subscribe(world_.wish(reader, "immediate", "area:kainuu"));
  const auto concerned = world_.subscribe(reader, "weekly fri 07:00");
  tell();
  ASSERT_EQ(told_, 1U);
  at(2, 20, 9);
  move_to(3, 31);
  at(2, 20, 9, 1);
  ASSERT_EQ(world_.build().alerts, 1U);
  const auto row = world_.outbox().at(0);
  EXPECT_EQ(row.subscription, concerned);
  EXPECT_THAT(row.payload, HasSubstr("Pirkanmaan uutiset 20.2.2026"));
}

TEST_F(Alerts, WhoEndedOrPausedHearsNothing) {
  archive::People people(*world_.database);
  const auto ended = world_.subscribe(world_.subscriber("aino@example.com"), "weekly fri 07:00");
  const auto paused = world_.subscribe(world_.subscriber("eino@example.com"), "weekly fri 07:00");
  tell();
  people.end_subscription(ended, "enough");
  auto changed = *people.subscription(paused);
  changed.paused = "loma";
  must(people.change_subscription(changed, {}));
  at(2, 20, 9);
  move_to(3, 31);
  at(2, 20, 9, 1);
  EXPECT_EQ(world_.build().messages, 0U);
}

TEST_F(Alerts, WhatWasBuiltTwiceAtOnceIsWrittenOnce) {
  world_.subscribe(world_.subscriber("aino@example.com"), "weekly fri 07:00");
  tell();
  at(2, 20, 9);
  move_to(3, 31);
  at(2, 20, 9, 1);
  archive::Ledger ledger(*world_.database);
  const auto moved = ledger.moved_since_told(helsinki(2026, 2, 20, 8), world_.clock.now());
  ASSERT_THAT(moved, SizeIs(1));
  archive::Decision decision;
  decision.subscriber = moved[0].subscriber;
  decision.is_alert = true;
  decision.stories = {moved[0].story};
  decision.digest.to = world_.clock.now() + 1s;
  EXPECT_TRUE(ledger.commit(decision));
  EXPECT_FALSE(ledger.commit(decision));
  EXPECT_EQ(world_.build().messages, 0U);
}

std::vector<std::string> days_with_messages(World& world, int days) {
  std::vector<std::string> told;
  const base::Time start = world.clock.now();
  for (base::Time now = start; now < start + 24h * days; now += 30min) {
    world.clock.set(now);
    if (world.build().messages == 0) continue;
    const base::LocalTime local = base::Zone::helsinki().to_local(now);
    told.push_back(base::to_iso_date(local.day) + (local.hour < 10 ? " 0" : " ") + std::to_string(local.hour));
  }
  return told;
}

TEST_F(Alerts, RemindersComeAsMessagesOfTheirOwnWhereThatIsAskedFor) {
  auto wanted = world_.wish(world_.subscriber("aino@example.com"), "monthly 1 07:00");
  wanted.reminders = *archive::Reminders::parse("alert 10,3");
  world_.subscribe(wanted);
  world_.store({call(world_, "1", 3, 15)}, world_.clock.now());
  EXPECT_THAT(days_with_messages(world_, 40), ElementsAre("2026-03-01 07", "2026-03-05 08", "2026-03-12 08"));
  EXPECT_THAT(world_.outbox()[0].payload, HasSubstr("muistutus"));
}

TEST_F(Alerts, NoRemindersWhereNoneAreWanted) {
  auto wanted = world_.wish(world_.subscriber("aino@example.com"), "daily 07:00");
  wanted.reminders = *archive::Reminders::parse("none");
  world_.subscribe(wanted);
  world_.store({call(world_, "1", 3, 15)}, world_.clock.now());
  EXPECT_THAT(days_with_messages(world_, 40), ElementsAre("2026-02-20 07"));
}

TEST_F(Alerts, ASubscriptionsOwnDaysStandBeforeTheSettings) {
  auto wanted = world_.wish(world_.subscriber("aino@example.com"), "daily 07:00");
  wanted.reminders = *archive::Reminders::parse("14");
  world_.subscribe(wanted);
  world_.store({call(world_, "1", 3, 15)}, world_.clock.now());
  EXPECT_THAT(days_with_messages(world_, 40), ElementsAre("2026-02-20 07", "2026-03-01 07"));
}

TEST_F(Alerts, APreviewCountsTheRemindersThatCouldHaveBeenSentSavedOrNot) {
  auto wanted = world_.wish(world_.subscriber("aino@example.com"), "daily 07:00");
  wanted.reminders = *archive::Reminders::parse("10");
  world_.store({call(world_, "1", 3, 15)}, world_.clock.now());
  at(3, 9, 12);
  auto saved = wanted;
  saved.alerted = world_.clock.now();                            // it was made only now
  world_.store({call(world_, "2", 3, 16)}, world_.clock.now());  // its tenth day before had passed
  at(3, 10, 12);
  Previewer previewer({*world_.database, world_.taxonomy, world_.catalogue, world_.texts, world_.sender});
  for (const auto& subscription : {wanted, saved}) {
    const auto preview = previewer.preview(subscription, world_.clock.now(), std::chrono::days(30));
    ASSERT_TRUE(preview);
    EXPECT_EQ(preview->digests.size(), 3U);  // two with news, and 5 March
    EXPECT_EQ(preview->stories, 3U);
  }
}

TEST_F(Alerts, AReminderHidesNoEditFromTheNextDigest) {
  auto wanted = world_.wish(world_.subscriber("aino@example.com"), "monthly 1 07:00");
  wanted.reminders = *archive::Reminders::parse("alert 10");
  world_.subscribe(wanted);
  at(3, 1, 6);
  world_.store({call(world_, "1", 4, 10)}, world_.clock.now());
  at(3, 1, 7, 1);
  ASSERT_EQ(world_.build().messages, 1U);
  at(3, 20, 9);
  auto edited = call(world_, "1", 4, 10);
  edited.item.title = text::PlainText::from("Järjestöavustusten haku, 40 000 euroa");
  edited.item.content_hash = 7;
  edited.item.facts.emplace_back("sum 40000 eur");
  world_.store({edited}, world_.clock.now());
  at(3, 31, 8, 1);
  ASSERT_EQ(world_.build().alerts, 1U);
  at(4, 1, 7, 1);
  ASSERT_EQ(world_.build().messages, 1U);
  EXPECT_THAT(world_.outbox()[0].payload, HasSubstr("40 000 euroa"));
}

TEST(Reminders, AreReadAndPrinted) {
  for (const char* text : {"", "7,2", "14", "alert", "alert 7,2", "none"})
    EXPECT_EQ(must(archive::Reminders::parse(text)).print(), text);
  EXPECT_EQ(must(archive::Reminders::parse("2,7")).print(), "7,2");
  for (const char* text : {"0", "61", "7,", ",", "7;2", "1,2,3,4,5,6", "alerts", "alert x", "no", "7 2"}) {
    const auto read = archive::Reminders::parse(text);
    ASSERT_FALSE(read) << text;
    EXPECT_THAT(read.error().message, HasSubstr("alert 7,2")) << "says what there is";
  }
}

}  // namespace
}  // namespace sotevahti::deliver
