#include "base/hash.h"

#include <gtest/gtest.h>

#include <set>

namespace sotevahti::base {
namespace {

TEST(Base64, RoundTripsEveryLength) {
  for (std::size_t length = 0; length < 70; ++length) {
    const std::string bytes = random_bytes(length);
    EXPECT_EQ(from_base64(to_base64(bytes)).value(), bytes);
    EXPECT_EQ(from_base64(to_base64url(bytes)).value(), bytes);
  }
}

TEST(Base64, RefusesWhatIsNone) {
  for (const auto* text : {"a", "ab!c", "YQ==YQ==", "YQ===", "\x80"}) EXPECT_FALSE(from_base64(text)) << text;
}

TEST(Hmac, MatchesRfc4231Case2) {
  EXPECT_EQ(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(Sha256, MatchesTheEmptyText) {
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Token, Is128BitsAndNeverTheSame) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const std::string token = random_token();
    EXPECT_EQ(token.size(), 22U);
    EXPECT_TRUE(seen.insert(token).second);
  }
}

}  // namespace
}  // namespace sotevahti::base
