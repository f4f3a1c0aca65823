#include "tag/word_lists.h"

#include <gtest/gtest.h>

namespace sotevahti::tag {
namespace {

constexpr WordLists::Set first = 1, second = 2, third = 4;

TEST(WordLists, AStarIsAnyLettersWhereItStands) {
  WordLists lists;
  lists.add("haku", first);
  lists.add("lausu* *avustu*", second);
  lists.add("*silta", third);
  EXPECT_EQ(lists.of("haku"), first);
  EXPECT_EQ(lists.of("hakunsa"), 0U);
  EXPECT_EQ(lists.of("jatkohaku"), 0U);
  EXPECT_EQ(lists.of("lausuntoja"), second);
  EXPECT_EQ(lists.of("järjestöavustuksen"), second);
  EXPECT_EQ(lists.of("asukassilta"), third);
  EXPECT_EQ(lists.of("silta"), third);
  EXPECT_EQ(lists.of("sillat"), 0U);
}

TEST(WordLists, AWordMayBeInSeveral) {
  WordLists lists;
  lists.add("haku hae", first);
  lists.add("ha*  avustus ", second);
  EXPECT_EQ(lists.of("haku"), first | second);
  EXPECT_EQ(lists.of("hae"), first | second);
  EXPECT_EQ(lists.of("avustus"), second);
}

TEST(WordLists, NothingIsInNone) {
  WordLists lists;
  lists.add("", first);
  lists.add("* **", second);
  EXPECT_EQ(lists.of(""), 0U);
  EXPECT_EQ(lists.of("haku"), 0U);
  EXPECT_EQ(WordLists().of("haku"), 0U);
}

}  // namespace
}  // namespace sotevahti::tag
