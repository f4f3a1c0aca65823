#include "net/mail_address.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace sotevahti::net {
namespace {

using testing::HasSubstr;

TEST(EnvelopeAddress, PassesWhatRelaysTake) {
  for (const char* address :
       {"anna@yhdistys.fi", "anna.m+sote@mail.example.fi", "o'neill=x!#$%&*/?^_`{|}~-@a-b.fi", "a@localhost"}) {
    EXPECT_EQ(envelope_address(address).value(), address);
  }
}

TEST(EnvelopeAddress, WritesTheDomainInLowerCaseAndAsPunycode) {
  EXPECT_EQ(envelope_address("Anna@Yhdistys.FI").value(), "Anna@yhdistys.fi");
  EXPECT_EQ(envelope_address("anna@työ.fi").value(), "anna@xn--ty-gka.fi");
  EXPECT_EQ(envelope_address("anna@ÄÄNI.fi").value(), "anna@xn--ni-uiaa.fi");
}

TEST(EnvelopeAddress, ALongAddressIsShownCutBetweenCharacters) {
  const auto refused = envelope_address(std::string(79, 'a') + "ö@example.fi");
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr(std::string(79, 'a') + "\" is no"));
}

TEST(EnvelopeAddress, MayBeOf254Octets) {
  const std::string longest =
      std::string(64, 'a') + "@" + std::string(63, 'b') + "." + std::string(63, 'c') + "." + std::string(61, 'd');
  EXPECT_EQ(envelope_address(longest).value(), longest);
  EXPECT_FALSE(envelope_address(longest + "d"));
}

struct Refusal {
  std::string address;
  std::string why;
};
class RefusedAddress : public testing::TestWithParam<Refusal> {};

TEST_P(RefusedAddress, IsToldWhy) {
  const auto refused = envelope_address(GetParam().address);
  ASSERT_FALSE(refused) << *refused;
  EXPECT_THAT(refused.error().message, HasSubstr(GetParam().why));
  EXPECT_EQ(refused.error().message.find_first_of(std::string_view("\r\n\0", 3)), std::string::npos);
  EXPECT_LT(refused.error().message.size(), 300U);
}

INSTANTIATE_TEST_SUITE_P(
    BreaksOutOrReachesNobody, RefusedAddress,
    testing::Values(Refusal{"", "empty"}, Refusal{"anna", "one @"}, Refusal{"a@b@yhdistys.fi", "one @"},
                    Refusal{"anna@yhdistys.fi\r\nRCPT TO:<x@y.fi>", "line break"},
                    Refusal{"anna\r\n@yhdistys.fi", "line break"}, Refusal{"anna@yhdistys.fi\n", "line break"},
                    Refusal{std::string("a\0@yhdistys.fi", 14), "control character"},
                    Refusal{"a b@yhdistys.fi", "space"}, Refusal{"anna@yhdistys.fi> SIZE=1", "holds >"},
                    Refusal{"anna@yhdistys.fi>", "holds >"}, Refusal{"<anna@yhdistys.fi", "holds <"},
                    Refusal{"\"anna\"@yhdistys.fi", "holds \""}, Refusal{"\"a@b\"@yhdistys.fi", "holds \""},
                    Refusal{"a,b@yhdistys.fi", "holds ,"}, Refusal{"anna@[127.0.0.1]", "holds ["},
                    Refusal{"@yhdistys.fi", "before @"}, Refusal{"a..b@yhdistys.fi", "before @"},
                    Refusal{".a@yhdistys.fi", "before @"}, Refusal{"a.@yhdistys.fi", "before @"},
                    Refusal{"päivi@yhdistys.fi", "RFC 6531"}, Refusal{"a\xFF@yhdistys.fi", "RFC 6531"},
                    Refusal{std::string(65, 'a') + "@yhdistys.fi", "too long"},
                    Refusal{std::string(10000, 'a') + "@yhdistys.fi", "254 octets"}, Refusal{"anna@", "no domain"},
                    Refusal{"anna@.fi", "no domain"}, Refusal{"anna@a..fi", "no domain"},
                    Refusal{"anna@fi.", "no domain"}, Refusal{"anna@-a.fi", "no domain"},
                    Refusal{"anna@a_b.fi", "no domain"}, Refusal{"anna@\xff.fi", "no domain"},
                    Refusal{"anna@" + std::string(300, 'b'), "254 octets"}));

}  // namespace
}  // namespace sotevahti::net
