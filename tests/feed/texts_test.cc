// Text constructs: types, inline markup, base64, entities, white space.
#include <gtest/gtest.h>

#include "feeds.h"
#include "text/utf8.h"

namespace sotevahti::feed {
namespace {

Text rss_title(std::string_view raw) {
  return only_entry(rss_item(fmt::format("<title>{}</title>", raw))).title.value_or(Text{});
}

Text atom_content(std::string_view element) {
  const Entry entry = only_entry(atom_entry(element));
  return entry.content.empty() ? Text{} : entry.content[0];
}

TEST(Titles, AreTextUnlessTheyLookLikeHtml) {
  EXPECT_EQ(rss_title("1 &lt; 2").type, "text");
  EXPECT_EQ(rss_title("1 &lt; 2").value, "1 < 2");
  EXPECT_EQ(rss_title("&lt;b&gt;x&lt;/b&gt;").type, "html");
  EXPECT_EQ(rss_title("A&amp;amp;B").value, "A&amp;B");
  EXPECT_EQ(rss_title("<![CDATA[A & B]]>").value, "A & B");
  EXPECT_EQ(rss_title("&lt;tuntematon&gt;x&lt;/tuntematon&gt;").type, "text");
}

TEST(Titles, UnescapedMarkupIsXhtml) {
  const Text title = rss_title("Esim. <b>x</b> &amp; y");
  EXPECT_EQ(title.type, "xhtml");
  EXPECT_EQ(title.value, "Esim. <b>x</b> &amp; y");
}

TEST(Texts, WhiteSpaceAtTheEndsGoes) {
  EXPECT_EQ(rss_title("\n  a  b \t\r\n").value, "a  b");
  EXPECT_EQ(rss_title("a\r\nb").value, "a\nb");
  EXPECT_EQ(rss_title("<![CDATA[ x ]]>").value, "x");
}

TEST(Texts, PiecesAreJoined) { EXPECT_EQ(rss_title("a<![CDATA[ < ]]>b<!-- c -->&amp;<?pi d?>e").value, "a < b&e"); }

TEST(Texts, EntitiesOfHtmlNeedNoDtd) {
  EXPECT_EQ(rss_title("&auml;&ouml;&euro;&hellip;").value, "äö€…");
  EXPECT_EQ(rss_title("&#228;&#xE4;&#128;").value, "ää€");
  EXPECT_EQ(rss_title("&tuntematon; &").value, "&tuntematon; &");
  EXPECT_EQ(rss_title("&#0;&#x110000;&#1;").value, "\xEF\xBF\xBD");
}

TEST(Texts, DeclaredPlainEntitiesAreReplaced) {
  const Document document = parsed(
      "<!DOCTYPE rss [<!ENTITY nimi \"Varha\"><!ENTITY ae '&#228;'><!ENTITY sisin \"&nimi;\">"
      "<!ENTITY ulko SYSTEM \"file:///etc/passwd\">]>"
      "<rss><channel><title>&nimi; &ae; &sisin; &ulko;</title></channel></rss>");
  EXPECT_EQ(document.feed.title->value, "Varha ä &sisin; &ulko;");
  EXPECT_FALSE(document.recovered) << document.error;
}

TEST(Texts, EntityBombsStaySmall) {
  std::string laughs = "<!DOCTYPE rss [<!ENTITY a0 \"ha\">";
  for (int i = 1; i < 30; ++i) laughs += fmt::format("<!ENTITY a{} \"&a{};&a{};\">", i, i - 1, i - 1);
  laughs += "]><rss><channel><title>&a29;</title></channel></rss>";
  EXPECT_EQ(parsed(laughs).feed.title->value, "&a29;");

  std::string quadratic = "<!DOCTYPE rss [<!ENTITY a \"" + std::string(50'000, 'x') + "\">]><rss><channel><title>";
  for (int i = 0; i < 10'000; ++i) quadratic += "&a;";
  EXPECT_LT(parsed(quadratic + "</title></channel></rss>").feed.title->value.size(), 2'000'000U);
}

TEST(AtomTexts, ByType) {
  EXPECT_EQ(atom_content("<content>&lt;b&gt;</content>").value, "<b>");
  EXPECT_EQ(atom_content("<content>&lt;b&gt;</content>").type, "text");
  EXPECT_EQ(atom_content("<content type='html'>&lt;b&gt;x</content>").value, "<b>x</b>");
  EXPECT_EQ(atom_content("<content type='text/html'>&lt;i&gt;x</content>").type, "html");
  EXPECT_EQ(atom_content("<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>a <b>x</b> 1 &lt; 2</div>"
                         "</content>")
                .value,
            "a <b>x</b> 1 &lt; 2");
}

TEST(AtomTexts, XhtmlKeepsWhiteSpaceAndClosesWhatIsEmpty) {
  const Text text = atom_content(
      "<content type='xhtml'><x:div xmlns:x='http://www.w3.org/1999/xhtml'><x:b>a</x:b> "
      "<x:i>b</x:i><x:p/><x:br/>c"
      "</x:div></content>");
  EXPECT_EQ(text.value, "<b>a</b> <i>b</i><p></p><br>c");
}

TEST(AtomTexts, BasesInsideXhtmlCount) {
  const Text text = atom_content(
      "<content type='xhtml' xml:base='http://x/'><div xmlns='http://www.w3.org/1999/xhtml'><p xml:base='y/'>"
      "<a href='z'>1</a></p><a href='z'>2</a></div></content>");
  EXPECT_EQ(text.value, "<p><a href=\"http://x/y/z\">1</a></p><a href=\"http://x/z\">2</a>");
}

TEST(AtomTexts, Base64IsDecoded) {
  EXPECT_EQ(atom_content("<content type='application/octet-stream'>\n SGVp\n IQ== </content>").value, "Hei!");
  EXPECT_EQ(atom_content("<content type='application/octet-stream'>no base64!</content>").value, "no base64!");
  const Text binary = atom_content("<content type='image/png'>iVBORw0KGgo=</content>");
  EXPECT_TRUE(text::is_valid_utf8(binary.value));
  const Document old = parsed(
      "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><title type='text/html' mode='base64'>"
      "PGI+eDwvYj48c2NyaXB0Pnk8L3NjcmlwdD4=</title></feed>");
  EXPECT_EQ(old.feed.title->value, "<b>x</b>");
}

TEST(AtomTexts, ContentElsewhereIsNamed) {
  const Entry entry = only_entry(atom_entry("<content src='video.mp4' type='video/mp4'/>"), "http://x/");
  EXPECT_EQ(entry.content.at(0).src, "http://x/video.mp4");
  EXPECT_EQ(entry.content.at(0).type, "video/mp4");
}

TEST(Texts, HtmlIsSanitisedWhereverItComes) {
  for (const std::string& text :
       {rss_item("<description>a&lt;script&gt;x&lt;/script&gt;b</description>"),
        rss_item("<content:encoded><![CDATA[a<script>x</script>b]]></content:encoded>"),
        atom_entry("<summary type='html'>a&lt;script&gt;x&lt;/script&gt;b</summary>"),
        atom_entry("<content type='xhtml'><div "
                   "xmlns='http://www.w3.org/1999/xhtml'>a<script>x</script>b</div></content>"),
        atom_entry("<content type='html'>YTxzY3JpcHQ+eDwvc2NyaXB0PmI= <script>x</script></content>")}) {
    const Entry entry = only_entry(text);
    const std::string value = entry.summary ? entry.summary->value : entry.content.at(0).value;
    EXPECT_EQ(value.find("script"), std::string::npos) << value;
    EXPECT_EQ(value.find('x'), value.find("xz")) << value;
  }
}

TEST(Texts, WhatRunsInAnAddressGoes) {
  const Entry entry = only_entry(rss_item("<link>javascript:alert(1)</link><comments> JAVA&#x09;SCRIPT:x</comments>"));
  EXPECT_FALSE(entry.link);
  EXPECT_FALSE(entry.comments);
  EXPECT_TRUE(entry.links.empty());
}

}  // namespace
}  // namespace sotevahti::feed
