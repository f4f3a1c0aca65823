// Documents that look odd and are sound: none of them is "recovered", and nothing of them
// is lost.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "feeds.h"

namespace sotevahti::feed {
namespace {

struct Sound {
  std::string name;
  std::string document;
  std::string title;  // of its one item
};

std::string one_item(std::string_view title, std::string_view before = {}) {
  return fmt::format("{}<rss version='2.0'><channel><item><title>{}</title></item></channel></rss>", before, title);
}

std::string utf16(std::string_view ascii, bool big_endian) {
  std::string bytes = big_endian ? "\xFE\xFF" : "\xFF\xFE";
  for (const char c : ascii) bytes += big_endian ? std::string{'\0', c} : std::string{c, '\0'};
  return bytes;
}

std::vector<Sound> sound_documents() {
  return {
      {"byte order mark", "\xEF\xBB\xBF" + one_item("Sää"), "Sää"},
      {"UTF-16, little", utf16(one_item("a", "<?xml version='1.0' encoding='UTF-16'?>"), false), "a"},
      {"UTF-16, big", utf16(one_item("a", "<?xml version='1.0' encoding='UTF-16'?>"), true), "a"},
      {"Latin-1 in single quotes", one_item("S\xE4\xE4", "<?xml version='1.0' encoding='ISO-8859-1'?>"), "Sää"},
      {"windows-1252", one_item("\x93Soten\x94", "<?xml version=\"1.0\" encoding=\"windows-1252\"?>"), "“Soten”"},
      {"line ends of Windows", one_item("a", "<?xml version='1.0'?>\r\n<!-- x -->\r\n"), "a"},
      {"comments and instructions", one_item("a<!-- b --><?c d?>e", "<?xml-stylesheet href='x.xsl'?><!-- <rss> -->"),
       "ae"},
      {"document type", one_item("a", "<!DOCTYPE rss>"), "a"},
      {"entity declared as text", one_item("&kunta;", "<!DOCTYPE rss [<!ENTITY kunta 'Pori'>]>"), "Pori"},
      {"HTML's entities by the DTD of RSS 0.91",
       one_item("&auml;",
                "<!DOCTYPE rss PUBLIC '-//Netscape Communications//DTD RSS 0.91//EN' "
                "'http://my.netscape.com/publish/formats/rss-0.91.dtd'>"),
       "ä"},
      {"references by number", one_item("&#228;&#xE4; &amp; b"), "ää & b"},
      {"markup inside CDATA", one_item("<![CDATA[</title></item> & <x]]>"), "</title></item> & <x"},
      {"two sections of CDATA", one_item("<![CDATA[]]]]><![CDATA[>]]>"), "]]>"},
      {"broken HTML, escaped", rss_item("<title>a</title><description>&lt;p&gt;&lt;b&gt;c &amp; d</description>"), "a"},
      {"broken HTML in CDATA", rss_item("<title>a</title><description><![CDATA[<p><b>c & d</i>]]></description>"), "a"},
      {"a greater-than sign", one_item("a > b"), "a > b"},
      {"attributes in both quotes", rss_item("<title a='\"' b=\"'>\">t</title>"), "t"},
      {"prefix declared where it is used", rss_item("<x:y xmlns:x='urn:x' x:z='1'/><title>a</title>"), "a"},
      {"prefix of another name",
       "<r:rss xmlns:r='http://backend.userland.com/rss2' version='2.0'><r:channel><r:item>"
       "<r:title>a</r:title></r:item></r:channel></r:rss>",
       "a"},
      {"white space behind the root", one_item("a") + "\n\n<!-- x -->\n", "a"},
      {"empty elements", rss_item("<link/><title>a</title><description></description><guid />"), "a"},
      {"XHTML in Atom",
       atom_entry("<title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>a<br/></div></title>"), "a<br>"},
      {"a date that is none", rss_item("<title>a</title><pubDate>eilen</pubDate>"), "a"},
      {"JSON Feed", "{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": [{\"id\": 1, \"title\": \"a\"}]}",
       "a"},
  };
}

class SoundDocuments : public testing::TestWithParam<std::size_t> {};

TEST_P(SoundDocuments, AreNotRecovered) {
  const Sound sound = sound_documents()[GetParam()];
  SCOPED_TRACE(sound.name);
  const Document document = parsed(sound.document);
  EXPECT_TRUE(document.is_feed());
  EXPECT_FALSE(document.recovered) << document.error;
  EXPECT_EQ(document.error, "");
  ASSERT_EQ(document.entries.size(), 1U);
  EXPECT_EQ(document.entries[0].title->value, sound.title);
}

INSTANTIATE_TEST_SUITE_P(All, SoundDocuments, testing::Range<std::size_t>(0, sound_documents().size()));

}  // namespace
}  // namespace sotevahti::feed
