#include "archive/people.h"

#include <SQLiteCpp/Database.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "archive/ledger.h"
#include "archive/person_export.h"
#include "archive/query.h"
#include "samples.h"

namespace sotevahti::archive {
namespace {

using samples::start;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class PeopleTest : public testing::Test {
 protected:
  SubscriberId add(const std::string& address) {
    Subscriber subscriber;
    subscriber.name = "Sanna Sote";
    subscriber.address = address;
    subscriber.since = start();
    const auto id = people_.add_subscriber(subscriber);
    EXPECT_TRUE(id) << (id ? "" : id.error().message);
    return id.value_or(0);
  }
  Subscription subscription(SubscriberId subscriber) {
    Subscription made;
    made.subscriber = subscriber;
    made.name = "Pirkanmaan avustukset";
    made.filter = "area:pirkanmaa avustus";
    made.since = start();
    return made;
  }
  std::string refusal(const Subscription& wanted, const FilterNames& names = {}) {
    const auto id = people_.add_subscription(wanted, names);
    return id ? "taken" : id.error().message;
  }

  test_support::TempFolder folder_;
  std::filesystem::path file_ = folder_ / "archive.db";
  std::unique_ptr<Database> database_ = samples::open(file_);
  People people_{*database_};
};

TEST_F(PeopleTest, KeepsSubscribers) {
  const SubscriberId id = add("sanna@Example.FI");
  const auto known = people_.subscriber(id);
  ASSERT_TRUE(known);
  EXPECT_EQ(known->address, "sanna@example.fi");
  EXPECT_EQ(known->name, "Sanna Sote");
  EXPECT_EQ(known->language, "fi");
  EXPECT_EQ(known->since, start());
  EXPECT_TRUE(people_.subscriber("SANNA@example.fi")) << "in any case";
  Subscriber again;
  again.address = "Sanna@example.fi";
  const auto refused = people_.add_subscriber(again);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("already"));
  again.address = "sanna@-example.fi";
  const auto unmailable = people_.add_subscriber(again);
  ASSERT_FALSE(unmailable);
  EXPECT_THAT(unmailable.error().message, HasSubstr("no domain"));
}

TEST_F(PeopleTest, ARemovedSubscribersAddressIsFree) {
  const SubscriberId id = add("sanna@example.fi");
  const auto subscription_id = people_.add_subscription(subscription(id), {});
  const std::string token = people_.make_token(id, std::nullopt, People::TokenUse::manage, start());
  EXPECT_TRUE(people_.remove_subscriber(id));
  EXPECT_FALSE(people_.remove_subscriber(id));
  EXPECT_THAT(people_.subscribers(), IsEmpty());
  EXPECT_FALSE(people_.find_token(token, People::TokenUse::manage));
  EXPECT_THAT(people_.subscription(*subscription_id)->ended, HasSubstr("removed"));
  EXPECT_NE(add("sanna@example.fi"), id);
}

TEST_F(PeopleTest, OfAnErasedSubscriberNothingPersonalIsLeft) {
  const SubscriberId id = add("sanna.salainen@example.fi");
  const auto wanted = people_.add_subscription(subscription(id), {});
  people_.make_token(id, *wanted, People::TokenUse::unsubscribe, start());
  Ledger ledger(*database_);
  Decision decision;
  decision.subscriber = id;
  decision.windows = {{*wanted, start(), start() + std::chrono::hours(24)}};
  decision.digest.text = "Hei Salainen";
  decision.row.emplace();
  decision.row->recipient = "sanna.salainen@example.fi";
  decision.row->message_id = "1@example.fi";
  decision.row->payload = "To: sanna.salainen@example.fi";
  ASSERT_TRUE(ledger.commit(decision));
  EXPECT_TRUE(people_.erase_person("sanna.salainen@example.fi"));
  EXPECT_FALSE(people_.erase_person("sanna.salainen@example.fi"));
  EXPECT_FALSE(people_.subscription(*wanted));
  EXPECT_THAT(ledger.outbox(std::nullopt, 10), IsEmpty());
  database_.reset();
  EXPECT_EQ(test_support::read_file(file_).find("salainen"), std::string::npos) << "not in freed pages either";
}

TEST_F(PeopleTest, NamesAreStoredAsOneLineOfText) {
  Subscriber person;
  person.address = "eino@example.fi";
  person.name = " Eino\r\nBcc: e \xFF";
  const auto id = people_.add_subscriber(person);
  ASSERT_TRUE(id);
  EXPECT_EQ(people_.subscriber(*id)->name, "Eino Bcc: e \uFFFD");
  Subscription wanted = subscription(*id);
  wanted.name = "avustus\tkind:media";
  const auto added = people_.add_subscription(wanted, {});
  ASSERT_TRUE(added);
  EXPECT_EQ(people_.subscription(*added)->name, "avustus kind:media");
}

TEST_F(PeopleTest, WhoWasRemovedIsExportedAndErasedTooOnceOrTwiceThere) {
  const SubscriberId first = add("Sanna.Salainen@example.fi");
  ASSERT_TRUE(people_.add_subscription(subscription(first), {}));
  ASSERT_TRUE(people_.remove_subscriber(first));
  auto json = nlohmann::json::parse(export_person(*database_, "sanna.salainen@example.fi").value());
  EXPECT_EQ(json["removed"], true);
  EXPECT_EQ(json["subscriptions"].size(), 1U);
  EXPECT_FALSE(json.contains("earlier"));

  add("sanna.salainen@example.fi");
  json = nlohmann::json::parse(export_person(*database_, "sanna.salainen@example.fi").value());
  EXPECT_EQ(json["removed"], false);
  ASSERT_EQ(json["earlier"].size(), 1U);
  EXPECT_EQ(json["earlier"][0]["subscriptions"].size(), 1U);

  EXPECT_TRUE(people_.erase_person("SANNA.SALAINEN@example.fi"));
  EXPECT_THAT(people_.ever_with("sanna.salainen@example.fi"), IsEmpty());
  EXPECT_FALSE(export_person(*database_, "sanna.salainen@example.fi"));
  database_.reset();
  const std::string bytes = test_support::read_file(file_);
  EXPECT_EQ(bytes.find("alainen@"), std::string::npos);
}

TEST_F(PeopleTest, TheThirdMailInARowThatCameBackForGoodSuspends) {
  const SubscriberId id = add("sanna@example.fi");
  const auto comes_back = [&](bool hard) {
    return people_.record_bounce({id, start(), hard, "5.1.1", "no such user"});
  };
  EXPECT_FALSE(comes_back(true));
  EXPECT_FALSE(comes_back(true));
  EXPECT_FALSE(comes_back(false)) << "a full box is no reason";
  people_.record_delivery(id);
  EXPECT_FALSE(comes_back(true)) << "what was taken begins anew";
  EXPECT_FALSE(comes_back(true));
  EXPECT_TRUE(comes_back(true));
  EXPECT_THAT(people_.subscriber(id)->suspended, HasSubstr("no such user"));
  EXPECT_TRUE(people_.resume_subscriber(id));
  EXPECT_FALSE(people_.resume_subscriber(id));
  EXPECT_EQ(people_.subscriber(id)->suspended, "");
  EXPECT_FALSE(comes_back(true));
}

TEST_F(PeopleTest, AnExportHoldsAllOfOnePersonAndNothingOfOthersOrOfSecrets) {
  const SubscriberId id = add("sanna@example.fi");
  Subscription own = subscription(id);
  own.channel = {Channel::Kind::webhook, "https://hooks.example/a", "whsec_abc", "standard"};
  ASSERT_TRUE(people_.add_subscription(own, {}));
  Subscription other = subscription(add("eino@example.fi"));
  other.name = "Einon tilaus";
  ASSERT_TRUE(people_.add_subscription(other, {}));
  people_.record_bounce({id, start(), false, "4.2.2", "box full \xC3"});
  const std::string text = export_person(*database_, "sanna@example.fi").value();
  const auto json = nlohmann::json::parse(text);
  EXPECT_EQ(json["address"], "sanna@example.fi");
  ASSERT_EQ(json["subscriptions"].size(), 1U);
  EXPECT_EQ(json["subscriptions"][0]["name"], "Pirkanmaan avustukset");
  EXPECT_EQ(json["subscriptions"][0]["webhook"], "https://hooks.example/a");
  ASSERT_EQ(json["bounces"].size(), 1U);
  EXPECT_EQ(json["bounces"][0]["status"], "4.2.2");
  for (const char* hidden : {"whsec", "eino@", "Einon"}) EXPECT_EQ(text.find(hidden), std::string::npos) << hidden;
}

TEST_F(PeopleTest, WhileASecretIsReplacedBothSign) {
  Subscription wanted = subscription(add("sanna@example.fi"));
  wanted.channel = {Channel::Kind::webhook, "https://hooks.example/a", "whsec_old", "standard"};
  const auto id = people_.add_subscription(wanted, {});
  ASSERT_TRUE(id);
  const base::Time until = start() + std::chrono::hours(1);
  EXPECT_TRUE(people_.change_secret(*id, "whsec_new", until));
  EXPECT_EQ(people_.signing_secrets(*id, start()), "whsec_new whsec_old");
  EXPECT_EQ(people_.signing_secrets(*id, until), "whsec_new");
  EXPECT_FALSE(people_.change_secret(*id + 1, "whsec_x", until));
  EXPECT_EQ(people_.signing_secrets(*id + 1, start()), "");
}

TEST_F(PeopleTest, WhatEndedCanBeOpenedAgainOnce) {
  const auto id = people_.add_subscription(subscription(add("sanna@example.fi")), {});
  ASSERT_TRUE(id);
  EXPECT_FALSE(people_.reopen_subscription(*id));
  people_.end_subscription(*id, "enough");
  EXPECT_TRUE(people_.reopen_subscription(*id));
  EXPECT_EQ(people_.subscription(*id)->ended, "");
}

TEST_F(PeopleTest, KeepsSubscriptionsAsTheyWereAskedFor) {
  const SubscriberId id = add("sanna@example.fi");
  Subscription wanted = subscription(id);
  wanted.rhythm = *Rhythm::parse("weekly mon 08:00 holidays");
  wanted.zone = "Europe/Stockholm";
  wanted.language = "sv";
  wanted.max_items = 7;
  wanted.channel = {Channel::Kind::webhook, "https://hooks.example/a", "whsec_abc", "slack"};
  const auto made = people_.add_subscription(wanted, {});
  ASSERT_TRUE(made) << made.error().message;
  const Subscription known = *people_.subscription(*made);
  EXPECT_EQ(known.filter, wanted.filter);
  EXPECT_EQ(known.rhythm.print(), "weekly mon 08:00 holidays");
  EXPECT_EQ(known.zone, "Europe/Stockholm");
  EXPECT_EQ(known.channel.kind, Channel::Kind::webhook);
  EXPECT_EQ(known.channel.url, "https://hooks.example/a");
  EXPECT_EQ(known.channel.secret, "whsec_abc");
  EXPECT_EQ(known.channel.style, "slack");
  EXPECT_EQ(known.max_items, 7U);
  EXPECT_EQ(known.window_start, start()) << "what arrives from now on";

  Subscription changed = known;
  changed.filter = "lang:sv";
  changed.paused = "on holiday";
  ASSERT_TRUE(people_.change_subscription(changed, {}));
  EXPECT_EQ(people_.subscription(*made)->filter, "lang:sv");
  EXPECT_EQ(people_.subscription(*made)->paused, "on holiday");
  EXPECT_TRUE(people_.end_subscription(*made, "unsubscribed by link"));
  EXPECT_FALSE(people_.end_subscription(*made, "again"));
  EXPECT_EQ(people_.subscription(*made)->ended, "unsubscribed by link");
  EXPECT_THAT(people_.subscriptions(), SizeIs(1));
}

TEST_F(PeopleTest, RefusesWhatCannotBeKept) {
  const SubscriberId id = add("sanna@example.fi");
  Subscription wanted = subscription(id);
  wanted.filter = "area:pirkanma";
  EXPECT_THAT(refusal(wanted, {{"pirkanmaa"}, {}, {}}), HasSubstr("did you mean area:pirkanmaa?"));
  wanted = subscription(id);
  wanted.zone = "Europe/Tampere";
  EXPECT_THAT(refusal(wanted), HasSubstr("Europe/Tampere"));
  wanted = subscription(id);
  wanted.max_items = 0;
  EXPECT_THAT(refusal(wanted), HasSubstr("items"));
  wanted = subscription(id);
  wanted.channel = {Channel::Kind::webhook, "javascript:alert(1)", "", "standard"};
  EXPECT_THAT(refusal(wanted), HasSubstr("webhook"));
  wanted.channel = {Channel::Kind::webhook, "https://hooks.example/a", "", "fax"};
  EXPECT_THAT(refusal(wanted), HasSubstr("fax"));
  EXPECT_THAT(refusal(subscription(id + 1)), HasSubstr("no subscriber"));
  EXPECT_THAT(people_.subscriptions(), IsEmpty());
}

TEST_F(PeopleTest, OfATokenOnlyTheHashIsKept) {
  const SubscriberId id = add("sanna@example.fi");
  const auto wanted = people_.add_subscription(subscription(id), {});
  const std::string token = people_.make_token(id, *wanted, People::TokenUse::unsubscribe, start());
  EXPECT_GE(token.size(), 22U) << "128 bits";
  const auto owner = people_.find_token(token, People::TokenUse::unsubscribe);
  ASSERT_TRUE(owner);
  EXPECT_EQ(owner->subscriber, id);
  EXPECT_EQ(owner->subscription, *wanted);
  EXPECT_FALSE(people_.find_token(token, People::TokenUse::manage)) << "bound to its use";
  EXPECT_FALSE(people_.find_token(token + "x", People::TokenUse::unsubscribe));
  EXPECT_FALSE(people_.find_token("", People::TokenUse::unsubscribe));
  database_.reset();
  EXPECT_EQ(test_support::read_file(file_).find(token), std::string::npos);
}

}  // namespace
}  // namespace sotevahti::archive
