#include "text/html_tokenizer.h"

#include <gtest/gtest.h>

#include <string>

#include "text/html_elements.h"

namespace sotevahti::text {
namespace {

// "text", [name attribute=value ...], [/name].
std::string shape(std::string_view html) {
  HtmlTokenizer tokens(html);
  std::string out;
  while (true) {
    const HtmlToken& token = tokens.next();
    if (token.kind == HtmlToken::Kind::end) return out;
    if (token.kind == HtmlToken::Kind::text) {
      out.append("{").append(token.text).append("}");
      continue;
    }
    out.append(token.kind == HtmlToken::Kind::start_tag ? "[" : "[/").append(token.name);
    for (const HtmlAttribute& attribute : token.attributes)
      out.append(" ").append(attribute.name).append("=").append(attribute.value);
    out.append(token.self_closing ? " /]" : "]");
  }
}

TEST(HtmlTokenizer, TagsAndText) {
  EXPECT_EQ(shape("a<b>c</b>d"), "{a}[b]{c}[/b]{d}");
  EXPECT_EQ(shape("<br/><br /><br / >"), "[br /][br /][br]");
  EXPECT_EQ(shape("1 < 2 <3 <>"), "{1 < 2 <3 <>}");
  EXPECT_EQ(shape("</b x=1>"), "[/b x=1]");
  EXPECT_EQ(shape(""), "");
}

TEST(HtmlTokenizer, AttributesInAllQuoting) {
  EXPECT_EQ(shape("<a b c=d e='f\"g' h=\"i'j>k\" l = m>"), "[a b= c=d e=f\"g h=i'j>k l=m]");
  EXPECT_EQ(shape("<a b='c'd=e/f>"), "[a b=c d=e/f]");
  EXPECT_EQ(shape("<a/b/c=d>"), "[a b= c=d]");
  EXPECT_EQ(shape("<a =b c=>"), "[a =b= c=]");
  EXPECT_EQ(shape("<a b=\"\">"), "[a b=]");
  EXPECT_EQ(shape("<a\nb\t=\f'c'\r>"), "[a b=c]");
}

TEST(HtmlTokenizer, CommentsAndDeclarationsArePassedOver) {
  EXPECT_EQ(shape("a<!--b-->c<!-->d<!--->e<!--f--!>g<!----->h"), "{a}{c}{d}{e}{g}{h}");
  EXPECT_EQ(shape("a<!doctype html>b<?php ?>c</>d</ x>e<![if !x]>f"), "{a}{b}{c}{d}{e}{f}");
  EXPECT_EQ(shape("a<!-- - -- > b"), "{a}");
}

TEST(HtmlTokenizer, TagsThatAreCutOffAreNone) {
  for (const char* cut : {"a<b", "a<b c", "a<b c=", "a<b c='d>", "a<b c=\"d\"", "a</b", "a<!-", "a<!--x", "a<?"})
    EXPECT_EQ(shape(cut), "{a}") << cut;
  EXPECT_EQ(shape("a<"), "{a<}");
  EXPECT_EQ(shape("a</"), "{a</}");
}

TEST(HtmlTokenizer, CdataMarkersGoWhereTheyPair) {
  EXPECT_EQ(shape("a<![CDATA[b<c>d]]>e"), "{a}{b}[c]{d}{e}");
  EXPECT_EQ(shape("<![CDATA[]]>a"), "{a}");
  EXPECT_EQ(shape("<![CDATA[a"), "{<![CDATA[a}");
  EXPECT_EQ(shape("<![CDATA[a<b c=']]>'>d"), "{a}[b c=]]>]{d}");
  EXPECT_EQ(shape("a<![CDATA[<![CDATA[b]]>c]]>"), "{a}{b}{c]]>}");
}

TEST(HtmlTokenizer, AttributesBeyondTheMostArePassedOver) {
  std::string html = "<a";
  for (int i = 0; i < 200; ++i) html += " b=c";
  html += " d='>'>e";
  HtmlTokenizer tokens(html);
  EXPECT_EQ(tokens.next().attributes.size(), HtmlToken::most_attributes);
  EXPECT_EQ(tokens.next().text, "e");
}

TEST(HtmlTokenizer, RawTextEndsAtItsOwnEndTag) {
  const auto after = [](std::string_view html, bool self_closing) {
    HtmlTokenizer tokens(html);
    tokens.skip_raw_text("script", self_closing);
    return std::string(tokens.next().text);
  };
  EXPECT_EQ(after("a<b></scripts></SCRIPT \n>c", false), "c");
  EXPECT_EQ(after("a</script", false), "");
  EXPECT_EQ(after("a", false), "");
  EXPECT_EQ(after("a", true), "a");
  EXPECT_EQ(after("a<script>b</script>c", true), "a");
  EXPECT_EQ(after("a</script>c", true), "c");
}

TEST(HtmlElements, EveryNameLeadsToItsElement) {
  for (int i = static_cast<int>(Element::script); i < static_cast<int>(Element::count); ++i) {
    const auto element = static_cast<Element>(i);
    EXPECT_EQ(find_element(traits(element).name), element) << i;
    EXPECT_FALSE(traits(element).name.empty()) << i;
  }
  for (int i = 1; i < static_cast<int>(Attribute::count); ++i)
    EXPECT_EQ(find_attribute(name_of(static_cast<Attribute>(i))), static_cast<Attribute>(i)) << i;
  EXPECT_EQ(find_element("BlockQuote"), Element::blockquote);
  EXPECT_EQ(find_element("iframe"), Element::dropped);
  for (const char* unknown : {"", "x", "o:p", "bé", "h7", "blockquotes", "averylongnamethatisnone", "b-c"})
    EXPECT_EQ(find_element(unknown), Element::unknown) << unknown;
  for (const char* unknown : {"", "onclick", "style", "id", "class", "srcset", "background", "data-x"})
    EXPECT_EQ(find_attribute(unknown), Attribute::none) << unknown;
}

}  // namespace
}  // namespace sotevahti::text
