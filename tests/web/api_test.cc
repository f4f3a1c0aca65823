// The API as its description says it is, page by page, conditional, and open to any origin.
#include <gmock/gmock.h>

#include "open_api.h"
#include "site_fixture.h"

namespace sotevahti::web {
namespace {

using test::helsinki;
using test::Json;
using test::OpenApi;
using test::RawResponse;
using test::Sample;
using test::SiteTest;
using testing::HasSubstr;
using testing::IsEmpty;

class Api : public SiteTest {
 protected:
  Api() { store_a_week(); }

  Json json(const std::string& target, int status = 200) {
    const RawResponse response = get(target);
    EXPECT_EQ(response.status, status) << target << "\n" << response.body;
    EXPECT_EQ(response.header("content-type"), status == 200 ? "application/json" : "application/problem+json");
    EXPECT_EQ(response.header("access-control-allow-origin"), "*") << target;
    return Json::parse(response.body);
  }
  const OpenApi& description() {
    if (!description_) description_.emplace(Json::parse(get("/api/v1/openapi.json").body));
    return *description_;
  }
  void keeps_to(const std::string& target, const std::string& path, int status = 200) {
    EXPECT_THAT(description().faults(json(target, status), description().schema_of(path, status)), IsEmpty()) << target;
  }
  void store_many(int count) {
    std::vector<Sample> samples;
    for (int i = 0; i < count; ++i)
      samples.push_back(Sample("moni-" + std::to_string(i), "Kokous " + std::to_string(i), "<p>Aihe.</p>",
                               helsinki(2026, 2, 1 + static_cast<unsigned>(i % 15), 8, i % 60))
                            .area("lappi")
                            .closes(tag::DeadlineKind::event, day(2026, 3, 1 + static_cast<unsigned>(i % 9))));
    store("lapha-paatokset", helsinki(2026, 2, 19), samples);
  }
  // Every member of `list`, page by page of so many.
  std::vector<std::int64_t> walk(std::string address, const std::string& list) {
    std::vector<std::int64_t> ids;
    for (int pages = 0; pages < 100; ++pages) {
      const Json page = json(address);
      for (const auto& row : page.at(list)) ids.push_back(row.at("id").get<std::int64_t>());
      if (page.at("next").is_null()) return ids;
      address = page.at("next").get<std::string>();
    }
    ADD_FAILURE() << "no end: " << address;
    return ids;
  }

 private:
  std::optional<OpenApi> description_;
};

TEST_F(Api, AnswersAsItsDescriptionSays) {
  break_feed("lapha-paatokset", "http-4xx", "404 Not Found");
  store("pirha-uutiset", helsinki(2026, 2, 20, 11),
        {Sample("avustukset", "Järjestöavustusten haku Pirkanmaalla jatkuu", "<p>Haku on avoinna 6.3.2026 asti.</p>",
                helsinki(2026, 2, 20, 9))
             .area("pirkanmaa", "Pirkanmaalla")
             .closes(tag::DeadlineKind::grant, day(2026, 3, 6), "6.3.2026")});
  const std::string id = std::to_string(id_of("avustukset"));
  for (const char* list : {"/entries", "/stories", "/areas", "/topics", "/feeds", "/deadlines", "/coverage"})
    keeps_to(std::string("/api/v1") + list, list);
  for (const char* list : {"/entries", "/stories", "/deadlines"}) {
    keeps_to(std::string("/api/v1") + list + "?limit=1&q=story:all", list);
    keeps_to(std::string("/api/v1") + list + "?q=area:pirkanma", list, 400);
    keeps_to(std::string("/api/v1") + list + "?limit=0", list, 400);
  }
  keeps_to("/api/v1/entries?q=haku&sort=rank", "/entries");
  keeps_to("/api/v1/entries/" + id, "/entries/{id}");
  keeps_to("/api/v1/stories/" + id, "/stories/{id}");
  keeps_to("/api/v1/entries/x", "/entries/{id}", 400);
  keeps_to("/api/v1/entries/1", "/entries/{id}", 404);
  keeps_to("/api/v1/stories/1", "/stories/{id}", 404);
}

TEST_F(Api, DescriptionHoldsTogether) {
  const Json& document = description().document();
  EXPECT_EQ(document.at("openapi"), "3.1.0");
  for (const auto& [path, methods] : document.at("paths").items())
    for (const auto& parameter : methods.at("get").value("parameters", Json::array()))
      EXPECT_TRUE(description().resolved(parameter).contains("name")) << path;
  const auto response = get("/api/v1/openapi.json");
  EXPECT_THAT(response.header("content-type"), HasSubstr("openapi+json"));
  EXPECT_EQ(response.header("access-control-allow-origin"), "*");
}

TEST_F(Api, EntryTellsWhyItIsTagged) {
  const Json entry = json("/api/v1/entries/" + std::to_string(id_of("avustukset")));
  EXPECT_EQ(entry.at("areas"), Json({"pirkanmaa"}));
  const Json& evidence = entry.at("tags").at("areas").at(0).at("evidence").at(0);
  EXPECT_EQ(evidence.at("words"), "Pirkanmaalla");
  EXPECT_EQ(entry.at("deadlines").at(0).at("date"), "2026-02-27");
  EXPECT_THAT(entry.at("html").get<std::string>(), HasSubstr("<li>Hakuohje</li>"));
}

TEST_F(Api, EveryEntryIsOnOnePage) {
  store_many(40);
  const auto whole = walk("/api/v1/entries?limit=500", "entries");
  EXPECT_EQ(whole.size(), 44U);
  EXPECT_EQ(walk("/api/v1/entries?limit=7", "entries"), whole);
  EXPECT_EQ(walk("/api/v1/entries?limit=1&q=area:lappi", "entries").size(), 40U);
  const auto best = walk("/api/v1/entries?limit=500&sort=rank&q=kokous", "entries");
  EXPECT_EQ(walk("/api/v1/entries?limit=9&sort=rank&q=kokous", "entries"), best);
  EXPECT_EQ(best.size(), 40U);
}

TEST_F(Api, EveryDeadlineIsOnOnePage) {
  store_many(30);
  const auto whole = walk("/api/v1/deadlines?limit=500", "deadlines");
  EXPECT_EQ(whole.size(), 32U);
  EXPECT_EQ(walk("/api/v1/deadlines?limit=4", "deadlines"), whole);
  EXPECT_EQ(walk("/api/v1/deadlines?limit=1&from=2026-03-05&q=area:lappi", "deadlines").size(), 15U);
}

TEST_F(Api, PagesStayWhereTheyWereWhenNewsCome) {
  store_many(10);
  const Json first = json("/api/v1/entries?limit=5&q=area:lappi");
  store("lapha-paatokset", helsinki(2026, 2, 20, 11),
        {Sample("uusi", "Aivan uusi", "<p>x</p>", helsinki(2026, 2, 20, 11)).area("lappi")});
  const Json second = json(first.at("next").get<std::string>());
  EXPECT_EQ(second.at("entries").size(), 5U);
  EXPECT_GT(first.at("entries").back().at("id"), second.at("entries").front().at("id"));
}

TEST_F(Api, WhatIsUnchangedIsNotSentAgain) {
  for (const char* target : {"/api/v1/entries?q=haku", "/api/v1/feeds", "/api/v1/openapi.json", "/feed.atom",
                             "/feed.json", "/deadlines.ics", "/entries.csv", "/entries.jsonl", "/feeds.opml"}) {
    const auto first = get(target);
    ASSERT_EQ(first.status, 200) << target;
    const auto again = get(target, "If-None-Match: " + first.header("etag") + "\r\n");
    EXPECT_EQ(again.status, 304) << target;
    EXPECT_TRUE(again.body.empty());
    EXPECT_EQ(again.header("access-control-allow-origin"), "*") << target;
    EXPECT_EQ(get(target, "If-None-Match: \"other\"\r\n").status, 200) << target;
  }
  const std::string etag = get("/feed.atom").header("etag");
  store("pirha-uutiset", helsinki(2026, 2, 20, 11),
        {Sample("uusi", "Aivan uusi", "<p>x</p>", helsinki(2026, 2, 20, 11))});
  EXPECT_EQ(get("/feed.atom", "If-None-Match: " + etag + "\r\n").status, 200);
}

TEST_F(Api, MistakesAreNamed) {
  const Json filter = json("/api/v1/entries?q=haku+area:pirkanma", 400);
  EXPECT_EQ(filter.at("position"), 10);
  EXPECT_THAT(filter.at("suggestion").get<std::string>(), HasSubstr("area:pirkanmaa"));
  for (const char* question :
       {"entries?limit=501", "entries?limit=-1", "entries?limit=1x", "entries?sort=old", "entries?cursor=x",
        "entries?cursor=17", "entries?cursor=5f.3.1", "entries?sort=rank&q=haku&cursor=5f.3", "stories?cursor=.",
        "deadlines?from=2026-02-30", "deadlines?from=x", "deadlines?cursor=2026-02-27", "deadlines?cursor=2026-02-27.x",
        "deadlines?cursor=x.1", "entries/0", "entries/-1", "entries/1x", "entries/", "stories/99999999999999999999"}) {
    const Json problem = json(std::string("/api/v1/") + question, 400);
    EXPECT_EQ(problem.at("status"), 400) << question;
    EXPECT_FALSE(problem.at("detail").get<std::string>().empty()) << question;
  }
  for (const char* path : {"/api/", "/api/v1/", "/api/v2/entries", "/api/v1/entries/1/x/", "/api/v1/nothing"})
    EXPECT_GE(get(path).status, 400) << path;
  EXPECT_EQ(get("/?after=nowhere").status, 400);
  EXPECT_THAT(get("/?after=nowhere").body, HasSubstr("<h1>"));
  EXPECT_EQ(get("/feed.atom?q=%ff").status, 400);
  EXPECT_EQ(get("/api/v1/entries?q=haku&x=%2").status, 400);
}

TEST_F(Api, ProblemsHoldNoMarkupThatABrowserWouldRun) {
  const auto response = get("/feed.atom?q=area:%3Cscript%3Ealert(1)%3C/script%3E");
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(response.header("content-type"), "application/problem+json");
  EXPECT_EQ(response.header("x-content-type-options"), "nosniff");
}

TEST_F(Api, OtherOriginsMayAskAndOnlyRead) {
  const auto asked =
      ask("OPTIONS /api/v1/entries HTTP/1.1\r\nHost: localhost\r\nOrigin: https://a.example\r\n"
          "Access-Control-Request-Method: GET\r\n\r\n");
  EXPECT_EQ(asked.status, 204);
  EXPECT_EQ(asked.header("access-control-allow-origin"), "*");
  EXPECT_EQ(asked.header("access-control-allow-methods"), "GET, HEAD, OPTIONS");
  for (const char* method : {"POST", "PUT", "DELETE", "PATCH"}) {
    const auto refused =
        ask(std::string(method) + " /api/v1/entries HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
    EXPECT_EQ(refused.status, 405) << method;
    EXPECT_EQ(refused.header("content-type"), "application/problem+json");
    EXPECT_EQ(refused.header("allow"), "GET, HEAD, OPTIONS");
  }
  EXPECT_TRUE(get("/").header("access-control-allow-origin").empty());
}

TEST_F(Api, AStorysTellingsStandTogether) {
  store("stm-tiedotteet", helsinki(2026, 2, 20, 10),
        {Sample("stt-1", "Kela korottaa", "<p>Kela korottaa tukia.</p>", helsinki(2026, 2, 20, 10))
             .release("stt:1", "STM")});
  store("pirha-uutiset", helsinki(2026, 2, 20, 11),
        {Sample("stt-2", "Kela korottaa", "<p>Kela korottaa tukia.</p>", helsinki(2026, 2, 20, 10))
             .release("stt:1", "Pirha")});
  const Json stories = json("/api/v1/stories?q=kela");
  ASSERT_EQ(stories.at("stories").size(), 1U);
  EXPECT_EQ(stories.at("stories").at(0).at("tellings"), 2);
  const Json story = json("/api/v1/stories/" + stories.at("stories").at(0).at("id").dump());
  EXPECT_EQ(story.at("tellings").size(), 2U);
  EXPECT_EQ(json("/api/v1/entries?q=kela+story:all").at("entries").size(), 2U);
}

}  // namespace
}  // namespace sotevahti::web
