// Which terms begin with some letters: each once and in order, however many places one has.
#include "archive/term_range.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "archive/search.h"
#include "samples.h"

namespace sotevahti::archive {
namespace {

using samples::start;
using testing::ElementsAre;
using testing::Optional;
using testing::SizeIs;

class TermRangeTest : public testing::Test {
 protected:
  void add(const std::string& key, std::string text) {
    samples::store(*database_, "a", start(), {samples::entry(key, "Otsikko", std::move(text), start())});
  }
  // Entries of a thousand words each, all of them different.
  void add_words(int thousands) {
    for (int i = 0; i < thousands; ++i) {
      std::string text;
      for (int word = 0; word < 1000; ++word) text += fmt::format("qx{:02}{:03} ", i, word);
      add(fmt::format("w{}", i), std::move(text));
    }
  }
  std::size_t found(const std::string& question) {
    return Search(*database_, samples::taxonomy(), start()).find(*parse_filter(question)).entries.size();
  }

  test_support::TempFolder folder_;
  std::unique_ptr<Database> database_ = samples::open(folder_ / "archive.db");
};

TEST_F(TermRangeTest, NamesACommonTermOnce) {
  std::string text = "zzab zzac";
  for (int i = 0; i < 300; ++i) text += " zzaa";
  add("1", text);
  add("2", text + " zzba");
  EXPECT_THAT(terms_beginning(*database_, "zza"), Optional(ElementsAre("zzaa", "zzab", "zzac")));
  EXPECT_THAT(terms_beginning(*database_, "zzab"), Optional(ElementsAre("zzab")));
  EXPECT_THAT(terms_beginning(*database_, "zzc"), Optional(SizeIs(0)));
}

TEST_F(TermRangeTest, LeavesOutWhatAPartStandsFor) {
  add("1", "Palveluverkko ja palvelu");
  EXPECT_THAT(terms_beginning(*database_, "palvelu"), Optional(ElementsAre("palvelu")));
}

TEST_F(TermRangeTest, NamesThousandsAndFindsUnderMoreToo) {
  add_words(2);
  EXPECT_THAT(terms_beginning(*database_, "qx"), Optional(SizeIs(2000)));
  EXPECT_EQ(found("qx*"), 2U);
  add_words(9);
  EXPECT_FALSE(terms_beginning(*database_, "qx"));
  EXPECT_EQ(found("qx*"), 9U);
}

}  // namespace
}  // namespace sotevahti::archive
