#include "base/host_name.h"

#include <gtest/gtest.h>

namespace sotevahti::base {
namespace {

TEST(HostName, BecomesPunycodeWhateverTheLocale) {
  EXPECT_EQ(ascii_host("pohjois-pohjanmaa.fi").value(), "pohjois-pohjanmaa.fi");
  EXPECT_EQ(ascii_host("Järjestö.FI").value(), "xn--jrjest-bua3m.fi");
  EXPECT_EQ(ascii_host("１２７.0.0.1").value(), "127.0.0.1");
  EXPECT_FALSE(ascii_host("\xff.fi"));
  EXPECT_FALSE(ascii_host(std::string(70, 'x') + "ä.fi"));
}

}  // namespace
}  // namespace sotevahti::base
