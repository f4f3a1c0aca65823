#include "config/nearest.h"

#include <gtest/gtest.h>

namespace sotevahti::config {
namespace {

TEST(EditDistance, CountsSingleEdits) {
  EXPECT_EQ(edit_distance("", ""), 0U);
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("interval", "interval"), 0U);
  EXPECT_EQ(edit_distance("intervall", "interval"), 1U);
  EXPECT_EQ(edit_distance("intervla", "interval"), 1U) << "a swap of neighbours is one edit";
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
}

TEST(Nearest, FindsWhatWasMeant) {
  const std::vector<std::string_view> known = {"interval", "min_interval", "per_host", "dir"};
  EXPECT_EQ(nearest("intervall", known), "interval");
  EXPECT_EQ(nearest("perhost", known), "per_host");
  EXPECT_EQ(nearest("min_intervall", known), "min_interval");
}

TEST(Nearest, StaysSilentWhereNothingIsNear) {
  const std::vector<std::string_view> known = {"interval", "dir"};
  EXPECT_EQ(nearest("listen", known), "");
  EXPECT_EQ(nearest("x", known), "") << "every short word is within three edits of a short word";
  EXPECT_EQ(nearest(std::string(10'000, 'i'), known), "");
  EXPECT_EQ(nearest("interval", {}), "");
}

TEST(DidYouMean, IsPartOfASentence) {
  EXPECT_EQ(did_you_mean("lappii", {"lappi", "kainuu"}), "; did you mean \"lappi\"?");
  EXPECT_EQ(did_you_mean("savo", {"lappi", "kainuu"}), "");
}

}  // namespace
}  // namespace sotevahti::config
