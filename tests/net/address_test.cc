#include "net/address.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/un.h>

namespace sotevahti::net {
namespace {

void expect_public(std::initializer_list<const char*> addresses, bool is_public) {
  for (const char* address : addresses) {
    EXPECT_EQ(AddressPolicy().permits(std::string_view(address)), is_public) << address;
  }
}

TEST(AddressPolicy, PermitsWhatIsPublic) {
  expect_public({"8.8.8.8", "193.166.3.2", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0",
                 "126.255.255.255", "128.0.0.1", "172.15.255.255", "172.32.0.1", "192.169.0.1", "198.20.0.1",
                 "223.255.255.255", "2a00:1450:400f:80d::200e", "2001:708:10:9::20:2"},
                true);
}

TEST(AddressPolicy, RefusesSpecialPurposeAddressesOfIpv4) {
  expect_public(
      {"0.0.0.0",    "0.1.2.3",         "10.0.0.0",        "10.255.255.255", "100.64.0.1",     "100.127.255.255",
       "127.0.0.1",  "127.255.255.254", "169.254.169.254", "172.16.0.1",     "172.31.255.255", "192.0.0.8",
       "192.0.2.1",  "192.31.196.1",    "192.52.193.1",    "192.88.99.1",    "192.168.1.1",    "192.175.48.1",
       "198.18.0.1", "198.19.255.255",  "198.51.100.7",    "203.0.113.9",    "224.0.0.1",      "239.255.255.255",
       "240.0.0.1",  "255.255.255.255"},
      false);
}

TEST(AddressPolicy, RefusesSpecialPurposeAddressesOfIpv6) {
  expect_public({"::", "::1", "::7f00:1", "100::1", "fc00::1", "fd12:3456::1", "fe80::1", "fec0::1", "ff02::1",
                 "2001:db8::1", "3fff::1", "2001:2::1", "2001:20::1", "5f00::1", "2620:4f:8000::1", "4000::1"},
                false);
}

TEST(AddressPolicy, JudgesWhatADisguiseHides) {
  expect_public({"::ffff:127.0.0.1", "::ffff:7f00:1", "64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "64:ff9b:1::8.8.8.8",
                 "2002:7f00:1::1", "2002:c0a8:101::1", "::ffff:0:127.0.0.1",
                 // Teredo: the server, then the client with its bits turned.
                 "2001:0:7f00:1::f7f7:f7f7", "2001:0:808:808::80ff:fffe"},
                false);
  expect_public({"::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1", "2001:0:808:808::f7f7:f7f7"}, true);
}

TEST(AddressPolicy, PermitsNothingThatIsNoAddress) {
  expect_public({"", "localhost", "0x7f.1", "8.8.8", "8.8.8.8.8", "[2a00::1]", "8.8.8.8/32"}, false);
}

TEST(AddressPolicy, LiftsTheGuardForTheNetworksOfTheOperatorOnly) {
  const auto policy = AddressPolicy::parse({"10.1.0.0/16", "fd00:5::/32", "127.0.0.1"}).value();
  EXPECT_TRUE(policy.permits("10.1.2.3"));
  EXPECT_TRUE(policy.permits("::ffff:10.1.2.3"));
  EXPECT_FALSE(policy.permits("10.2.0.1"));
  EXPECT_TRUE(policy.permits("fd00:5::9"));
  EXPECT_FALSE(policy.permits("fd00:6::9"));
  EXPECT_TRUE(policy.permits("127.0.0.1"));
  EXPECT_FALSE(policy.permits("127.0.0.2"));
  EXPECT_TRUE(policy.permits("8.8.8.8"));
  EXPECT_FALSE(policy.permits("64:ff9b::10.1.2.3")) << "through a gateway it is another network's 10.1.2.3";
}

TEST(AddressPolicy, PrefixesEndAtAnyBit) {
  const auto policy = AddressPolicy::parse({"10.0.0.0/9"}).value();
  EXPECT_TRUE(policy.permits("10.127.255.255"));
  EXPECT_FALSE(policy.permits("10.128.0.0"));
  EXPECT_TRUE(AddressPolicy::parse({"0.0.0.0/0"})->permits("192.168.0.1"));
  EXPECT_FALSE(AddressPolicy::parse({"0.0.0.0/0"})->permits("::1"));
}

TEST(AddressPolicy, NamesTheEntryThatIsNoNetwork) {
  for (const char* wrong :
       {"10.0.0.0/33", "10.0.0/8", "fd00::/129", "localhost", "10.0.0.0/", "10.0.0.0/8x", "", "/8"}) {
    const auto policy = AddressPolicy::parse({"127.0.0.0/8", wrong});
    ASSERT_FALSE(policy) << wrong;
    EXPECT_NE(policy.error().message.find(wrong), std::string::npos) << policy.error().message;
  }
}

TEST(AddressPolicy, JudgesSocketAddresses) {
  sockaddr_in v4{};
  v4.sin_family = AF_INET;
  inet_pton(AF_INET, "192.168.0.1", &v4.sin_addr);
  EXPECT_FALSE(AddressPolicy().permits(reinterpret_cast<const sockaddr&>(v4)));
  inet_pton(AF_INET, "193.166.3.2", &v4.sin_addr);
  EXPECT_TRUE(AddressPolicy().permits(reinterpret_cast<const sockaddr&>(v4)));

  sockaddr_in6 v6{};
  v6.sin6_family = AF_INET6;
  inet_pton(AF_INET6, "::ffff:127.0.0.1", &v6.sin6_addr);
  EXPECT_FALSE(AddressPolicy().permits(reinterpret_cast<const sockaddr&>(v6)));
  inet_pton(AF_INET6, "2001:708::1", &v6.sin6_addr);
  EXPECT_TRUE(AddressPolicy().permits(reinterpret_cast<const sockaddr&>(v6)));

  sockaddr_un local{};
  local.sun_family = AF_UNIX;
  EXPECT_FALSE(AddressPolicy().permits(reinterpret_cast<const sockaddr&>(local)));
}

}  // namespace
}  // namespace sotevahti::net
