#include "net/mail_address.h"

#include <gtest/gtest.h>

#include <string>

namespace sotevahti::net {
namespace {

TEST(EnvelopeAddress, PassesWhatRelaysTake) {
  for (const char* address :
       {"anna@yhdistys.fi", "anna.m+sote@mail.example.fi", "o'neill=x!#$%&*/?^_`{|}~-@a-b.fi", "a@localhost"}) {
    EXPECT_EQ(envelope_address(address).value(), address);
  }
}

TEST(EnvelopeAddress, WritesTheDomainAsPunycode) {
  EXPECT_EQ(envelope_address("anna@työ.fi").value(), "anna@xn--ty-gka.fi");
  EXPECT_EQ(envelope_address("anna@ÄÄNI.fi").value(), "anna@xn--ni-uiaa.fi");
}

TEST(EnvelopeAddress, ALongAddressIsShownCutBetweenCharacters) {
  const auto refused = envelope_address(std::string(79, ';') + "ö@example.fi");
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find(std::string(79, ';') + "\" cannot"), std::string::npos)
      << refused.error().message;
}

TEST(EnvelopeAddress, RefusesWhatCouldBreakOutOrReachNobody) {
  const std::string longest =
      std::string(64, 'a') + "@" + std::string(63, 'b') + "." + std::string(63, 'c') + "." + std::string(61, 'd');
  EXPECT_TRUE(envelope_address(longest));
  for (const std::string& address : {std::string(),
                                     std::string("anna"),
                                     std::string("@yhdistys.fi"),
                                     std::string("anna@"),
                                     std::string("anna@.fi"),
                                     std::string("anna@a..fi"),
                                     std::string("anna@fi."),
                                     std::string("anna@-a.fi"),
                                     std::string("a b@yhdistys.fi"),
                                     std::string("anna@yhdistys.fi\r\nRCPT TO:<x@y.fi>"),
                                     std::string("anna\r\n@yhdistys.fi"),
                                     std::string("anna@yhdistys.fi\n"),
                                     std::string("anna@yhdistys.fi>"),
                                     std::string("<anna@yhdistys.fi"),
                                     std::string("anna@yhdistys.fi> SIZE=1"),
                                     std::string("\"anna m\"@yhdistys.fi"),
                                     std::string("\"a@b\"@yhdistys.fi"),
                                     std::string("a@b@yhdistys.fi"),
                                     std::string("a,b@yhdistys.fi"),
                                     std::string("a\0@yhdistys.fi", 14),
                                     std::string("anna@[127.0.0.1]"),
                                     std::string("päivi@yhdistys.fi"),
                                     std::string("anna@\xff.fi"),
                                     std::string(65, 'a') + "@yhdistys.fi",
                                     std::string(10000, 'a') + "@yhdistys.fi",
                                     longest + "d"}) {
    const auto refused = envelope_address(address);
    ASSERT_FALSE(refused) << *refused;
    EXPECT_EQ(refused.error().message.find_first_of("\r\n\0"), std::string::npos);
    EXPECT_LT(refused.error().message.size(), 300U);
  }
}

}  // namespace
}  // namespace sotevahti::net
