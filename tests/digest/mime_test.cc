#include "digest/mime.h"

#include <gtest/gtest.h>

#include <string>

namespace sotevahti::digest {
namespace {

TEST(Mime, EncodedWordsAreOfSeventyFiveAtMost) {
  for (std::size_t length = 1; length < 200; ++length) {
    std::string text = "ä";
    for (std::size_t i = 0; i < length; ++i) text += static_cast<char>('a' + i % 26);
    const std::string field = header_field("Subject", text);
    for (std::size_t at = field.find("=?"); at != std::string::npos; at = field.find("=?", at)) {
      const std::size_t end = field.find_first_of(" \r", at);
      EXPECT_LE(end - at, 75U) << field;
      at = end;
    }
  }
}

TEST(Mime, AQuoteDoesNotEndAName) {
  EXPECT_EQ(address_field("To", "Anna \"Sote\" \\ Virtanen", "a@b.example"),
            "To: \"Anna \\\"Sote\\\" \\\\ Virtanen\"\r\n <a@b.example>\r\n");
}

}  // namespace
}  // namespace sotevahti::digest
