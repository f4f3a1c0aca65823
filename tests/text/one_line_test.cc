#include "text/one_line.h"

#include <gtest/gtest.h>

namespace sotevahti::text {
namespace {

TEST(OneLine, IsCutAtAWordAndNotAfterAMark) {
  EXPECT_EQ(one_line_of("Haku päättyy", 40), "Haku päättyy");
  EXPECT_EQ(one_line_of("Haku  päättyy\r\nperjantaina", 14), "Haku päättyy…");
  EXPECT_EQ(one_line_of("Haku on auki. Hakemukset jätetään kello 16 mennessä", 16), "Haku on auki…");
  EXPECT_EQ(one_line_of(std::string(100, 'a'), 10), std::string(10, 'a') + "…");
  EXPECT_EQ(one_line_of("", 10), "");
}

}  // namespace
}  // namespace sotevahti::text
