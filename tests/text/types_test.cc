#include "text/types.h"

#include <gtest/gtest.h>

#include <string>

#include "text/html.h"

namespace sotevahti::text {
namespace {

using namespace std::string_literals;

TEST(PlainText, TakesAnyBytes) {
  EXPECT_EQ(PlainText::from("a\xFF"
                            "b")
                .str(),
            "a\uFFFDb");
  EXPECT_EQ(PlainText::from("a\0b\x1B[31m\x7F\tc\n"s).str(), "ab[31m\tc\n");
  EXPECT_EQ(PlainText::from("a\r\nb\rc").str(), "a\nb\nc");
  EXPECT_EQ(PlainText::from("a\u0085\u009B"
                            "31mö")
                .str(),
            "a31mö");
  EXPECT_EQ(PlainText::from("1 < 2 & 3").str(), "1 < 2 & 3");
  EXPECT_TRUE(PlainText::from("").empty());
}

TEST(SafeHtml, EscapingPlainTextShowsItAsItIs) {
  const PlainText text = PlainText::from("<b>\"1\" & '2'</b>");
  const SafeHtml html = SafeHtml::escape(text);
  EXPECT_EQ(html.str(), "&lt;b&gt;&quot;1&quot; &amp; &#39;2&#39;&lt;/b&gt;");
  EXPECT_EQ(to_plain_text(html), text);
}

TEST(HeaderLine, HoldsOneLine) {
  EXPECT_EQ(HeaderLine::from("Otsikko\r\nBcc: victim@example.fi").str(), "Otsikko Bcc: victim@example.fi");
  EXPECT_EQ(HeaderLine::from(" a\u2028b\u2029c\u0085"
                             "d\x0B"
                             "e ")
                .str(),
            "a b c d e");
  EXPECT_EQ(HeaderLine::from("a\0b\x1B[31m"s).str(), "ab[31m");
  EXPECT_EQ(HeaderLine::from("\xFF").str(), "\uFFFD");
  EXPECT_EQ(HeaderLine::from("\n\r").str(), "");
}

TEST(HeaderLine, IsCutBetweenCharacters) {
  std::string text;
  for (int i = 0; i < 600; ++i) text += "ä";
  EXPECT_EQ(HeaderLine::from("x" + text).str().size(), 997U);
  EXPECT_EQ(HeaderLine::from(text).str().size(), 998U);
}

TEST(EscapeHtml, AllFiveCharacters) {
  EXPECT_EQ(escape_html("<>&\"'ä"), "&lt;&gt;&amp;&quot;&#39;ä");
  EXPECT_EQ(escape_html(""), "");
}

}  // namespace
}  // namespace sotevahti::text
