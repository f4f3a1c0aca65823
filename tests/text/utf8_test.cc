#include "text/utf8.h"

#include <gtest/gtest.h>

#include <iterator>
#include <random>
#include <string>
#include <vector>

namespace sotevahti::text {
namespace {

TEST(Utf8, ValidSequencesOfEveryLength) {
  for (const char* valid : {"", "abc", "ä", "€", "😀", "\uFFFD", "\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80",
                            "\xED\x9F\xBF", "\xEE\x80\x80", "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"})
    EXPECT_TRUE(is_valid_utf8(valid)) << valid;
}

TEST(Utf8, OverlongSurrogatesTooLargeAndCutOffAreInvalid) {
  for (const char* invalid : {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC3", "\xE0\x80\x80", "\xE0\x9F\xBF",
                              "\xE2\x82", "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x80\x80\x80", "\xF0\x8F\xBF\xBF",
                              "\xF0\x9F\x98", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFE", "\xFF"}) {
    EXPECT_FALSE(is_valid_utf8(invalid));
    EXPECT_FALSE(is_valid_utf8("12345678" + std::string(invalid) + "12345678"));
    EXPECT_FALSE(is_valid_utf8("1234567" + std::string(invalid)));
  }
}

TEST(Utf8, EachMaximalInvalidPartIsOneReplacement) {
  EXPECT_EQ(repair_utf8("a\xE2\x82z"), "a\uFFFDz");
  EXPECT_EQ(repair_utf8("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(repair_utf8("\xF0\x9F\x98"), "\uFFFD");
  EXPECT_EQ(repair_utf8("ä\xFF\xFEö"), "ä\uFFFD\uFFFDö");
  EXPECT_EQ(repair_utf8("äö"), "äö");
  EXPECT_EQ(repair_utf8("\xC0\x80 and more than a block"), "\uFFFD\uFFFD and more than a block");
  EXPECT_EQ(repair_utf8("\xC3 and more than a block"), "\uFFFD and more than a block");
}

TEST(Utf8, RepairIsValidAndKeepsWhatIs) {
  std::mt19937 random(3);
  for (int round = 0; round < 20000; ++round) {
    std::string bytes;
    for (auto length = random() % 24; length > 0; --length)
      bytes += static_cast<char>(random() % 3 == 0 ? 'a' : random() % 256);
    const std::string repaired = repair_utf8(bytes);
    ASSERT_TRUE(is_valid_utf8(repaired));
    ASSERT_EQ(is_valid_utf8(bytes), repaired == bytes || bytes.empty());
  }
}

// Long texts are read by blocks, single characters are not.
TEST(Utf8, BlocksAgreeWithSingleCharacters) {
  const std::string pieces[] = {
      "a", "abcdefghijklmnopq", "ä", "äöäöäöäöäöäö", "€", "😀", "\xC3", "\x80", "\xC0", "\xE2", "\xF4"};
  std::mt19937 random(9);
  for (int round = 0; round < 50000; ++round) {
    std::string bytes;
    const auto kinds = random() % 3 == 0 ? std::size(pieces) : 6;
    for (auto length = random() % 12; length > 0; --length) bytes += pieces[random() % kinds];
    std::string walked;
    for (std::size_t at = 0; at < bytes.size();) append_utf8(walked, next_code_point(bytes, at));
    ASSERT_EQ(is_valid_utf8(bytes), walked == bytes);
    ASSERT_TRUE(is_valid_utf8(repair_utf8(bytes)));
  }
}

TEST(Utf8, WalkingAndAppendingAreInverse) {
  for (const char32_t c : {U'a', U'\u0080', U'\u07FF', U'\u0800', U'\uFFFF', U'\U00010000', U'\U0010FFFF'}) {
    std::string utf8;
    append_utf8(utf8, c);
    std::size_t at = 0;
    EXPECT_EQ(next_code_point(utf8, at), c);
    EXPECT_EQ(at, utf8.size());
  }
  std::string surrogate;
  append_utf8(surrogate, 0xD800);
  EXPECT_EQ(surrogate, "\uFFFD");
  std::size_t at = 0;
  EXPECT_EQ(next_code_point("\xE2\x82z", at), U'\uFFFD');
  EXPECT_EQ(at, 1U);
}

TEST(Utf8, PrefixEndsBetweenCharacters) {
  EXPECT_EQ(utf8_prefix("aäö", 2), "a");
  EXPECT_EQ(utf8_prefix("aäö", 3), "aä");
  EXPECT_EQ(utf8_prefix("aäö", 9), "aäö");
  EXPECT_EQ(utf8_prefix("€", 2), "");
  EXPECT_EQ(utf8_prefix("", 0), "");
}

TEST(Utf8, DisplayWidth) {
  EXPECT_EQ(display_width("Päijät-Häme"), 11U);
  EXPECT_EQ(display_width("a\u0308"), 1U);
  EXPECT_EQ(display_width("日本"), 4U);
  EXPECT_EQ(display_width("😀"), 2U);
  EXPECT_EQ(display_width("a\u200B\n"), 1U);
  EXPECT_EQ(display_width("–…€"), 3U);
}

TEST(Utf8, LettersDigitsAndCase) {
  for (const char32_t c : {U'a', U'Z', U'ä', U'Å', U'ß', U'α', U'Я', U'ב', U'日', U'ŧ'}) EXPECT_TRUE(is_letter(c));
  for (const char32_t c : {U'1', U' ', U'-', U'€', U'×', U'\u00A0', U'–', U'\u0301'}) EXPECT_FALSE(is_letter(c));
  for (const char32_t c : {U'0', U'9', U'٣'}) EXPECT_TRUE(is_digit(c));
  for (const char32_t c : {U'a', U'½', U'²'}) EXPECT_FALSE(is_digit(c));
  for (const char32_t c : {U'A', U'Ä', U'Å', U'Σ', U'Ж'}) EXPECT_TRUE(is_upper(c));
  for (const char32_t c : {U'a', U'ä', U'1', U'日'}) EXPECT_FALSE(is_upper(c));
}

TEST(Utf8, LowerCaseOneToOne) {
  const std::vector<std::pair<char32_t, char32_t>> pairs = {
      {U'A', U'a'}, {U'z', U'z'}, {U'Ä', U'ä'}, {U'Å', U'å'}, {U'Š', U'š'}, {U'š', U'š'},   {U'Ž', U'ž'}, {U'Ÿ', U'ÿ'},
      {U'Σ', U'σ'}, {U'Ж', U'ж'}, {U'Ё', U'ё'}, {U'×', U'×'}, {U'Ω', U'ω'}, {U'Ა', U'ა'}, {U'𐐀', U'𐐨'}, {U'1', U'1'}};
  for (const auto& [upper, lower] : pairs) EXPECT_EQ(to_lower(upper), lower) << static_cast<unsigned>(upper);
}

TEST(Utf8, CollapseSpaceOfAllKinds) {
  EXPECT_EQ(collapse_space("  a \t\n b\u00A0\u202F"
                           "c\u2009d\u3000 "),
            "a b c d");
  EXPECT_EQ(collapse_space(""), "");
  EXPECT_EQ(collapse_space(" \n "), "");
  EXPECT_EQ(collapse_space("ä"), "ä");
}

}  // namespace
}  // namespace sotevahti::text
