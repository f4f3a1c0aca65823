#include "deliver/dispatcher.h"

#include <SQLiteCpp/Database.h>
#include <gmock/gmock.h>
#include <sqlite3.h>

#include <nlohmann/json.hpp>
#include <set>

#include "deliver/payload.h"
#include "deliver/previewer.h"
#include "world.h"

namespace sotevahti::deliver {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

TEST(Dispatcher, ADailyDigestTellsTheClosedWindowOnce) {
  World world;
  world.subscribe(world.subscriber("aino@example.com"), "daily 07:00");
  world.publish("1", "Järjestöavustusten haku aukesi");
  EXPECT_EQ(world.build().messages, 0U);  // the window is open till seven

  world.clock.set(helsinki(2026, 2, 20, 7, 1));
  world.publish("2", "Liian myöhään");  // arrived after the window closed
  const BuildReport report = world.build();
  EXPECT_EQ(report.messages, 1U);
  EXPECT_EQ(report.stories, 1U);
  EXPECT_THAT(report.problems, IsEmpty());
  const auto rows = world.outbox();
  ASSERT_THAT(rows, SizeIs(1));
  EXPECT_EQ(rows[0].recipient, "aino@example.com");
  EXPECT_THAT(rows[0].payload, AllOf(HasSubstr("Subject: Pirkanmaan uutiset 20.2.2026: 1 uusi asia"),
                                     HasSubstr("haku aukesi"), Not(HasSubstr("Liian"))));

  EXPECT_EQ(world.build().messages, 0U);  // a second build is a no-op
  EXPECT_THAT(world.outbox(), SizeIs(1));
  world.clock.set(helsinki(2026, 2, 21, 7, 1));
  EXPECT_EQ(world.build().messages, 1U);
  EXPECT_THAT(world.outbox()[0].payload, HasSubstr("Liian"));
}

TEST(Dispatcher, NothingToTellSendsNothingAndMovesOn) {
  World world;
  const auto id = world.subscribe(world.subscriber("aino@example.com"), "daily 07:00");
  world.clock.set(helsinki(2026, 2, 20, 8));
  EXPECT_EQ(world.build().quiet, 1U);
  EXPECT_THAT(world.outbox(), IsEmpty());
  EXPECT_EQ(archive::People(*world.database).subscription(id)->window_start, helsinki(2026, 2, 20, 7));
}

TEST(Dispatcher, WhatFallsDueTogetherForAPersonIsOneMessageAndEachStoryStandsOnce) {
  World world;
  const auto aino = world.subscriber("aino@example.com");
  world.subscribe(aino, "daily 07:00", "area:pirkanmaa");
  world.subscribe(aino, "weekdays 07:00", "topic:jarjestoavustukset");
  world.subscribe(aino, "daily 09:00", "area:lappi");
  world.publish("1", "Järjestöavustusten haku aukesi");
  world.clock.set(helsinki(2026, 2, 20, 7, 1));
  EXPECT_EQ(world.build().messages, 1U);
  const auto rows = world.outbox();
  ASSERT_THAT(rows, SizeIs(1));
  const std::string& mail = rows[0].payload;
  const auto text_ends = mail.find("Content-Type: text/html");
  const auto first = mail.find("haku aukesi");
  EXPECT_LT(first, text_ends);
  EXPECT_GT(mail.find("haku aukesi", first + 1), text_ends);  // once in the text, then in the HTML
  EXPECT_THAT(mail, HasSubstr("on jo yll=C3=A4"));            // the second subscription says so
}

TEST(Dispatcher, AStoryToldBySomeSubscriptionIsNotToldAgainByAnother) {
  World world;
  const auto aino = world.subscriber("aino@example.com");
  world.subscribe(aino, "daily 07:00", "area:pirkanmaa");
  world.subscribe(aino, "weekly fri 12:00", "topic:jarjestoavustukset");
  world.publish("1", "Haku");
  world.clock.set(helsinki(2026, 2, 20, 12, 1));
  world.build();
  world.clock.set(helsinki(2026, 2, 27, 12, 1));
  world.build();
  EXPECT_THAT(world.outbox(), SizeIs(1));
}

TEST(Dispatcher, AfterDaysOfDowntimeOneDigestTellsItAll) {
  World world;
  const auto aino = world.subscriber("aino@example.com");
  const auto id = world.subscribe(aino, "daily 07:00");
  for (int day = 0; day < 5; ++day) {
    world.publish(std::to_string(day), "Uutinen " + std::to_string(day));
    world.clock.advance(24h);
  }
  EXPECT_EQ(world.build().messages, 1U);
  EXPECT_EQ(archive::People(*world.database).subscription(id)->window_start, helsinki(2026, 2, 24, 7));
  for (const char* words : {"Uutinen 0", "Uutinen 4"}) EXPECT_THAT(world.outbox()[0].payload, HasSubstr(words));
}

TEST(Dispatcher, AWebhookAndThePersonAreEachTold) {
  World world;
  const auto aino = world.subscriber("aino@example.com");
  world.subscribe(aino, "daily 07:00");
  auto hook = world.wish(aino, "daily 07:00");
  hook.channel.kind = archive::Channel::Kind::webhook;
  hook.channel.url = "https://hooks.example.org/1";
  hook.channel.secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  world.subscribe(hook);
  world.publish("1", "Haku");
  world.clock.set(helsinki(2026, 2, 20, 7, 1));
  EXPECT_EQ(world.build().messages, 2U);
  for (const auto& row : world.outbox())
    if (row.channel.kind == archive::Channel::Kind::webhook) {
      const auto body = nlohmann::json::parse(row.payload);
      EXPECT_EQ(body["type"], "digest");
      EXPECT_EQ(body["data"]["counts"]["new"], 1);
      EXPECT_THAT(row.message_id, testing::StartsWith("msg_"));
    }
}

TEST(Dispatcher, AnImmediateWebhookGetsAnEventForEachStory) {
  World world;
  auto hook = world.wish(world.subscriber("aino@example.com"), "immediate");
  hook.channel = {archive::Channel::Kind::webhook, "https://hooks.example.org/1",
                  "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "standard"};
  world.subscribe(hook);
  world.publish("1", "Ensimmäinen");
  world.publish("2", "Toinen");
  world.clock.advance(2min);
  world.build();
  const auto rows = world.outbox();
  ASSERT_THAT(rows, SizeIs(2));
  std::set<std::string> titles;
  for (const auto& row : rows) {
    const auto body = nlohmann::json::parse(row.payload);
    EXPECT_EQ(body["type"], "entry.new");
    titles.insert(body["data"]["title"].get<std::string>());
  }
  EXPECT_THAT(titles, testing::ElementsAre("Ensimmäinen", "Toinen"));
}

TEST(Dispatcher, AQuietHourHoldsBackWhatIsWantedAtOnce) {
  World world;
  world.subscribe(world.subscriber("aino@example.com"), "immediate quiet 21:00-07:00");
  world.clock.set(helsinki(2026, 2, 19, 22));
  world.publish("1", "Yöllä");
  world.clock.set(helsinki(2026, 2, 20, 3));
  EXPECT_EQ(world.build().messages, 0U);
  world.clock.set(helsinki(2026, 2, 20, 7, 1));
  EXPECT_EQ(world.build().messages, 1U);
}

TEST(Dispatcher, PausedEndedSuspendedAndUnconfirmedAreLeftAlone) {
  World world;
  archive::People people(*world.database);
  auto paused = world.wish(world.subscriber("a@example.com"), "daily 07:00");
  paused.paused = "loma";
  world.subscribe(paused);
  people.end_subscription(world.subscribe(world.subscriber("b@example.com"), "daily 07:00"), "ei enää");
  const auto bounced = world.subscriber("c@example.com");
  world.subscribe(bounced, "daily 07:00");
  for (int i = 0; i < 3; ++i) people.record_bounce({bounced, world.clock.now(), true, "5.1.1", "550 No such user"});
  archive::Subscriber unconfirmed;
  unconfirmed.address = "d@example.com";
  unconfirmed.confirmed = false;
  world.subscribe(must(people.add_subscriber(unconfirmed)), "daily 07:00");
  world.publish("1", "Haku");
  world.clock.set(helsinki(2026, 2, 20, 7, 1));
  EXPECT_EQ(world.build().messages, 0U);
  EXPECT_THAT(world.outbox(), IsEmpty());
}

TEST(Dispatcher, TheStoredMailHoldsNoToken) {
  World world;
  world.subscribe(world.subscriber("aino@example.com"), "daily 07:00");
  world.publish("1", "Haku");
  world.clock.set(helsinki(2026, 2, 20, 7, 1));
  world.build();
  const auto row = world.outbox().at(0);
  std::vector<std::string> uses;
  archive::People people(*world.database);
  const std::string mail = unpack_mail(row.payload, [&](const StandIn& stand_in) {
    EXPECT_EQ(people.find_token(stand_in.text, stand_in.use), std::nullopt);  // of no use to who reads the archive
    uses.push_back(stand_in.subscription ? "one" : "all");
    return std::string("TOKEN") + std::to_string(uses.size());
  });
  EXPECT_THAT(uses, testing::ElementsAre("one", "all"));
  EXPECT_THAT(mail, AllOf(HasSubstr("List-Unsubscribe: <https://sote.example.org/unsubscribe/TOKEN1>\r\n"),
                          HasSubstr("https://sote.example.org/manage/TOKEN2"), testing::StartsWith("From: ")));
}

TEST(Dispatcher, TheKeptPageHasNoPersonalLinksAndTheMailPointsToIt) {
  World world;
  world.subscribe(world.subscriber("aino@example.com"), "daily 07:00");
  world.publish("1", "Haku");
  world.clock.set(helsinki(2026, 2, 20, 7, 1));
  world.build();
  archive::Ledger ledger(*world.database);
  const auto digest = ledger.digests(10).at(0);
  EXPECT_THAT(digest.html, AllOf(HasSubstr("Haku"), Not(HasSubstr("/unsubscribe/")), Not(HasSubstr("/manage/"))));
  EXPECT_THAT(world.outbox()[0].payload,
              HasSubstr("List-Archive: <https://sote.example.org/digests/" + digest.public_token + ">"));
  EXPECT_EQ(digest.entries.size(), 1U);
}

TEST(Dispatcher, ADeadlineIsRemindedOfOnceAtSevenAndAtTwoDays) {
  World world;
  world.subscribe(world.subscriber("aino@example.com"), "daily 07:00");
  auto grant = world.entry("1", "Järjestöavustusten haku");
  grant.tags.deadlines = {World::grant(2026, 3, 15)};
  world.store({grant}, world.clock.now());
  std::vector<std::string> days;
  for (base::Time morning = helsinki(2026, 2, 20, 7); morning < helsinki(2026, 3, 20, 7); morning += 24h) {
    world.clock.set(morning + 1min);
    if (world.build().messages > 0) days.push_back(base::to_iso_date(base::Zone::helsinki().to_local(morning).day));
  }
  EXPECT_THAT(days, testing::ElementsAre("2026-02-20", "2026-03-08", "2026-03-13"));
  EXPECT_THAT(world.outbox()[0].payload, HasSubstr("muistutus"));
}

TEST(Dispatcher, AMovedDeadlineIsToldToThoseWhoKnewTheOldDate) {
  World world;
  world.subscribe(world.subscriber("aino@example.com"), "daily 07:00");
  auto grant = world.entry("1", "Haku päättyy 15.3.2026");
  grant.item.facts = {"date 2026-03-15"};
  grant.tags.deadlines = {World::grant(2026, 3, 15)};
  world.store({grant}, world.clock.now());
  world.clock.set(helsinki(2026, 2, 20, 7, 1));
  world.build();

  auto moved = world.entry("1", "Haku päättyy 31.3.2026");
  moved.item.facts = {"date 2026-03-31"};
  moved.tags.deadlines = {World::grant(2026, 3, 31)};
  moved.tags.deadlines[0].extended = true;
  world.clock.set(helsinki(2026, 2, 20, 15));
  world.store({moved}, world.clock.now());
  world.clock.set(helsinki(2026, 2, 21, 7, 1));
  ASSERT_EQ(world.build().messages, 1U);
  EXPECT_THAT(world.outbox()[0].payload,
              AllOf(HasSubstr("aiemmin 15.3.2026"), HasSubstr("M=C3=A4=C3=A4r=C3=A4aika muuttunut")));
  world.clock.set(helsinki(2026, 2, 22, 7, 1));
  EXPECT_EQ(world.build().messages, 0U);
}

TEST(Dispatcher, WhatWasOnItsWayIntoTheArchiveWhenTheWindowClosedIsToldNext) {
  World world;
  world.subscribe(world.subscriber("aino@example.com"), "daily 07:00");
  world.publish("1", "Ajoissa");
  world.clock.set(helsinki(2026, 2, 20, 7, 1));
  ASSERT_EQ(world.build().messages, 1U);
  world.store({world.entry("2", "Matkalla")}, helsinki(2026, 2, 20, 6, 59));  // fetched before seven, stored after
  world.clock.set(helsinki(2026, 2, 21, 7, 1));
  ASSERT_EQ(world.build().messages, 1U);
  EXPECT_THAT(world.outbox()[0].payload, AllOf(HasSubstr("Matkalla"), Not(HasSubstr("Ajoissa"))));
  world.clock.set(helsinki(2026, 2, 22, 7, 1));
  EXPECT_EQ(world.build().messages, 0U);
}

TEST(Dispatcher, AClockThatRanAheadAYearCostsNothingWhenItIsSetBack) {
  World world;
  const auto id = world.subscribe(world.subscriber("aino@example.com"), "daily 07:00");
  world.publish("1", "Ennen");
  world.clock.set(helsinki(2027, 2, 20, 7, 1));  // wrong
  ASSERT_EQ(world.build().messages, 1U);
  archive::Ledger ledger(*world.database);
  ledger.lease(world.clock.now(), world.clock.now() + 30min, 1);
  ledger.mark_failed(world.outbox()[0].id, "450", world.clock.now() + 1min);

  world.clock.set(helsinki(2026, 2, 20, 7, 2));
  EXPECT_EQ(world.build().messages, 0U) << "nothing is told twice";
  EXPECT_EQ(ledger.next_attempt(), world.clock.now()) << "what waited does not wait for a year";
  world.publish("2", "Jälkeen");
  world.clock.set(helsinki(2026, 2, 21, 7, 1));
  ASSERT_EQ(world.build().messages, 1U);
  EXPECT_THAT(world.outbox()[0].payload, AllOf(HasSubstr("J=C3=A4lkeen"), Not(HasSubstr("Ennen"))));
  EXPECT_EQ(archive::People(*world.database).subscription(id)->window_start, helsinki(2026, 2, 21, 7));
}

TEST(Dispatcher, AMailBringsItsDeadlinesAsACalendarWhereThatIsAskedFor) {
  World world;
  auto wanted = world.wish(world.subscriber("aino@example.com"), "daily 07:00");
  wanted.attaches_calendar = true;
  world.subscribe(wanted);
  world.subscribe(world.subscriber("eino@example.com"), "daily 07:00");
  auto grant = world.entry("1", "Järjestöavustusten haku");
  grant.tags.deadlines = {World::grant(2026, 3, 15)};
  world.store({grant}, world.clock.now());
  world.clock.set(helsinki(2026, 2, 20, 7, 1));
  ASSERT_EQ(world.build().messages, 2U);
  for (const auto& row : world.outbox()) {
    const bool asked = row.recipient == "aino@example.com";
    EXPECT_EQ(row.payload.find("text/calendar") != std::string::npos, asked) << row.recipient;
    if (!asked) continue;
    EXPECT_THAT(row.payload,
                AllOf(HasSubstr("DTSTART;VALUE=3DDATE:20260315"), HasSubstr("filename=\"sotevahti.ics\"")));
  }
}

TEST(Dispatcher, AnEditSaysWhatChanged) {
  World world;
  world.subscribe(world.subscriber("aino@example.com"), "daily 07:00");
  auto entry = world.entry("1", "Avustusta 50 000 euroa");
  entry.item.facts = {"sum 50000 eur"};
  world.store({entry}, world.clock.now());
  world.clock.set(helsinki(2026, 2, 20, 7, 1));
  world.build();
  auto edited = world.entry("1", "Avustusta 40 000 euroa");
  edited.item.facts = {"sum 40000 eur"};
  world.clock.set(helsinki(2026, 2, 20, 15));
  world.store({edited}, world.clock.now());
  world.clock.set(helsinki(2026, 2, 21, 7, 1));
  ASSERT_EQ(world.build().messages, 1U);
  EXPECT_THAT(world.outbox()[0].payload, HasSubstr("Muuttunut: 40 000 euroa, oli 50 000 euroa"));
}

TEST(Dispatcher, ABrokenFilterIsReportedAndTheOthersAreBuilt) {
  World world;
  const auto aino = world.subscriber("aino@example.com");
  const auto id = world.subscribe(aino, "daily 07:00");
  world.subscribe(world.subscriber("eino@example.com"), "daily 07:00");
  world.publish("1", "Haku");
  world.clock.set(helsinki(2026, 2, 20, 7, 1));
  archive::Subscription broken = *archive::People(*world.database).subscription(id);
  broken.zone = "Europe/Nowhere";
  Previewer previewer({*world.database, world.taxonomy, world.catalogue, world.texts, world.sender});
  EXPECT_FALSE(previewer.upcoming(broken, world.clock.now()));
  broken.zone = "Europe/Helsinki";
  broken.filter = "area:(";
  EXPECT_FALSE(previewer.upcoming(broken, world.clock.now()));
  EXPECT_EQ(world.build().messages, 2U);
}

TEST(Dispatcher, TheReadersLanguageIsSpoken) {
  World world;
  world.subscribe(world.subscriber("anna@example.com", "sv"), "daily 07:00");
  world.publish("1", "Haku");
  world.clock.set(helsinki(2026, 2, 20, 7, 1));
  world.build();
  EXPECT_THAT(world.outbox()[0].payload, AllOf(HasSubstr("Content-Language: sv\r\n"), HasSubstr("1 ny sak")));
}

// How often the states of all feeds were read while `work` ran.
template <class Work>
int looks_at_feeds(World& world, Work&& work) {
  int looks = 0;
  const auto count = [](unsigned, void* counted, void*, void* sql) {
    const std::string_view text(static_cast<const char*>(sql));
    *static_cast<int*>(counted) +=
        text.starts_with("SELECT") && text.find("FROM feeds JOIN polls ON feed = number ORDER") != text.npos;
    return 0;
  };
  sqlite3* handle = world.database->sqlite().getHandle();
  sqlite3_trace_v2(handle, SQLITE_TRACE_STMT, count, &looks);
  work();
  sqlite3_trace_v2(handle, 0, nullptr, nullptr);
  return looks;
}

// Once a minute, of thousands of feeds.
TEST(Dispatcher, LooksAtTheSourcesOnceAndOnlyForAMessage) {
  World world;
  world.subscribe(world.subscriber("aino@example.com"), "weekly fri 09:00");
  world.subscribe(world.subscriber("eino@example.com"), "weekly fri 09:00");
  world.publish("1", "Haku");
  EXPECT_EQ(looks_at_feeds(world, [&] { EXPECT_EQ(world.build().messages, 0U); }), 0);
  world.clock.set(helsinki(2026, 2, 20, 9, 1));
  EXPECT_EQ(looks_at_feeds(world, [&] { EXPECT_EQ(world.build().messages, 2U); }), 1);
  world.subscribe(world.subscriber("uuno@example.com"), "immediate");
  world.clock.advance(1h);
  EXPECT_EQ(looks_at_feeds(world, [&] { EXPECT_EQ(world.build().messages, 0U); }), 0) << "asked, with nothing to tell";
}

TEST(Dispatcher, SaysWhenSomethingIsDueNext) {
  World world;
  Dispatcher dispatcher({*world.database, world.taxonomy, world.catalogue, world.texts, world.sender});
  EXPECT_EQ(dispatcher.next_due(world.clock.now()), std::nullopt);
  world.subscribe(world.subscriber("aino@example.com"), "weekly fri 09:00");
  EXPECT_EQ(dispatcher.next_due(world.clock.now()), helsinki(2026, 2, 20, 9));
  world.clock.set(helsinki(2026, 2, 20, 10));
  world.build();
  EXPECT_EQ(dispatcher.next_due(world.clock.now()), helsinki(2026, 2, 27, 9));
}

// A look each second would be a wake-up each second.
TEST(Dispatcher, WhoIsToldAtOnceIsDueAgainWithNews) {
  World world;
  Dispatcher dispatcher({*world.database, world.taxonomy, world.catalogue, world.texts, world.sender});
  world.subscribe(world.subscriber("aino@example.com"), "immediate");
  world.clock.advance(5min);
  EXPECT_EQ(world.build().messages, 0U);
  EXPECT_EQ(dispatcher.next_due(world.clock.now()), std::nullopt);
  world.publish("1", "Haku");
  world.clock.advance(1s);
  EXPECT_EQ(world.build().messages, 1U);
  EXPECT_EQ(dispatcher.next_due(world.clock.now()), world.clock.now() + 1min);
}

}  // namespace
}  // namespace sotevahti::deliver
