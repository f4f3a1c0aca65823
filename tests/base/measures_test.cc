#include "base/measures.h"

#include <gtest/gtest.h>

namespace sotevahti::base {
namespace {

using Work = Measures::Work;

TEST(Measures, TheTroubleOfOneWorkIsNotHealedByAnother) {
  Measures measures;
  EXPECT_EQ(measures.trouble(), "");
  measures.set_trouble(Work::polling, "the archive cannot be written");
  measures.set_trouble(Work::delivery, "");
  EXPECT_EQ(measures.trouble(), "the archive cannot be written");
  measures.set_trouble(Work::polling, "");
  EXPECT_EQ(measures.trouble(), "");
  measures.set_trouble(Work::delivery, "the relay is gone");
  EXPECT_EQ(measures.trouble(), "the relay is gone");
}

}  // namespace
}  // namespace sotevahti::base
