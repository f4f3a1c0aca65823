#include "text/charset.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "text/utf8.h"

namespace sotevahti::text {
namespace {

using namespace std::string_literals;

std::string document(const std::string& encoding, const std::string& bytes) {
  return "<?xml version=\"1.0\" encoding=\"" + encoding + "\"?><a>" + bytes + "</a>";
}

std::string content(const Decoded& decoded) {
  const auto begin = decoded.utf8.find("<a>");
  const auto end = decoded.utf8.find("</a>");
  return begin == std::string::npos || end == std::string::npos ? decoded.utf8
                                                                : decoded.utf8.substr(begin + 3, end - begin - 3);
}

std::string wide(std::string_view ascii, std::size_t width, bool big_endian) {
  std::string out;
  for (const char c : ascii) {
    const std::string zeros(width - 1, '\0');
    out += big_endian ? zeros + c : c + zeros;
  }
  return out;
}

struct Named {
  const char* name;
  const char* bytes;
  const char* text;
  const char* iana;
};

class DeclaredEncoding : public testing::TestWithParam<Named> {};

TEST_P(DeclaredEncoding, IsDecodedAndNamed) {
  const Named& named = GetParam();
  const Decoded decoded = decode_xml(document(named.name, named.bytes), "");
  EXPECT_EQ(content(decoded), named.text) << named.name;
  EXPECT_EQ(decoded.encoding, named.iana) << named.name;
  EXPECT_FALSE(decoded.mismatch) << named.name;
  const auto by_header = decode_xml(std::string("<a>") + named.bytes + "</a>", named.name);
  EXPECT_EQ(content(by_header), named.text) << named.name;
  EXPECT_EQ(decode(named.bytes, named.name).value_or("none"), named.text) << named.name;
}

INSTANTIATE_TEST_SUITE_P(
    SingleByte, DeclaredEncoding,
    testing::Values(
        Named{"iso-8859-1", "\xE4\xF6", "äö", "iso-8859-1"}, Named{"ISO_8859-1:1987", "\xE4", "ä", "iso-8859-1"},
        Named{"latin1", "\xE5", "å", "iso-8859-1"}, Named{"l1", "\xE5", "å", "iso-8859-1"},
        Named{"iso-8859-1", "\x80\x96\x92", "€–’", "iso-8859-1"}, Named{"windows-1252", "\x80", "€", "windows-1252"},
        Named{"CP1252", "\x93\x81", "“\u0081", "windows-1252"}, Named{"iso-8859-15", "\xA4", "€", "iso-8859-15"},
        Named{"latin9", "\xA4", "€", "iso-8859-15"}, Named{"l2", "\xB9", "š", "iso-8859-2"},
        Named{"ISO_8859-2:1987", "\xB9", "š", "iso-8859-2"}, Named{"iso-ir-101", "\xB9", "š", "iso-8859-2"},
        Named{"csISOLatin5", "\xFD", "ı", "iso-8859-9"}, Named{"iso8859-7", "\xE1", "α", "iso-8859-7"},
        Named{"greek", "\xE1", "α", "iso-8859-7"}, Named{"windows-1250", "\x8A", "Š", "windows-1250"},
        Named{"windows_1251", "\xC0", "А", "windows-1251"}, Named{"cp1253", "\x80", "€", "windows-1253"},
        Named{"x-cp1251", "\xC0", "А", "windows-1251"}, Named{"koi8-r", "\x80", "─", "koi8-r"},
        Named{"csKOI8R", "\xC1", "а", "koi8-r"}, Named{"koi8-u", "\xA4", "є", "koi8-u"},
        Named{"koi8-t", "\x80", "қ", "koi8-t"}, Named{"866", "\x80", "А", "ibm866"},
        Named{"437", "\x80", "Ç", "ibm437"}, Named{"IBM850", "\x84", "ä", "ibm850"},
        Named{"cspc850multilingual", "\x84", "ä", "ibm850"}, Named{"csPCp852", "\x80", "Ç", "ibm852"},
        Named{"csibm857", "\x80", "Ç", "ibm857"}, Named{"cspc862latinhebrew", "\x80", "א", "ibm862"},
        Named{"cp1125", "\x80", "А", "cp1125"}, Named{"cp_is", "\x80", "Ç", "ibm861"},
        Named{"cp775", "\x80", "Ć", "ibm775"}, Named{"macintosh", "\x8A", "ä", "macintosh"},
        Named{"x-mac-roman", "\x8A", "ä", "macintosh"}, Named{"x-mac-cyrillic", "\x80", "А", "mac-cyrillic"},
        Named{"macgreek", "\x80", "Ä", "mac-greek"}, Named{"macturkish", "\xDD", "ı", "mac-turkish"},
        Named{"mac-latin2", "\x80", "Ä", "mac-latin2"}, Named{"maciceland", "\x8A", "ä", "mac-iceland"},
        Named{"cp874", "\x80", "€", "cp874"}, Named{"tis-620", "\xA1", "ก", "tis-620"},
        Named{"viscii", "\xE1", "á", "viscii"}, Named{"ms-ansi", "\x80", "€", "ms-ansi"}));

INSTANTIATE_TEST_SUITE_P(
    MultiByte, DeclaredEncoding,
    testing::Values(Named{"utf-8", "\xC3\xA4", "ä", "utf-8"}, Named{"UTF8", "\xC3\xA4", "ä", "utf-8"},
                    Named{"utf-8", "\xC2\x92", "’", "utf-8"}, Named{"us-ascii", "a", "a", "us-ascii"},
                    Named{"gb2312", "\xD6\xD0", "中", "gb18030"}, Named{"gbk", "\xD6\xD0", "中", "gbk"},
                    Named{"big5", "\xA4\xA4", "中", "big5"}, Named{"euc-kr", "\xB3\xE2", "년", "euc-kr"},
                    Named{"ks_c_5601-1987", "\xB3\xE2", "년", "euc-kr"},
                    Named{"shift_jis", "\x93\xFA", "日", "shift_jis"}, Named{"x-sjis", "\x93\xFA", "日", "shift_jis"},
                    Named{"euc-jp", "\xC6\xFC", "日", "euc-jp"},
                    Named{"iso-2022-jp", "\x1B$BF|\x1B(B", "日", "iso-2022-jp"}));

TEST(DecodeXml, ByteOrderMarksGoBeforeAllNames) {
  const std::string xml = document("utf-16", "x");
  for (const bool big : {true, false}) {
    const std::string mark = big ? "\xFE\xFF" : "\xFF\xFE";
    const Decoded utf16 = decode_xml(mark + wide(xml, 2, big), "iso-8859-1");
    EXPECT_EQ(utf16.utf8, xml);
    EXPECT_EQ(utf16.encoding, big ? "utf-16be" : "utf-16le");
    EXPECT_FALSE(utf16.mismatch);
    const std::string mark32 = big ? "\0\0\xFE\xFF"s : "\xFF\xFE\0\0"s;
    EXPECT_EQ(decode_xml(mark32 + wide(xml, 4, big), "").encoding, big ? "utf-32be" : "utf-32le");
  }
  const Decoded utf8 = decode_xml("\xEF\xBB\xBF" + document("utf-8", "ä"), "iso-8859-1");
  EXPECT_EQ(utf8.utf8, document("utf-8", "ä"));
  EXPECT_EQ(utf8.encoding, "utf-8");
  EXPECT_FALSE(utf8.mismatch);
}

TEST(DecodeXml, WideTextsAreKnownByTheirLook) {
  for (const std::size_t width : {2U, 4U})
    for (const bool big : {true, false})
      for (const char* name : {"utf-16", "utf-32", "ucs-2", "iso-10646-ucs-4", "u16"}) {
        const std::string xml = document(name, "x");
        const Decoded decoded = decode_xml(wide(xml, width, big), "");
        EXPECT_EQ(decoded.utf8, xml);
        const bool fits = (width == 2) == (name == "utf-16"s || name == "ucs-2"s || name == "u16"s);
        EXPECT_EQ(decoded.mismatch, !fits) << name << width;
      }
  EXPECT_EQ(decode_xml(wide("<a>x</a>", 2, false), "").encoding, "utf-16le");
}

TEST(DecodeXml, ZerosBeforeATextMakeItNoWideOne) {
  for (std::size_t zeros = 1; zeros <= 5; ++zeros) {
    const Decoded decoded = decode_xml(std::string(zeros, '\0') + "<?xml version='1.0'?><rss>ä</rss>", "");
    EXPECT_EQ(decoded.encoding, "utf-8") << zeros;
    EXPECT_NE(decoded.utf8.find("<rss>ä</rss>"), std::string::npos) << zeros;
  }
}

TEST(DecodeXml, BrokenWideTextsAreRepaired) {
  const Decoded decoded = decode_xml("\xFE\xFF\0a\xD8\0\0b\xD8\x3D\xDE\0\0"s, "");
  EXPECT_EQ(decoded.utf8, "a\uFFFDb😀\uFFFD");
  EXPECT_TRUE(decoded.mismatch);
}

TEST(DecodeXml, EbcdicIsKnownByItsDeclaration) {
  // <?xml version="1.0" encoding="cp037"?> and its line end, then <a>Ø</a>.
  const std::string xml =
      "\x4C\x6F\xA7\x94\x93\x40\xA5\x85\x99\xA2\x89\x96\x95\x7E\x7F\xF1\x4B\xF0\x7F\x40\x85\x95\x83\x96\x84"
      "\x89\x95\x87"
      "\x7E\x7F\x83\x97\xF0\xF3\xF7\x7F\x6F\x6E\x15\x4C\x81\x6E\x80\x4C\x61\x81\x6E";
  const Decoded decoded = decode_xml(xml, "");
  EXPECT_EQ(decoded.utf8, "<?xml version=\"1.0\" encoding=\"cp037\"?>\n<a>Ø</a>");
  EXPECT_EQ(decoded.encoding, "ibm037");
  EXPECT_FALSE(decoded.mismatch);
}

TEST(DecodeXml, TheHeaderGoesBeforeTheDeclaration) {
  const Decoded decoded = decode_xml(document("iso-8859-1", "\xA3\x93"), "windows-1252");
  EXPECT_EQ(decoded.encoding, "windows-1252");
  EXPECT_EQ(content(decoded), "£“");
  EXPECT_FALSE(decoded.mismatch);
}

TEST(DecodeXml, DeclarationsInEitherQuoteAndWithSpace) {
  for (const char* start :
       {"<?xml version='1.0' encoding='iso-8859-1'?>", "<?xml version=\"1.0\" encoding = \"ISO-8859-1\" ?>",
        "\n<?xml version='1.0' encoding='iso-8859-1' standalone='yes'?>"})
    EXPECT_EQ(decode_xml(std::string(start) + "\xE4", "").encoding, "iso-8859-1") << start;
  EXPECT_EQ(decode_xml("<a encoding='iso-8859-1'>ä</a>", "").encoding, "utf-8");
}

TEST(DecodeXml, WhatDoesNotFitFallsToTheNextAndIsMarked) {
  struct Fall {
    std::string bytes;
    std::string header;
    std::string encoding;
    std::string text;
  };
  const std::string sound = "ä ö å é € “ ” – …";
  for (const Fall& fall :
       {Fall{document("x-unknown", "ä"), "", "utf-8", "ä"}, Fall{document("utf-7", "+AOQ-"), "", "utf-8", "+AOQ-"},
        Fall{document("utf-8", "\xE4"), "", "windows-1252", "ä"},
        Fall{document("us-ascii", "\xC3\xA4"), "", "utf-8", "ä"}, Fall{document("utf-16", "ä"), "", "utf-8", "ä"},
        Fall{document("iso-8859-1", "\xE4"), "nonsense", "iso-8859-1", "ä"},
        Fall{document("iso-8859-1", "\xE4"), "us-ascii", "iso-8859-1", "ä"},
        Fall{document("euc-kr", "\xFF\xFF"), "", "windows-1252", "ÿÿ"},
        Fall{document("utf-8", sound + "\xFF"), "", "utf-8", sound + "\uFFFD"},
        Fall{"\xEF\xBB\xBF" + document("utf-8", "\xE4"), "", "windows-1252", "ä"},
        Fall{"<a>\xE4</a>", "", "windows-1252", "ä"}, Fall{document("iso-8859-1", "ä"), "", "utf-8", "ä"},
        Fall{document("utf-8", "ä"), "iso-8859-1", "utf-8", "ä"},
        Fall{document("windows-1252", sound), "", "utf-8", sound}}) {
    const Decoded decoded = decode_xml(fall.bytes, fall.header);
    EXPECT_EQ(decoded.encoding, fall.encoding) << fall.bytes;
    EXPECT_EQ(content(decoded), fall.text) << fall.bytes;
    EXPECT_TRUE(decoded.mismatch) << fall.bytes;
  }
}

TEST(DecodeXml, MarkThatTheDeclarationDenies) {
  EXPECT_TRUE(decode_xml("\xEF\xBB\xBF" + document("utf-16", "x"), "").mismatch);
  EXPECT_TRUE(decode_xml("\xFF\xFE" + wide(document("utf-8", "x"), 2, false), "").mismatch);
}

TEST(Decode, FailsOnUnknownNamesAndBytesThatDoNotFit) {
  for (const char* name : {"", "utf-7", "x-user-defined", "iso-8859-99", "utf-8//IGNORE", "../../tmp/x", "EBCDIC/../x"})
    EXPECT_FALSE(decode("a", name)) << name;
  EXPECT_FALSE(decode("\xFF", "utf-8"));
  EXPECT_FALSE(decode("\xD8", "utf-16be"));
  EXPECT_FALSE(decode("\x80", "us-ascii"));
  EXPECT_FALSE(decode("\x93", "shift_jis"));
  EXPECT_EQ(decode("a\0"s, "utf-16le").value_or(""), "a");
  EXPECT_EQ(decode("\0a"s, "utf-16").value_or(""), "a");
  EXPECT_EQ(decode("\xEF\xBB\xBFx", "utf-8").value_or(""), "x");
}

TEST(CharsetOf, ContentTypesAsServersWriteThem) {
  EXPECT_EQ(charset_of("text/xml; charset=utf-8"), "utf-8");
  EXPECT_EQ(charset_of("application/atom+xml;charset='gb2312'"), "gb2312");
  EXPECT_EQ(charset_of("text/xml;charset = \"us-ascii\" ; q=1"), "us-ascii");
  EXPECT_EQ(charset_of("text/xml; CHARSET=ISO-8859-1"), "ISO-8859-1");
  for (const char* none :
       {"", "text/xml", "text/xml;", "text/xml; charset:iso-8859-1", "text/xml; qs=0.9", "text/xml; xcharset=a"})
    EXPECT_EQ(charset_of(none), "") << none;
}

TEST(DecodeXml, AlwaysGivesValidUtf8WithAName) {
  const std::vector<std::string> names = {"utf-8",     "utf-16",       "utf-32le", "gb18030", "big5",
                                          "shift_jis", "iso-2022-jp",  "euc-jp",   "euc-kr",  "koi8-r",
                                          "cp037",     "windows-1258", "macgreek", "johab",   "none"};
  std::mt19937 random(11);
  for (int round = 0; round < 5000; ++round) {
    std::string bytes;
    for (auto length = random() % 40; length > 0; --length) bytes += static_cast<char>(random());
    const Decoded decoded = decode_xml(bytes, names[random() % names.size()]);
    ASSERT_TRUE(is_valid_utf8(decoded.utf8));
    ASSERT_FALSE(decoded.encoding.empty());
  }
}

}  // namespace
}  // namespace sotevahti::text
