#include "text/html.h"

#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <string>
#include <vector>

#include "support/safe_markup.h"
#include "text/utf8.h"

namespace sotevahti::text {
namespace {

std::string safe(std::string_view html, std::string_view base = {}) { return sanitize(html, {.base_url = base}).str(); }

std::string times(int count, std::string_view part) {
  std::string out;
  for (int i = 0; i < count; ++i) out += part;
  return out;
}

TEST(Sanitize, EveryElementOfTheContractSurvives) {
  for (const char* name :
       {"a",       "abbr",     "address", "article", "aside",   "audio", "b",     "blockquote", "caption", "cite",
        "code",    "colgroup", "dd",      "del",     "details", "dfn",   "div",   "dl",         "dt",      "em",
        "figure",  "footer",   "h1",      "h2",      "h3",      "h4",    "h5",    "h6",         "header",  "i",
        "ins",     "kbd",      "li",      "nav",     "ol",      "p",     "pre",   "q",          "s",       "samp",
        "section", "small",    "span",    "strong",  "sub",     "sup",   "table", "tbody",      "td",      "tfoot",
        "th",      "thead",    "time",    "tr",      "u",       "ul",    "var",   "video"}) {
    const std::string html = std::string("<") + name + " title=\"t\" lang=\"fi\" dir=\"ltr\"></" + name + ">";
    EXPECT_EQ(safe(html), html);
  }
  for (const char* name : {"br", "col", "hr", "img", "source"})
    EXPECT_EQ(safe(std::string("<") + name + "/>"), std::string("<") + name + ">");
}

TEST(Sanitize, AttributesOfTablesAndImagesSurvive) {
  const std::string table =
      "<table border=\"1\" cellpadding=\"2\" cellspacing=\"3\" summary=\"s\" width=\"50%\"><colgroup "
      "span=\"2\">"
      "<col width=\"10\"></colgroup><tr align=\"left\" valign=\"top\"><th scope=\"row\" colspan=\"2\" "
      "rowspan=\"3\" "
      "abbr=\"n\" nowrap=\"\">x</th></tr></table>";
  EXPECT_EQ(safe(table), table);
  const std::string image =
      "<img src=\"http://h/a.png\" alt=\"a\" width=\"1\" height=\"2\" border=\"0\" align=\"right\" "
      "hspace=\"1\">";
  EXPECT_EQ(safe(image), image);
}

TEST(Sanitize, ReferencesBecomeCharacters) {
  EXPECT_EQ(safe("&auml;&nbsp;&#228;&#xE4;&#x80;&lt;&amp;lt;"), "ä\u00A0ää€&lt;&amp;lt;");
  EXPECT_EQ(safe("a & b < c > d &unknown; &notit;"), "a &amp; b &lt; c &gt; d &amp;unknown; ¬it;");
  EXPECT_EQ(safe("<p title='&copy=1&copyx&copy;'></p>"), "<p title=\"&amp;copy=1&amp;copyx©\"></p>");
  EXPECT_EQ(safe("&#0;&#xD800;&#x110000;&#1;&#127;&#x81;|"), "\uFFFD\uFFFD\uFFFD|");
}

TEST(Sanitize, AddressesAreResolvedAgainstTheBase) {
  const std::string_view base = "http://example.com/a/b";
  EXPECT_EQ(safe("<a href=' /x?y=1&amp;z=2 '>t</a>", base), "<a href=\"http://example.com/x?y=1&amp;z=2\">t</a>");
  EXPECT_EQ(safe("<img src=../c.png>", base), "<img src=\"http://example.com/c.png\">");
  EXPECT_EQ(safe("<a href='&#192;'>t</a>", base), "<a href=\"http://example.com/a/À\">t</a>");
  EXPECT_EQ(safe("<q cite=x>t</q>", base), "<q cite=\"http://example.com/a/x\">t</q>");
  EXPECT_EQ(safe("<a href='https://other.fi/x'>t</a>", base), "<a href=\"https://other.fi/x\">t</a>");
  EXPECT_EQ(safe("<a href=x>t</a>", "javascript:alert(1)//"), "<a href=\"x\">t</a>");
  EXPECT_EQ(safe("<a href=x>t</a>"), "<a href=\"x\">t</a>");
}

TEST(Sanitize, CdataThatWasWrappedTwiceIsOpened) {
  EXPECT_EQ(safe("<![CDATA[<b>a</b>]]>c"), "<b>a</b>c");
  EXPECT_EQ(safe("<![CDATA[<script></script>]]&gt;"), "&lt;![CDATA[]]&gt;");
  EXPECT_EQ(safe("a ]]> b"), "a ]]&gt; b");
}

TEST(Sanitize, ControlCharactersAndBrokenBytesDoNotPass) {
  EXPECT_EQ(safe(std::string("a\0b\x01"
                             "c\rd\r\ne\x7F",
                             10)),
            "abc\nd\ne");
  EXPECT_EQ(safe("a\xC2\x96z\xC2\x81|"), "a–z|");
  EXPECT_EQ(safe("\xFFä\xE2\x82"), "\uFFFDä\uFFFD");
  EXPECT_EQ(safe("<scr\x01ipt>x"), "x");
}

TEST(Sanitize, OutputStaysWithinItsBytesWithEveryElementClosed) {
  const std::string html = "<div><p>" + times(100, "ä&amp;") + "</p><p>more</p></div>";
  for (std::size_t most = 0; most < 300; ++most) {
    const SafeHtml cut = sanitize(html, {.max_bytes = most});
    EXPECT_LE(cut.str().size(), most);
    EXPECT_EQ(test_support::markup_fault(cut.view()), "") << most;
    EXPECT_TRUE(is_valid_utf8(cut.view())) << most;
    EXPECT_EQ(sanitize(cut.view(), {.max_bytes = most}), cut) << most;
  }
}

TEST(Sanitize, LineBreaksStayWithinTheBytesToo) {
  for (const std::string& html : {times(40, "a</br>"), times(40, "a<br>"), "<p>" + times(40, "ab</br>") + "</p>"})
    for (std::size_t most = 0; most < 200; ++most)
      EXPECT_LE(sanitize(html, {.max_bytes = most}).str().size(), most) << html.substr(0, 8);
}

TEST(Sanitize, DeepNestingKeepsItsText) {
  const std::string deep = times(5000, "<div>") + "word" + times(5000, "</div>") + "<p>after</p>";
  const std::string out = safe(deep);
  EXPECT_NE(out.find("word"), std::string::npos);
  EXPECT_TRUE(out.ends_with("</div><p>after</p>")) << out.substr(out.size() - 40);
  EXPECT_EQ(test_support::markup_fault(out), "");
}

// Pieces that mean most in one another's company, in every order that a generator gives.
TEST(Sanitize, IsSafeAndIdempotentOverPseudoRandomMarkup) {
  const std::vector<std::string> pieces = {"<",           ">",
                                           "</",          "/>",
                                           "\"",          "'",
                                           "=",           " ",
                                           "&",           ";",
                                           "#",           "-->",
                                           "<!--",        "<![CDATA[",
                                           "]]>",         "<!",
                                           "<?",          "--!>",
                                           "<p>",         "</p>",
                                           "<b>",         "</b>",
                                           "<table>",     "</table>",
                                           "<td>",        "<tr>",
                                           "</tr>",       "<li>",
                                           "<ul>",        "</ul>",
                                           "<a href=",    "</a>",
                                           "<h1>",        "</h2>",
                                           "<script>",    "</script>",
                                           "<style",      "</style>",
                                           "<img src='",  "<svg>",
                                           "<noscript>",  "<br>",
                                           "</br>",       "<caption>",
                                           "<dd>",        "<dl>",
                                           "javascript:", "&#x3C;",
                                           "&lt;",        "&amp;",
                                           "&amp",        "x",
                                           "ä",           "\xFF",
                                           "\xC2\x80",    "title=\"",
                                           "http://h/",   "onerror=",
                                           "\n",          "\r",
                                           "\t",          std::string(1, '\0')};
  std::mt19937 random(20260220);
  for (int round = 0; round < 20000; ++round) {
    std::string html;
    for (auto length = random() % 24; length > 0; --length) html += pieces[random() % pieces.size()];
    const HtmlOptions options{.base_url = round % 2 == 0 ? "" : "http://h/a/b?c"};
    const SafeHtml once = sanitize(html, options);
    ASSERT_EQ(test_support::markup_fault(once.view()), "") << html << "\n" << once.str();
    ASSERT_EQ(sanitize(once.view(), options), once) << html;
    ASSERT_TRUE(is_valid_utf8(to_plain_text(once, {.keep_links = true}).view())) << html;
  }
}

struct Flood {
  const char* name;
  std::string html;
};

std::vector<Flood> floods() {
  constexpr int mega = 1 << 20;
  return {{"less-than signs", std::string(mega, '<')},
          {"ampersands", std::string(mega, '&')},
          {"nested div", times(mega / 5, "<div>")},
          {"nested table cells", times(mega / 11, "<table><td>")},
          {"nested lists", times(mega / 8, "<ul><li>")},
          {"nested links in bold", times(mega / 6, "<a><b>")},
          {"stray end tags under depth", times(200, "<b>") + times(mega / 6, "</div>")},
          {"end tags beyond a table", times(90, "<div>") + "<table>" + times(100, "<b>") + times(mega / 6, "</div>")},
          {"attributes", "<p " + times(mega / 2, "a ") + ">"},
          {"known attributes", "<p " + times(mega / 10, "title=\"x\" ") + ">"},
          {"unclosed quote", "<p title=\"" + std::string(mega, 'x')},
          {"many unclosed quotes", times(mega / 8, "<p a=\"x'")},
          {"unclosed comment", "<!--" + std::string(mega, '-')},
          {"comment starts", times(mega / 4, "<!--")},
          {"comments", times(mega / 7, "<!---->")},
          {"CDATA starts with no end", times(mega / 9, "<![CDATA[")},
          {"CDATA starts with an end", times(mega / 9, "<![CDATA[") + "]]>"},
          {"CDATA sections", times(mega / 12, "<![CDATA[]]>")},
          {"declarations", times(mega / 2, "<!")},
          {"unclosed scripts", times(mega / 8, "<script>")},
          {"empty scripts", times(mega / 9, "<script/>")},
          {"style starts in script", "<script>" + times(mega / 7, "</style")},
          {"long references", times(mega / 32, "&CounterClockwiseContourIntegral")},
          {"digits in a reference", "&#" + std::string(mega, '9') + ";"},
          {"a long name", "<" + std::string(mega, 'a') + ">"},
          {"relative links", times(mega / 10, "<a href=x>")},
          {"dots in an address", "<a href=/" + std::string(mega / 2, 'x') + times(mega / 4, "/.") + ">"},
          {"line breaks", times(mega / 5, "</br>")},
          {"headings in paragraphs", times(mega / 7, "<h1><p>")},
          {"broken bytes", std::string(mega, '\xE2')}};
}

TEST(Sanitize, AMegabyteOfAnythingTakesBoundedTime) {
  const std::string base = "http://example.com/" + std::string(4000, 'x') + "/";
  for (const auto& [name, html] : floods()) {
    const auto start = std::chrono::steady_clock::now();
    const SafeHtml out = sanitize(html, {.base_url = base});
    const PlainText plain = to_plain_text(out);
    const auto spent = std::chrono::steady_clock::now() - start;
    // 50 ms is the promise for a release build; this one checks and shares its processors.
    EXPECT_LT(std::chrono::duration_cast<std::chrono::milliseconds>(spent).count(), 1500) << name;
    EXPECT_LE(out.str().size(), std::size_t{4} << 20U) << name;
    EXPECT_LE(plain.str().size(), std::size_t{6} << 20U) << name;
    EXPECT_EQ(test_support::markup_fault(out.view()), "") << name;
  }
}

TEST(LooksLikeHtml, KnownElementsWithTheirEndTagsOrReferences) {
  for (const char* html : {"<b>b</b>", "<I>x</i>", "a <em class=x>b</em> c", "&copy;", "&#169;", "&#xA9;", "a &amp; b",
                           "<p>a<br>b</p>", "1 &lt; 2"})
    EXPECT_TRUE(looks_like_html(html)) << html;
  for (const char* text : {"", "2 < 3", "a & b", "R&D", "<b>", "</b>", "AT&T;", "x<y>z</y>", "<foo>a</foo> &amp;",
                           "mail <me@example.fi>", "if a<b then c>d", "&copy", "<3 you", "&#;"})
    EXPECT_FALSE(looks_like_html(text)) << text;
}

TEST(DecodeReferences, OnceAndOnlyThoseThatAre) {
  EXPECT_EQ(decode_references("&amp;auml; &auml; &#228; &#XE4; &foo; & &; &#; &#x;"),
            "&auml; ä ä ä &foo; & &; &#; &#x;");
  EXPECT_EQ(decode_references("&#146;&#x92;\xC2\x92"), "’’\xC2\x92");
  EXPECT_EQ(decode_references("&NotEqualTilde;&fjlig;"), "≂̸fj");
}

TEST(Entity, EveryNameOfTheTableIsFound) {
  EXPECT_EQ(entity("auml"), "ä");
  EXPECT_EQ(entity("Auml"), "Ä");
  EXPECT_EQ(entity("euro"), "€");
  EXPECT_EQ(entity("zwnj"), "\u200C");
  EXPECT_EQ(entity("CounterClockwiseContourIntegral"), "∳");
  EXPECT_EQ(entity("AElig"), "Æ");
  for (const char* unknown : {"", "Auml;", "foo", "auM", "\xC3\xA4", "a b"}) EXPECT_EQ(entity(unknown), "") << unknown;
}

}  // namespace
}  // namespace sotevahti::text
