// A feed of twelve items, and what publishers do to such a feed from poll to poll without
// any news in it. None of that may make a new entry. Test code only.
#pragma once
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sotevahti::test_support {

struct News {
  int number = 0;
  std::string guid, link, title, date, text;
};

inline std::vector<News> news() {
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

inline std::string document_of(const std::vector<News>& all) {
  std::string items;
  for (const News& one : all) {
    items += "<item><title>" + one.title + "</title>";
    if (!one.link.empty()) items += "<link>" + one.link + "</link>";
    if (!one.guid.empty()) items += "<guid isPermaLink='false'>" + one.guid + "</guid>";
    if (!one.date.empty()) items += "<pubDate>" + one.date + "</pubDate>";
    items += "<description><![CDATA[" + one.text + "]]></description></item>";
  }
  return "<rss version='2.0'><channel><link>https://www.example.org/</link>" + items + "</channel></rss>";
}

using Mutation = std::function<void(std::vector<News>&, int poll)>;

inline Mutation each(std::function<void(News&, int)> change) {
  return [change = std::move(change)](std::vector<News>& all, int poll) {
    for (News& one : all) change(one, poll);
  };
}

inline void replace_first(std::string& text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  if (at != std::string::npos) text.replace(at, from.size(), to);
}

struct FeedHabit {
  std::string name;
  Mutation mutate;
};

inline std::vector<FeedHabit> feed_habits() {
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
      {"headline, slug and permalink change", each([](News& n, int poll) {
         n.title += fmt::format(" – korjattu {}", poll);
         n.link += fmt::format("-korjattu-{}", poll);
         n.guid = n.link;
       })},
      {"slug of what has no guid", each([](News& n, int poll) {
         n.guid.clear();
         n.link += fmt::format("-{}", poll);
       })},
      {"http and https", each([](News& n, int poll) {
         for (std::string* url : {&n.guid, &n.link}) {
           if (poll % 2) replace_first(*url, "https://", "http://");
         }
       })},
      {"www", each([](News& n, int poll) {
         n.guid.clear();
         if (poll % 2) replace_first(n.link, "www.", "");
       })},
      {"tracking parameters", each([](News& n, int poll) {
         n.guid.clear();
         n.link += fmt::format("?utm_source=rss&amp;utm_campaign={}&amp;fbclid=x{}", poll, poll);
       })},
      {"port 443", each([](News& n, int poll) {
         n.guid.clear();
         n.date.clear();
         if (poll % 2) replace_first(n.link, "example.org/", "example.org:443/");
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
      {"all at once",
       [](std::vector<News>& all, int poll) {
         for (News& one : all) {
           one.guid = fmt::format("urn:uuid:{}-{}", poll, one.number);
           one.date = fmt::format("Tue, {:02} Mar 2026 08:00:00 GMT", poll + 1);
           one.title += fmt::format(" ({})", poll);
           one.link += fmt::format("?utm_campaign={}", poll);
           if (poll % 2) replace_first(one.link, "https://www.example.org/", "http://example.org:80/");
         }
         std::shuffle(all.begin(), all.end(), std::mt19937(static_cast<unsigned>(poll)));
         if (poll % 4 == 3) all.resize(5);
       }},
      {"every item twice",
       [](std::vector<News>& all, int poll) {
         if (poll % 2) all.insert(all.end(), all.begin(), all.end());
       }},
  };
}

}  // namespace sotevahti::test_support
