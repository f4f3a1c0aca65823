#include "archive/filter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace sotevahti::archive {
namespace {

using Kind = Filter::Kind;
using testing::HasSubstr;

Filter parsed(const std::string& text) {
  const auto filter = parse_filter(text);
  EXPECT_TRUE(filter) << text << ": " << (filter ? "" : filter.error().cause);
  return filter ? *filter : Filter{};
}

Filter leaf(Kind kind, std::vector<std::string> values = {}) { return {kind, std::move(values), {}}; }

FilterError refused(const std::string& text, const FilterNames& names = {}) {
  const auto filter = parse_filter(text, names);
  EXPECT_FALSE(filter) << text;
  return filter ? FilterError{} : filter.error();
}

TEST(FilterTest, ReadsEachKindOfTerm) {
  EXPECT_EQ(parsed(""), Filter{});
  EXPECT_EQ(parsed("  "), Filter{});
  EXPECT_EQ(parsed("Avustus"), leaf(Kind::word, {"avustus"}));
  EXPECT_EQ(parsed("avustus*"), leaf(Kind::prefix, {"avustus"}));
  EXPECT_EQ(parsed("=Äitiys"), leaf(Kind::exact, {"äitiys"}));
  EXPECT_EQ(parsed("\"tarkka  sanamuoto\""), leaf(Kind::phrase, {"tarkka sanamuoto"}));
  EXPECT_EQ(parsed("”tarkka sanamuoto”"), leaf(Kind::phrase, {"tarkka sanamuoto"}));
  EXPECT_EQ(parsed("area:Pirkanmaa,kanta-hame"), leaf(Kind::area, {"pirkanmaa", "kanta-hame"}));
  EXPECT_EQ(parsed("publisher:\"Sosiaali- ja terveysministeriö\",STM"),
            leaf(Kind::publisher, {"Sosiaali- ja terveysministeriö", "STM"}));
  EXPECT_EQ(parsed("near:\"Kotihoito  lakkautus\""), leaf(Kind::near, {"Kotihoito lakkautus"}));
  EXPECT_EQ(parsed("since:2025-01-01"), leaf(Kind::since, {"2025-01-01"}));
  EXPECT_EQ(parsed("until:7d"), leaf(Kind::until, {"7d"}));
  EXPECT_EQ(parsed("has:deadline"), leaf(Kind::has_deadline));
  EXPECT_EQ(parsed("deadline:14d"), leaf(Kind::deadline_within, {"14d"}));
  EXPECT_EQ(parsed("story:all"), leaf(Kind::every_telling));
}

TEST(FilterTest, JoinsTerms) {
  const Filter a = leaf(Kind::word, {"a"}), b = leaf(Kind::word, {"b"}), c = leaf(Kind::word, {"c"});
  EXPECT_EQ(parsed("a b"), (Filter{Kind::both, {}, {a, b}}));
  EXPECT_EQ(parsed("a AND b"), (Filter{Kind::both, {}, {a, b}}));
  EXPECT_EQ(parsed("a b OR c"), (Filter{Kind::either, {}, {Filter{Kind::both, {}, {a, b}}, c}}));
  EXPECT_EQ(parsed("a (b OR c)"), (Filter{Kind::both, {}, {a, Filter{Kind::either, {}, {b, c}}}}));
  EXPECT_EQ(parsed("-a"), (Filter{Kind::negation, {}, {a}}));
  EXPECT_EQ(parsed("--a"), a);
  EXPECT_EQ(parsed("-(a b)"), (Filter{Kind::negation, {}, {Filter{Kind::both, {}, {a, b}}}}));
  EXPECT_EQ(parsed("((a))"), a);
}

TEST(FilterTest, TakesInflectedAbbreviationsAndDashesAsText) {
  EXPECT_EQ(parsed("HUS:n"), leaf(Kind::word, {"hus:n"}));
  EXPECT_EQ(parsed("sote-uudistus"), leaf(Kind::word, {"sote-uudistus"}));
  EXPECT_EQ(refused("avustus - haku").position, 8U);
}

TEST(FilterTest, SaysWhereAndWhyAndWhatMayBeMeant) {
  const FilterNames names{{"pirkanmaa", "lappi"}, {"hyte"}, {"thl-uutiset", "stm"}};
  const FilterError area = refused("avustus area:pirkanma", names);
  EXPECT_EQ(area.position, 13U);
  EXPECT_EQ(area.cause, "no area is called \"pirkanma\"");
  EXPECT_EQ(area.suggestion, "did you mean area:pirkanmaa?");
  EXPECT_EQ(area.for_person("avustus area:pirkanma"),
            "avustus area:pirkanma\n             ^\nno area is called \"pirkanma\": did you mean area:pirkanmaa?");
  EXPECT_EQ(refused("äö aera:lappi", names).position, 3U) << "in characters";
  EXPECT_EQ(refused("aera:lappi").suggestion, "did you mean area:lappi?");
  EXPECT_EQ(refused("feed:thl").suggestion, "did you mean source:thl?");
  EXPECT_EQ(refused("before:2026-01-01").suggestion, "did you mean until:2026-01-01?");
  EXPECT_EQ(refused("Alue:lappi").suggestion, "did you mean area:lappi?");
  EXPECT_THAT(refused("source:thk", names).cause, HasSubstr("thk"));
  EXPECT_TRUE(parse_filter("source:thl", names)) << "the feeds that begin so";
  EXPECT_EQ(refused("kind:decision").suggestion, "did you mean kind:decisions?");
  EXPECT_EQ(refused("a (b").position, 2U);
  EXPECT_EQ(refused(std::string("ä\0b", 4)).position, 1U) << "what SQLite would take for the end";
  EXPECT_EQ(refused("sana \x1b[31m").position, 5U);
  EXPECT_EQ(refused("a) b").position, 1U);
  EXPECT_EQ(refused("\"auki").position, 0U);
  EXPECT_EQ(refused("a OR").position, 4U);
  EXPECT_THAT(refused("since:2025-02-30").cause, HasSubstr("no day"));
  EXPECT_THAT(refused("deadline:soon").cause, HasSubstr("no span"));
  EXPECT_THAT(refused("!!!").cause, HasSubstr("no word"));
  EXPECT_THAT(refused("a*").cause, HasSubstr("two letters"));
  EXPECT_THAT(refused("has:topic").suggestion, HasSubstr("has:deadline"));
  EXPECT_THAT(refused("area:").cause, HasSubstr("needs a value"));
}

TEST(FilterTest, IsBounded) {
  std::string many;
  for (int i = 0; i < 64; ++i) many += "a ";
  EXPECT_TRUE(parse_filter(many));
  EXPECT_THAT(refused(many + "b").cause, HasSubstr("more than 64"));
  EXPECT_TRUE(parse_filter("((((((((a))))))))"));
  EXPECT_THAT(refused("(((((((((a)))))))))").cause, HasSubstr("more than 8"));
  EXPECT_THAT(refused(std::string(2001, 'a')).cause, HasSubstr("2000"));
  EXPECT_THAT(refused("a\xC3").cause, HasSubstr("UTF-8"));
}

// Any text parses or fails at a place within it, and what parses prints as what it was.
TEST(FilterTest, AnyTextParsesOrFailsAtAPlace) {
  const std::vector<std::string> pieces = {"avustus",
                                           "\"",
                                           "(",
                                           ")",
                                           "-",
                                           " ",
                                           " ",
                                           "OR",
                                           "AND",
                                           "area:",
                                           "lappi",
                                           ",",
                                           "*",
                                           "=",
                                           ":",
                                           "ä",
                                           "since:",
                                           "7d",
                                           "2025-01-01",
                                           "has:deadline",
                                           "story:all",
                                           "publisher:\"",
                                           "\xE2\x80\x9D",
                                           "\xC3",
                                           "\t",
                                           "deadline:",
                                           "HUS:n",
                                           "🦌"};
  std::mt19937 random(20260220);
  std::size_t parsed_texts = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (std::size_t n = random() % 9; n > 0; --n) text += pieces[random() % pieces.size()];
    const auto filter = parse_filter(text);
    if (!filter) {
      EXPECT_LE(filter.error().position, text.size()) << text;
      EXPECT_FALSE(filter.error().cause.empty()) << text;
      continue;
    }
    ++parsed_texts;
    const std::string printed = print_filter(*filter);
    const auto again = parse_filter(printed);
    ASSERT_TRUE(again) << text << " printed as " << printed;
    EXPECT_EQ(*again, *filter) << text << " printed as " << printed;
  }
  EXPECT_GT(parsed_texts, 1000U);
}

Filter generated(std::mt19937& random, int depth) {
  static const std::vector<Filter> leaves = {
      leaf(Kind::word, {"avustus"}),
      leaf(Kind::word, {"or"}),
      leaf(Kind::prefix, {"järj"}),
      leaf(Kind::exact, {"äitiys"}),
      leaf(Kind::phrase, {"tarkka sana"}),
      leaf(Kind::near, {"kotihoito lakkautus"}),
      leaf(Kind::area, {"lappi", "hus"}),
      leaf(Kind::topic, {"hyte"}),
      leaf(Kind::publisher, {"A, B (C)", "THL"}),
      leaf(Kind::since, {"2025-01-01"}),
      leaf(Kind::until, {"7d"}),
      leaf(Kind::deadline_within, {"14d"}),
      leaf(Kind::has_deadline),
      leaf(Kind::language, {"sv"}),
      leaf(Kind::source, {"stm"}),
      leaf(Kind::kind, {"law"}),
      leaf(Kind::role, {"ngo"}),
  };
  const std::size_t which = depth == 0 ? 0 : random() % 4;
  if (which == 0) return leaves[random() % leaves.size()];
  if (which == 1) {
    Filter inner = generated(random, depth - 1);
    return inner.kind == Kind::negation ? inner : Filter{Kind::negation, {}, {std::move(inner)}};
  }
  const Kind kind = which == 2 ? Kind::both : Kind::either;
  Filter filter{kind, {}, {}};
  while (filter.parts.size() < 2 || random() % 3 == 0) {
    Filter part = generated(random, depth - 1);
    if (part.kind == kind) {
      filter.parts.insert(filter.parts.end(), part.parts.begin(), part.parts.end());
    } else {
      filter.parts.push_back(std::move(part));
    }
  }
  return filter;
}

TEST(FilterTest, PrintedTreesParseAsThemselves) {
  std::mt19937 random(7);
  for (int i = 0; i < 3000; ++i) {
    const Filter filter = generated(random, 3);
    const std::string text = print_filter(filter);
    const auto again = parse_filter(text);
    if (!again) {
      EXPECT_THAT(again.error().cause, testing::AnyOf(HasSubstr("more than"), HasSubstr("longer"))) << text;
      continue;
    }
    EXPECT_EQ(*again, filter) << text;
  }
}

}  // namespace
}  // namespace sotevahti::archive
