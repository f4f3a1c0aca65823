#include "base/log.h"

#include <gtest/gtest.h>

namespace sotevahti::base {
namespace {

TEST(OneLine, NothingOfAStrangerBreaksALine) {
  EXPECT_EQ(one_line("a\nb\r\x1b[31m\x7f"), "a\\x0ab\\x0d\\x1b[31m\\x7f");
  EXPECT_EQ(one_line("\xC2\x9b"
                     "2J"),
            "\\x9b2J");  // C1: CSI
  EXPECT_EQ(one_line("\xE2\x80\xAE"
                     "gnp.exe"),
            "\\ugnp.exe");                     // right-to-left override
  EXPECT_EQ(one_line("\xE2\x80\xA8"), "\\u");  // line separator
}

TEST(OneLine, LettersStay) { EXPECT_EQ(one_line("Hyvinvointialue – åäö €"), "Hyvinvointialue – åäö €"); }

}  // namespace
}  // namespace sotevahti::base
