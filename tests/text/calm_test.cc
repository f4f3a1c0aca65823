// What text may not do to what stands beside it.
#include "text/calm.h"

#include <gtest/gtest.h>

namespace sotevahti::text {
namespace {

std::string times(std::string_view piece, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += piece;
  return out;
}

TEST(Calm, TheOrderOfWhatFollowsIsNotTurned) {
  EXPECT_EQ(calm("Aihe \u202Egnp.exe\u202C loppu"), "Aihe gnp.exe loppu");
  EXPECT_EQ(calm("\u2066\u2067\u2068\u2069\u202A\u202B\u202D"), "");
  EXPECT_EQ(calm("\u200Fשלום\u200E"), "\u200Fשלום\u200E");  // marks touch only their neighbours
}

TEST(Calm, MarksAreNotHeapedUp) {
  EXPECT_EQ(calm("Z" + times("\u0301", 400) + " sana"), "Z" + times("\u0301", 4) + " sana");
  EXPECT_EQ(calm("a" + times("\u0489\u0316", 50) + "b" + times("\u0301", 3)),
            "a" + times("\u0489\u0316", 2) + "b" + times("\u0301", 3));
  EXPECT_EQ(calm(times("e\u0301\u0323", 100)), times("e\u0301\u0323", 100));
}

TEST(Calm, WhatPeopleWriteStays) {
  for (const char* text :
       {"", "Hyvinvointialue", "Ählämö – “sana” €",
        "👩‍👩‍👧‍👦 ❤️‍🔥 🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F",
        "מְזָלֶ֥ל", "ก็", "क्षि", "Việt Nam", "Z\u030C\u0323"})
    EXPECT_EQ(calm(text), text);
}

}  // namespace
}  // namespace sotevahti::text
