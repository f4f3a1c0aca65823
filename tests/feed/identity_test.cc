// What a feed does to its items from poll to poll must not make new ones: twenty
// polls with each mutation, and an archive as small as can be.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <random>

#include "feeds.h"

namespace sotevahti::feed {
namespace {

struct News {
  int number = 0;
  std::string guid, link, title, date, text;
};

std::vector<News> news() {
  std::vector<News> all;
  for (int i = 1; i <= 12; ++i) {
    all.push_back({i, fmt::format("https://www.example.org/?p={}", 1000 + i),
                   fmt::format("https://www.example.org/uutiset/{}/otsikko-numero-{}", 1000 + i, i),
                   fmt::format("Aluehallitus päätti asiasta numero {}", i),
                   fmt::format("Mon, {:02} Feb 2026 10:00:00 +0200", i),
                   fmt::format("<p>Asia {} ratkesi äänin {}–{}. {}</p>", i, 10 + i, 3 + i,
                               "Päätös koskee terveysasemien aukioloa, ja siitä voi valittaa hallinto-oikeuteen "
                               "kolmenkymmenen päivän kuluessa. Pöytäkirja on nähtävillä verkossa.")});
  }
  return all;
}

std::string document_of(const std::vector<News>& all) {
  std::string items;
  for (const News& one : all) {
    items += "<item><title>" + one.title + "</title>";
    if (!one.link.empty()) items += "<link>" + one.link + "</link>";
    if (!one.guid.empty()) items += "<guid isPermaLink='false'>" + one.guid + "</guid>";
    if (!one.date.empty()) items += "<pubDate>" + one.date + "</pubDate>";
    items += "<description><![CDATA[" + one.text + "]]></description></item>";
  }
  return rss("<link>https://www.example.org/</link>" + items);
}

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

using Mutation = std::function<void(std::vector<News>&, int poll)>;

Mutation each(std::function<void(News&, int)> change) {
  return [change = std::move(change)](std::vector<News>& all, int poll) {
    for (News& one : all) change(one, poll);
  };
}

void replace(std::string& text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  if (at != std::string::npos) text.replace(at, from.size(), to);
}

struct Case {
  std::string name;
  Mutation mutate;
};

std::vector<Case> cases() {
  return {
      {"nothing", each([](News&, int) {})},
      {"guid churn", each([](News& n, int poll) { n.guid = fmt::format("urn:uuid:{}-{}", poll, n.number); })},
      {"guid comes and goes", each([](News& n, int poll) {
         if (poll % 2) n.guid.clear();
       })},
      {"re-dating",
       each([](News& n, int poll) { n.date = fmt::format("Tue, {:02} Mar 2026 08:00:00 GMT", poll + 1); })},
      {"dates go", each([](News& n, int poll) {
         if (poll % 3) n.date.clear();
       })},
      {"slug changes", each([](News& n, int poll) { n.link += fmt::format("-versio-{}", poll); })},
      {"slug and title change", each([](News& n, int poll) {
         n.link += fmt::format("-korjattu-{}", poll);
         n.title += fmt::format(" (päivitys {})", poll);
       })},
      {"slug of what has no guid", each([](News& n, int poll) {
         n.guid.clear();
         n.link += fmt::format("-{}", poll);
       })},
      {"http and https", each([](News& n, int poll) {
         for (std::string* url : {&n.guid, &n.link}) {
           if (poll % 2) replace(*url, "https://", "http://");
         }
       })},
      {"www", each([](News& n, int poll) {
         n.guid.clear();
         if (poll % 2) replace(n.link, "www.", "");
       })},
      {"tracking parameters", each([](News& n, int poll) {
         n.guid.clear();
         n.link += fmt::format("?utm_source=rss&amp;utm_campaign={}&amp;fbclid=x{}", poll, poll);
       })},
      {"port 443", each([](News& n, int poll) {
         n.guid.clear();
         n.date.clear();
         if (poll % 2) replace(n.link, "example.org/", "example.org:443/");
       })},
      {"trailing slash", each([](News& n, int poll) {
         n.guid.clear();
         n.date.clear();
         if (poll % 2) n.link += '/';
       })},
      {"session ids", each([](News& n, int poll) {
         n.guid.clear();
         n.date.clear();
         n.link += fmt::format(";jsessionid=ABC{}", poll);
       })},
      {"guid and link churn", each([](News& n, int poll) {
         n.guid = fmt::format("id-{}-{}", poll, n.number);
         n.link = fmt::format("https://www.example.org/s{}/{}", poll, n.number);
         n.date.clear();
       })},
      {"titles edited", each([](News& n, int poll) { n.title += fmt::format(" – päivitetty {}", poll); })},
      {"texts edited", each([](News& n, int poll) { n.text += fmt::format("<p>Lisäys {}</p>", poll); })},
      {"reorder",
       [](std::vector<News>& all, int poll) {
         std::mt19937 random(static_cast<unsigned>(poll));
         std::shuffle(all.begin(), all.end(), random);
       }},
      {"shrink and return",
       [](std::vector<News>& all, int poll) {
         if (poll % 3 == 1) all.resize(2);
         if (poll % 3 == 2) all.erase(all.begin(), all.begin() + 9);
       }},
      {"every item twice",
       [](std::vector<News>& all, int poll) {
         if (poll % 2) all.insert(all.end(), all.begin(), all.end());
       }},
  };
}

class Mutations : public testing::TestWithParam<std::size_t> {};

TEST_P(Mutations, MakeNoNewEntryInTwentyPolls) {
  const Case tested = cases()[GetParam()];
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

INSTANTIATE_TEST_SUITE_P(All, Mutations, testing::Range<std::size_t>(0, cases().size()));

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

TEST(Identity, FragmentsTellGuidsApart) {
  std::vector<News> all = news();
  for (News& one : all) one.guid = fmt::format("https://www.example.org/page#{}", one.number);
  EXPECT_EQ(items_of(all)[2].key, "guid:https://example.org/page#3");
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
