#include "digest/chat.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "digest/calendar.h"
#include "digest/digest_json.h"
#include "sample.h"

namespace sotevahti::digest {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using Json = nlohmann::json;

constexpr ChatStyle styles[] = {ChatStyle::slack, ChatStyle::teams, ChatStyle::mattermost, ChatStyle::matrix};

Outline outline_of(std::vector<Story> stories) {
  return compose(sample::material({sample::section(1, "Pirkanmaan avustukset", std::move(stories))}),
                 sample::taxonomy());
}

Json body(ChatStyle style, const Outline& outline) {
  return Json::parse(chat_body(style, outline, Texts::builtin(), sample::taxonomy()));
}

Story hostile() {
  Story made = sample::story(1, "@channel <!everyone> [x](https://evil.example) *bold* <b>");
  made.url = "https://a.example/?x=|<https://evil.example>)";
  made.publisher = "@all";
  return made;
}

TEST(Chat, EveryStyleTellsTitleDeadlineAndAddress) {
  Story closing = sample::story(1, "Järjestöavustusten haku");
  closing.deadlines = {sample::deadline(sample::day(2026, 2, 27))};
  for (const ChatStyle style : styles) {
    const std::string text = body(style, outline_of({closing})).dump(-1, ' ', false);
    EXPECT_THAT(text, AllOf(HasSubstr("Järjestöavustusten haku"), HasSubstr("27.2.2026"),
                            HasSubstr("https://www.pirha.fi/-/1"), HasSubstr("https://sote.example.org/digests/abc"),
                            Not(HasSubstr("/unsubscribe/")), Not(HasSubstr("/manage/"))));
  }
}

TEST(Chat, SlackGetsHeaderAndSections) {
  const Json slack = body(ChatStyle::slack, outline_of({sample::story(1, "a")}));
  EXPECT_EQ(slack["blocks"][0]["type"], "header");
  EXPECT_EQ(slack["blocks"][1]["text"]["text"], "*Pirkanmaa*");
  EXPECT_THAT(slack["blocks"][2]["text"]["text"].get<std::string>(), HasSubstr("<https://www.pirha.fi/-/1|a>"));
}

TEST(Chat, TeamsGetsAnAdaptiveCard) {
  const Json teams = body(ChatStyle::teams, outline_of({sample::story(1, "a")}));
  const Json& card = teams["attachments"][0];
  EXPECT_EQ(card["contentType"], "application/vnd.microsoft.card.adaptive");
  EXPECT_EQ(card["content"]["type"], "AdaptiveCard");
  EXPECT_EQ(card["content"]["actions"][0]["url"], "https://sote.example.org/digests/abc");
}

TEST(Chat, AStrangersTextMentionsNobodyAndFormatsNothing) {
  const Outline outline = outline_of({hostile()});
  const std::string slack = body(ChatStyle::slack, outline)["blocks"][2]["text"]["text"];
  EXPECT_THAT(slack, AllOf(Not(HasSubstr("<!")), HasSubstr("&lt;!everyone&gt;"), Not(HasSubstr("<https://evil"))));
  const std::string mattermost = body(ChatStyle::mattermost, outline)["text"];
  EXPECT_THAT(mattermost, AllOf(Not(HasSubstr("@channel")), Not(HasSubstr("@all")), Not(HasSubstr("[x](")),
                                Not(HasSubstr("*bold*")), Not(HasSubstr("<b>"))));
  const std::string matrix = body(ChatStyle::matrix, outline)["html"];
  EXPECT_THAT(matrix, AllOf(Not(HasSubstr("<b>")), HasSubstr("&lt;b&gt;"), Not(HasSubstr("@channel"))));
}

TEST(Chat, StaysBelowTheBoundsOfThePrograms) {
  std::vector<Story> stories;
  for (int i = 0; i < 500; ++i) stories.push_back(sample::story(i, std::string(2000, '*')));
  const Outline outline = outline_of(std::move(stories));
  EXPECT_LE(body(ChatStyle::slack, outline)["blocks"].size(), 50U);
  EXPECT_LT(chat_body(ChatStyle::teams, outline, Texts::builtin(), sample::taxonomy()).size(), 28'000U);
  EXPECT_LT(body(ChatStyle::mattermost, outline)["text"].get<std::string>().size(), 16'383U);
  EXPECT_THAT(body(ChatStyle::mattermost, outline)["text"].get<std::string>(), HasSubstr("Lisäksi 488 asiaa"));
}

TEST(Chat, KnowsItsStylesByName) {
  EXPECT_EQ(chat_style("teams"), ChatStyle::teams);
  EXPECT_EQ(chat_style("standard"), std::nullopt);
}

TEST(DigestJson, IsWholeAndHoldsNothingPersonal) {
  Story full = sample::story(1, "Haku \x01\"");
  full.deadlines = {sample::deadline(sample::day(2026, 2, 27))};
  full.deadlines[0].moved_from = sample::day(2026, 2, 20);
  full.also = {{"STT", "fi", "javascript:x", text::PlainText::from("t")}};
  const Json json = Json::parse(digest_json(outline_of({full}), "Aihe"));
  EXPECT_EQ(json["counts"]["moved"], 1);
  const Json& block = json["sections"][0]["blocks"][0];
  EXPECT_EQ(block["kind"], "deadline-moved");
  const Json& story = block["stories"][0];
  EXPECT_EQ(story["deadlines"][0]["closes"], "2026-02-27");
  EXPECT_EQ(story["deadlines"][0]["days_left"], 7);
  EXPECT_EQ(story["deadlines"][0]["moved_from"], "2026-02-20");
  EXPECT_EQ(story["also"][0]["url"], "");
  EXPECT_EQ(story["why"][0]["words"], "Tampereella");
  EXPECT_THAT(json.dump(), AllOf(Not(HasSubstr("unsubscribe")), Not(HasSubstr("manage"))));
}

TEST(Calendar, ADeadlineIsOneEventWithAStableUid) {
  Story closing = sample::story(1, "Haku; pilkku, ja kenoviiva \\");
  closing.deadlines = {sample::deadline(sample::day(2026, 2, 27))};
  closing.deadlines[0].id = 77;
  closing.deadlines[0].time_of_day = std::chrono::minutes(16 * 60 + 15);
  const auto calendar = deadlines_calendar(outline_of({closing}), Texts::builtin().messages("fi"), "sote.example.org");
  ASSERT_TRUE(calendar);
  std::string unfolded = *calendar;
  for (auto at = unfolded.find("\r\n "); at != std::string::npos; at = unfolded.find("\r\n ")) unfolded.erase(at, 3);
  EXPECT_THAT(unfolded, AllOf(HasSubstr("\r\nUID:deadline-77@sote.example.org\r\n"),
                              HasSubstr("\r\nDTSTART:20260227T141500Z\r\n"),
                              HasSubstr("SUMMARY:Avustushaku päättyy: Haku\\; pilkku\\, ja kenoviiva \\\\\r\n"),
                              HasSubstr("END:VCALENDAR\r\n")));
  for (std::size_t from = 0, end = calendar->find("\r\n"); end != std::string::npos;
       from = end + 2, end = calendar->find("\r\n", from))
    EXPECT_LE(end - from, 75U);
}

TEST(Calendar, AStrangersTitleAddsNoLine) {
  Story hostile_title = sample::story(1, "x\r\nATTENDEE:mailto:a@example.org");
  hostile_title.deadlines = {sample::deadline(sample::day(2026, 2, 27))};
  hostile_title.url = "https://example.org/a;b,c";
  const auto calendar =
      deadlines_calendar(outline_of({hostile_title}), Texts::builtin().messages("fi"), "sote.example.org");
  ASSERT_TRUE(calendar);
  EXPECT_THAT(*calendar, Not(HasSubstr("\r\nATTENDEE")));
  EXPECT_THAT(*calendar, HasSubstr("\r\nDTSTART;VALUE=DATE:20260227\r\nDTEND;VALUE=DATE:20260228\r\n"));
}

TEST(Calendar, WithoutDeadlinesThereIsNone) {
  EXPECT_FALSE(deadlines_calendar(outline_of({sample::story(1, "a")}), Texts::builtin().messages("fi"), "x"));
}

}  // namespace
}  // namespace sotevahti::digest
