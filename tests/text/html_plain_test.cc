#include <gtest/gtest.h>

#include <string>

#include "text/html.h"

namespace sotevahti::text {
namespace {

std::string plain(std::string_view html, bool links = false) {
  return to_plain_text(sanitize(html), {.keep_links = links}).str();
}

TEST(PlainFromHtml, BlocksBreakLines) {
  EXPECT_EQ(plain("<h1>A</h1><p>b <b>c</b>d</p><p>e</p>"), "A\n\nb cd\n\ne");
  EXPECT_EQ(plain("<div>a</div><div>b</div>"), "a\nb");
  EXPECT_EQ(plain("a<br>b<br><br>c"), "a\nb\n\nc");
  EXPECT_EQ(plain("<p></p><p> </p><div></div>a<p></p>"), "a");
  EXPECT_EQ(plain("a<hr>b"), "a\n\nb");
  EXPECT_EQ(plain("<dl><dt>a<dd>b<dt>c</dl>d"), "a\nb\nc\n\nd");
  EXPECT_EQ(plain("<blockquote>a</blockquote>b"), "a\n\nb");
}

TEST(PlainFromHtml, WhiteSpaceCollapses) {
  EXPECT_EQ(plain("  a \n\t b&nbsp;&nbsp;c\u202F"
                  "1\u2009"
                  "000  "),
            "a b c 1 000");
  EXPECT_EQ(plain("<b>a </b> <i> b</i>"), "a b");
  EXPECT_EQ(plain("sosiaali&shy;palvelut\u200B ja\uFEFF"), "sosiaalipalvelut ja");
}

TEST(PlainFromHtml, ListsHaveMarks) {
  EXPECT_EQ(plain("<p>x</p><ul><li>a</li><li>b</li></ul>y"), "x\n\n- a\n- b\n\ny");
  EXPECT_EQ(plain("<ol><li>a<li>b</ol>"), "1. a\n2. b");
  EXPECT_EQ(plain("<ul><li>a<ol><li>b<li>c</ol><li>d</ul>"), "- a\n  1. b\n  2. c\n- d");
  EXPECT_EQ(plain("<ul><li></li><li><p>a</p></li></ul>"), "- a");
  EXPECT_EQ(plain("<li>a"), "a");
}

TEST(PlainFromHtml, TablesAreRowsAndCells) {
  EXPECT_EQ(plain("<table><tr><th>a<th>b<tr><td>1<td>2</table>c"), "a\tb\n1\t2\n\nc");
  EXPECT_EQ(plain("<table><tr><td></td><td>1</td><td></td></tr></table>"), "1");
}

TEST(PlainFromHtml, ImagesAreTheirAlternativeText) {
  EXPECT_EQ(plain("a<img src=x alt='Kuva &amp; teksti'>b"), "a Kuva & teksti b");
  EXPECT_EQ(plain("a<img src=x>b"), "a b");
}

TEST(PlainFromHtml, PreformattedKeepsItsLines) { EXPECT_EQ(plain("<pre>a\n  b\n\nc</pre>d"), "a\n  b\n\nc\n\nd"); }

TEST(PlainFromHtml, ReferencesAreDecodedOnce) {
  EXPECT_EQ(plain("&lt;b&gt; &amp;amp; &auml;"), "<b> &amp; ä");
  EXPECT_EQ(to_plain_text(SafeHtml::trusted("a &eacute; &foo; & b")).str(), "a é &foo; & b");
}

TEST(PlainFromHtml, LinksWhereTheySayMore) {
  EXPECT_EQ(plain("<p>Lue <a href='https://h.fi/a?b=1&amp;c=2'>lis&auml;&auml;</a>.</p>", true),
            "Lue lisää <https://h.fi/a?b=1&c=2>.");
  EXPECT_EQ(plain("<a href='https://h.fi/a'>https://h.fi/a</a>", true), "https://h.fi/a");
  EXPECT_EQ(plain("<a href='https://h.fi/'> h.fi </a>", true), "h.fi");
  EXPECT_EQ(plain("<a href='mailto:a@h.fi'>a@h.fi</a> <a href='mailto:a@h.fi'>Posti</a>", true),
            "a@h.fi Posti <mailto:a@h.fi>");
  EXPECT_EQ(plain("<a href='#x'>a</a> <a href='/y'>b</a> <a href=''>c</a>", true), "a b c");
  EXPECT_EQ(plain("x <a href='https://h.fi/a'><img src=i></a> y", true), "x <https://h.fi/a> y");
  EXPECT_EQ(plain("<a href='https://h.fi/a'>b</a>"), "b");
}

TEST(PlainFromHtml, StoredTextOfAnyKindIsRead) {
  EXPECT_EQ(to_plain_text(SafeHtml::trusted("a<script>x</script>b<li>c</p></ul>d")).str(), "ab\nc\n\nd");
  EXPECT_EQ(to_plain_text(SafeHtml::trusted("\xFF<b")).str(), "\uFFFD");
  std::string deep;
  for (int i = 0; i < 50000; ++i) deep += "<ul><li>x";
  EXPECT_LT(to_plain_text(SafeHtml::trusted(deep)).str().size(), deep.size() * 3);
}

}  // namespace
}  // namespace sotevahti::text
