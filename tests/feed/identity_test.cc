// What a feed does to its items from poll to poll must not make new ones: twenty
// polls with each mutation, and an archive as small as can be.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "feeds.h"
#include "support/feed_habits.h"

namespace sotevahti::feed {
namespace {

using test_support::document_of;
using test_support::news;
using test_support::News;

std::vector<Item> items_of(const std::vector<News>& all) { return to_items(parsed(document_of(all)), {}); }

// Keeps entries by key and alias, as an archive does.
class Memory {
 public:
  int poll(const std::vector<Item>& items) {
    int fresh = 0;
    for (const Item& item : items) {
      const int known = entry_of(item);
      const int entry = known ? known : ++entries_;
      fresh += known ? 0 : 1;
      keys_.emplace(item.key, entry);
      for (const std::string& alias : item.alias_keys) keys_.emplace(alias, entry);
    }
    return fresh;
  }

 private:
  int entry_of(const Item& item) const {
    if (const auto found = keys_.find(item.key); found != keys_.end()) return found->second;
    for (const std::string& alias : item.alias_keys) {
      if (const auto found = keys_.find(alias); found != keys_.end()) return found->second;
    }
    return 0;
  }
  std::map<std::string, int> keys_;
  int entries_ = 0;
};

class Mutations : public testing::TestWithParam<std::size_t> {};

TEST_P(Mutations, MakeNoNewEntryInTwentyPolls) {
  const test_support::FeedHabit tested = test_support::feed_habits()[GetParam()];
  Memory memory;
  std::vector<News> first = news();
  tested.mutate(first, 0);
  EXPECT_EQ(memory.poll(items_of(first)), 12) << tested.name;
  for (int poll = 1; poll <= 20; ++poll) {
    std::vector<News> now = news();
    tested.mutate(now, poll);
    EXPECT_EQ(memory.poll(items_of(now)), 0) << tested.name << ", poll " << poll;
  }
}

INSTANTIATE_TEST_SUITE_P(All, Mutations, testing::Range<std::size_t>(0, test_support::feed_habits().size()));

TEST(Identity, NewItemsAreNew) {
  Memory memory;
  std::vector<News> all = news();
  memory.poll(items_of(all));
  all.push_back({13, "https://www.example.org/?p=1013", "https://www.example.org/uutiset/1013/uusi", "Aivan uusi asia",
                 "Fri, 13 Feb 2026 10:00:00 +0200", "<p>Uutta.</p>"});
  EXPECT_EQ(memory.poll(items_of(all)), 1);
}

TEST(Identity, ASharedLinkIdentifiesNothing) {
  std::vector<News> all = news();
  for (News& one : all) one.link = "https://www.example.org/uutiset";
  for (const Item& item : items_of(all)) {
    EXPECT_TRUE(item.key.starts_with("guid:"));
    for (const std::string& alias : item.alias_keys) EXPECT_FALSE(alias.starts_with("url:"));
  }
}

TEST(Identity, ASharedGuidGivesWayToTheLink) {
  std::vector<News> all = news();
  for (News& one : all) one.guid = "1";
  Memory memory;
  EXPECT_EQ(memory.poll(items_of(all)), 12);
  EXPECT_TRUE(items_of(all)[0].key.starts_with("url:"));
}

TEST(Identity, BoilerplateOfAnotherDayIsAnotherItem) {
  std::vector<News> today = {news()[0]};
  Memory memory;
  memory.poll(items_of(today));
  std::vector<News> tomorrow = {news()[1]};
  tomorrow[0].text = today[0].text;
  EXPECT_EQ(memory.poll(items_of(tomorrow)), 1);
}

TEST(Identity, FragmentsTellGuidsApart) {
  std::vector<News> all = news();
  for (News& one : all) one.guid = fmt::format("https://www.example.org/page#{}", one.number);
  EXPECT_EQ(items_of(all)[2].key, "guid:https://example.org/page#3");
}

TEST(Identity, AHostInLettersIsTheSameInPunycodeAndKnownToOldArchives) {
  News one = news()[0];
  one.date.clear();
  one.text = "<p>x</p>";
  one.guid = one.link = "https://työ.fi/uutiset/1";
  const std::vector<Item> lettered = items_of({one});
  EXPECT_EQ(lettered[0].key, "guid:https://xn--ty-gka.fi/uutiset/1");
  EXPECT_THAT(lettered[0].alias_keys,
              testing::IsSupersetOf({"guid:https://työ.fi/uutiset/1", "url:https://työ.fi/uutiset/1"}));
  Memory memory;
  EXPECT_EQ(memory.poll(lettered), 1);
  one.guid = one.link = "https://xn--ty-gka.fi/uutiset/1";
  one.title = "Aivan toinen otsikko";
  EXPECT_EQ(memory.poll(items_of({one})), 0);
  EXPECT_THAT(items_of({one})[0].alias_keys, testing::Not(testing::Contains(testing::HasSubstr("työ"))));
}

TEST(Identity, WithoutGuidAndLinkTitleAndDateRemain) {
  std::vector<News> all = news();
  for (News& one : all) {
    one.guid.clear();
    one.link.clear();
    one.text = "<p>x</p>";
  }
  EXPECT_TRUE(items_of(all)[0].key.starts_with("title:"));
  for (News& one : all) one.date.clear();
  const std::vector<Item> items = items_of(all);
  EXPECT_TRUE(items[0].key.starts_with("hash:"));
  EXPECT_EQ(items[0].key, items_of(all)[0].key);
  EXPECT_NE(items[0].key, items[1].key);
}

// "Tiedote" at noon may well be of two matters.
TEST(Identity, AShortTitleAndItsTimeAreNoKey) {
  std::vector<News> all = {news()[0]};
  all[0].title = "Tiedote";
  for (const Item& item : items_of(all)) {
    EXPECT_FALSE(item.key.starts_with("title:"));
    for (const std::string& alias : item.alias_keys) EXPECT_FALSE(alias.starts_with("title:")) << alias;
  }
  all[0].title = "Aluehallitus päätti";
  EXPECT_THAT(items_of(all)[0].alias_keys, testing::Contains(testing::StartsWith("title:")));
}

TEST(Identity, TheSitesOwnAddressIsNoItems) {
  std::vector<News> all = {news()[0]};
  all[0].guid.clear();
  all[0].link = "http://example.org";
  EXPECT_FALSE(items_of(all)[0].key.starts_with("url:"));
}

TEST(Revisions, FactsAreComparedApartFromTheText) {
  std::vector<News> all = {news()[0]};
  all[0].text = "<p>Haku päättyy 9.2.2026 klo 16. Jaossa 2,4 miljoonaa euroa.</p>";
  const Item before = items_of(all)[0];
  all[0].text = "<p>Haku päättyy 9.2.2026 klo&nbsp;16 – jaossa  2,4&nbsp;miljoonaa euroa!</p>";
  const Item retouched = items_of(all)[0];
  EXPECT_EQ(before.content_hash, retouched.content_hash);
  EXPECT_EQ(before.facts, retouched.facts);
  all[0].text = "<p>Haku päättyy 8.2.2026 klo 16. Jaossa 2,4 miljoonaa euroa.</p>";
  const Item changed = items_of(all)[0];
  EXPECT_EQ(before.key, changed.key);
  EXPECT_NE(before.content_hash, changed.content_hash);
  EXPECT_NE(before.facts, changed.facts);
  EXPECT_THAT(changed.facts, testing::Contains("date 2026-02-08"));
}

}  // namespace
}  // namespace sotevahti::feed
