#include "digest/digest_json.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "sample.h"

namespace sotevahti::digest {
namespace {

using namespace std::chrono_literals;  // NOLINT(google-build-using-namespace)
using Json = nlohmann::json;

Json json_of(Material material) {
  return Json::parse(digest_json(compose(std::move(material), sample::taxonomy()), "x"));
}
Json json_of(std::vector<Story> stories) {
  return json_of(sample::material({sample::section(1, "a", std::move(stories))}));
}

Story decision(std::int64_t id, const char* title) {
  Story made = sample::story(id, title);
  made.kind = "decisions";
  made.board = "Aluehallitus";
  made.event_at = sample::helsinki(2026, 2, 16, 13);
  return made;
}

TEST(DigestJson, AMeetingSaysWhoMetWhenAndHowMuchIsRoutine) {
  const Json block =
      json_of({decision(1, "Talousarvio 2027"), decision(2, "Kokouksen avaus")})["sections"][0]["blocks"][0];
  EXPECT_EQ(block["kind"], "meeting");
  EXPECT_EQ(block["publisher"], "Pirkanmaan hyvinvointialue");
  EXPECT_EQ(block["board"], "Aluehallitus");
  EXPECT_EQ(block["met"], "2026-02-16T11:00:00Z");
  EXPECT_EQ(block["routine_items"], 1);
  ASSERT_EQ(block["stories"].size(), 1U);
  EXPECT_EQ(block["stories"][0]["title"], "Talousarvio 2027");
}

TEST(DigestJson, ADeadlineSaysItsHourByTheWallClock) {
  Story closing = sample::story(1, "Haku");
  closing.deadlines = {sample::deadline(sample::day(2026, 2, 27), tag::DeadlineKind::consultation)};
  closing.deadlines[0].time_of_day = 9h + 5min;
  const Json block = json_of({closing})["sections"][0]["blocks"][0];
  EXPECT_EQ(block["kind"], "closing-soon");
  const Json& deadline = block["stories"][0]["deadlines"][0];
  EXPECT_EQ(deadline["kind"], "consultation");
  EXPECT_EQ(deadline["time"], "09:05");
  EXPECT_EQ(deadline["days_left"], 7);
  EXPECT_FALSE(deadline.contains("moved_from"));
}

TEST(DigestJson, AnEditSaysWhatWentAndWhatCame) {
  Story edited = sample::story(1, "Haku");
  edited.changes = {{sample::helsinki(2026, 2, 19, 15), {"sum 30000 eur"}, {"sum 40000 eur"}}};
  const Json block = json_of({edited})["sections"][0]["blocks"][0];
  EXPECT_EQ(block["kind"], "changed");
  EXPECT_EQ(block["stories"][0]["changes"][0],
            (Json{{"at", "2026-02-19T13:00:00Z"}, {"before", {"sum 30000 eur"}}, {"after", {"sum 40000 eur"}}}));
}

// Silence must be told from a source that could not be reached.
TEST(DigestJson, NamesTheSourcesThatWereNotReached) {
  Material material = sample::material({sample::section(1, "a", {sample::story(1, "a")})});
  material.sources.unreached = {{"Kainuun hyvinvointialue", sample::helsinki(2026, 2, 18, 7)}};
  const Json sources = json_of(std::move(material))["sources"];
  ASSERT_EQ(sources["unreached"].size(), 1U);
  EXPECT_EQ(sources["unreached"][0]["title"], "Kainuun hyvinvointialue");
  EXPECT_EQ(sources["unreached"][0]["since"], "2026-02-18T05:00:00Z");
}

TEST(DigestJson, OneStoryIsTheSameAloneAsInTheDigest) {
  Story story = sample::story(1, "Haku \xC3 auki");  // a broken byte
  story.url = "javascript:alert(1)";
  const Material material = sample::material({});
  const Json alone = Json::parse(story_json(story, material));
  EXPECT_EQ(alone["url"], "");
  EXPECT_EQ(alone, json_of({story})["sections"][0]["blocks"][0]["stories"][0]);
}

}  // namespace
}  // namespace sotevahti::digest
