#include "feed/person.h"

#include <gtest/gtest.h>

#include "feeds.h"

namespace sotevahti::feed {
namespace {

struct Case {
  std::string_view text, name, email;
};

class Persons : public testing::TestWithParam<Case> {};

TEST_P(Persons, AreTakenApart) {
  const Person person = person_of_text(GetParam().text);
  EXPECT_EQ(person.name, GetParam().name);
  EXPECT_EQ(person.email, GetParam().email);
}

INSTANTIATE_TEST_SUITE_P(Forms, Persons,
                         testing::Values(Case{"me@x.fi (Matti Meikäläinen)", "Matti Meikäläinen", "me@x.fi"},
                                         Case{"Matti <me@x.fi>", "Matti", "me@x.fi"},
                                         Case{"Matti (me@x.fi)", "Matti", "me@x.fi"}, Case{"me@x.fi", "", "me@x.fi"},
                                         Case{" Matti ", "Matti", ""},
                                         Case{"\"Matti\" <mailto:me@x.fi>", "Matti", "me@x.fi"},
                                         Case{"mailto:me@x.fi?subject=Hei (Matti)", "Matti", "me@x.fi"},
                                         Case{"Matti @ toimitus", "Matti @ toimitus", ""}, Case{"a@b", "a@b", ""},
                                         Case{"me.you+x@sub-d.x.fi.", ".", "me.you+x@sub-d.x.fi"}, Case{"", "", ""},
                                         Case{"(Matti)", "(Matti)", ""}, Case{"@@@", "@@@", ""}));

TEST(Persons, AsElements) {
  const Document document =
      parsed(atom("<author><name>A</name><email>a@x.fi</email><uri>p</uri></author><author><name>B</"
                  "name><homepage>q</homepage></author>"
                  "<author><name/></author><contributor><name>C</name><url>r</url></contributor>"),
             "http://x/");
  ASSERT_EQ(document.feed.authors.size(), 2U);
  EXPECT_EQ(document.feed.authors[0].email, "a@x.fi");
  EXPECT_EQ(document.feed.authors[0].url, "http://x/p");
  EXPECT_EQ(document.feed.authors[1].url, "http://x/q");
  EXPECT_EQ(document.feed.contributors.at(0).url, "http://x/r");
}

TEST(Persons, OfRssAndItsModules) {
  const Document document =
      parsed(rss("<managingEditor>e@x.fi (E)</managingEditor><webMaster>w@x.fi (W)</webMaster>"
                 "<item><dc:creator>A</dc:creator><dc:creator>B</dc:creator></item>"
                 "<item><itunes:author>C</itunes:author></item>"));
  EXPECT_EQ(document.feed.authors.at(0).name, "E");
  EXPECT_EQ(document.feed.publisher->email, "w@x.fi");
  EXPECT_EQ(document.entries.at(0).authors.size(), 2U);
  EXPECT_EQ(document.entries.at(1).authors.at(0).name, "C");
  const Document owned =
      parsed(rss("<itunes:owner><itunes:name>O</itunes:name><itunes:email>o@x.fi</itunes:email></itunes:owner>"));
  EXPECT_EQ(owned.feed.publisher->name, "O");
  EXPECT_EQ(owned.feed.publisher->email, "o@x.fi");
}

}  // namespace
}  // namespace sotevahti::feed
