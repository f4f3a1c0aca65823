#include "digest/wording.h"

#include <gtest/gtest.h>

#include "digest/texts.h"
#include "digest/wrap.h"
#include "sample.h"

namespace sotevahti::digest {
namespace {

using namespace std::chrono_literals;  // NOLINT(google-build-using-namespace)

Wording wording(std::string_view language) { return Wording(Texts::builtin().messages(language)); }

TEST(Wording, SaysDatesAsTheLanguageDoes) {
  const auto friday = sample::day(2026, 2, 20);
  EXPECT_EQ(wording("fi").date(friday), "20.2.2026");
  EXPECT_EQ(wording("sv").date(friday), "20.2.2026");
  EXPECT_EQ(wording("en").date(friday), "20 February 2026");
  EXPECT_EQ(wording("fi").short_date(friday), "20.2.");
  EXPECT_EQ(wording("fi").weekday(friday), "perjantai");
  EXPECT_EQ(wording("sv").weekday(friday), "fredag");
  EXPECT_EQ(wording("en").weekday_short(friday), "Fri");
}

TEST(Wording, SaysHours) {
  EXPECT_EQ(wording("fi").clock(16h + 15min), "klo\u00a016.15");
  EXPECT_EQ(wording("sv").clock(7h + 5min), "kl.\u00a07.05");
  EXPECT_EQ(wording("en").clock(7h + 5min), "at\u00a007:05");
}

TEST(Wording, SaysHowOften) {
  Cadence cadence{Cadence::Kind::monthly, 7h, std::chrono::Friday, 15};
  EXPECT_EQ(wording("fi").cadence(cadence), "joka kuun 15. päivä klo\u00a07.00");
  cadence.kind = Cadence::Kind::weekly;
  EXPECT_EQ(wording("fi").cadence(cadence), "perjantaisin klo\u00a07.00");
  cadence.kind = Cadence::Kind::weekdays;
  EXPECT_EQ(wording("fi").cadence(cadence), "arkisin klo\u00a07.00");
  cadence.kind = Cadence::Kind::immediate;
  EXPECT_EQ(wording("fi").cadence(cadence), "heti");
}

TEST(Wording, CountsDaysLeft) {
  EXPECT_EQ(wording("fi").days_left(0), "tänään");
  EXPECT_EQ(wording("fi").days_left(1), "huomenna");
  EXPECT_EQ(wording("fi").days_left(5), "5\u00a0päivää jäljellä");
  EXPECT_EQ(wording("sv").days_left(2), "2\u00a0dagar kvar");
  EXPECT_EQ(wording("en").days_left(-1), "passed");
}

TEST(Wording, SaysHowOftenADigestComes) {
  Cadence weekly;
  weekly.kind = Cadence::Kind::weekly;
  weekly.at = 8h;
  weekly.day = std::chrono::Wednesday;
  EXPECT_EQ(wording("fi").cadence(weekly), "keskiviikkoisin klo\u00a08.00");
  EXPECT_EQ(wording("sv").cadence(weekly), "på onsdagar kl.\u00a08.00");
  EXPECT_EQ(wording("en").cadence(weekly), "on Wednesdays at\u00a008:00");
}

TEST(Wording, GroupsDigitsOfNumbers) {
  EXPECT_EQ(Texts::builtin().messages("fi").count("count.fresh", 12345), "12\u00a0345\u00a0uutta asiaa");
  EXPECT_EQ(Texts::builtin().messages("en").count("count.fresh", 1234567), "1,234,567\u00a0new items");
  EXPECT_EQ(Texts::builtin().messages("en").count("count.fresh", 1), "1\u00a0new item");
}

TEST(Wording, SaysFactsAsTheLanguageDoes) {
  EXPECT_EQ(wording("fi").fact("date 2026-01-07"), "7.1.2026");
  EXPECT_EQ(wording("fi").fact("date --01-07"), "7.1.");
  EXPECT_EQ(wording("fi").fact("time 16:15"), "klo\u00a016.15");
  EXPECT_EQ(wording("sv").fact("sum 1250000 eur"), "1\u00a0250\u00a0000\u00a0euro");
  EXPECT_EQ(wording("en").fact("sum 1250000 eur"), "€1,250,000");
  EXPECT_EQ(wording("fi").fact("share 5.5 %"), "5,5\u00a0%");
  EXPECT_EQ(wording("fi").fact("number 42"), "42");
  EXPECT_EQ(wording("fi").fact("date nonsense"), "nonsense");
}

TEST(Wording, OrdersLettersAsFinnishDoes) {
  EXPECT_LT(alphabetical_key("Zeta"), alphabetical_key("Åland"));
  EXPECT_LT(alphabetical_key("Åland"), alphabetical_key("Ähtäri"));
  EXPECT_LT(alphabetical_key("Ähtäri"), alphabetical_key("Öja"));
  EXPECT_LT(alphabetical_key("etelä"), alphabetical_key("Itä"));
}

TEST(Messages, NamesTheLineItCannotRead) {
  const auto broken = Messages::read("fi.txt", "# a comment\na = 1\n\nno equals sign\n");
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().message, "fi.txt:4: a line is `key = text`");
  const auto twice = Messages::read("fi.txt", "a = 1\na = 2\n");
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().message, "fi.txt:2: a stands here twice");
}

TEST(Messages, ValuesAreNotReadAsPatterns) {
  const auto messages = Messages::read("x", "a = <{name}> {n}\nb.other = {name} {n}\n");
  ASSERT_TRUE(messages);
  EXPECT_EQ(messages->say("a", {{"name", "{n}"}, {"n", "2"}}), "<{n}> 2");
  EXPECT_EQ(messages->count("b", 3, {{"name", "{n}"}}), "{n} 3");
}

TEST(Texts, AnAdminsFileTakesThePlaceOfTheBuiltInOne) {
  const auto own = Texts::with({{"templates/digest.txt.mustache", "{{title}}!"}});
  ASSERT_TRUE(own);
  EXPECT_EQ(own->file("templates/digest.txt.mustache"), "{{title}}!");
  EXPECT_EQ(own->file("templates/digest.html.mustache"), Texts::builtin().file("templates/digest.html.mustache"));
}

TEST(Texts, ABrokenFileIsRefusedByName) {
  const auto unclosed = Texts::with({{"templates/digest.html.mustache", "{{#sections}} no end"}});
  ASSERT_FALSE(unclosed);
  EXPECT_NE(unclosed.error().message.find("templates/digest.html.mustache"), std::string::npos);
  const auto missing = Texts::with({{"messages/sv.txt", "date = {day}"}});
  ASSERT_FALSE(missing);
  EXPECT_NE(missing.error().message.find("messages/sv.txt"), std::string::npos);
  EXPECT_FALSE(Texts::with({{"templates/unknown.mustache", ""}}));
}

TEST(Wrap, BreaksAtSpacesAndKeepsTheHangingIndent) {
  EXPECT_EQ(wrap("* yksi kaksi kolme neljä\n", 12), "* yksi kaksi\n  kolme\n  neljä\n");
  EXPECT_EQ(wrap("  https://example.org/pitka/osoite/joka/ei/katkea\n", 12),
            "  https://example.org/pitka/osoite/joka/ei/katkea\n");
}

TEST(Wrap, RunsOfEmptyLinesBecomeOne) { EXPECT_EQ(wrap("\n\na\n\n \n\nb", 20), "a\n\nb\n"); }

}  // namespace
}  // namespace sotevahti::digest
