#include "archive/prune.h"

#include <gmock/gmock.h>

#include "archive/maintenance.h"
#include "archive/search.h"
#include "archive/tag_store.h"
#include "samples.h"

namespace sotevahti::archive {
namespace {

using namespace std::chrono_literals;
using samples::start;

class PruneTest : public testing::Test {
 protected:
  PruneTest() {
    samples::introduce(*database_, "pirha", start());
    add("vanha", start() + 1h);
    add("uusi", start() + 24h * 400);
  }

  void add(const std::string& key, base::Time at) {
    auto entry =
        samples::entry(key, "Kotihoito muuttuu: " + key, "Aluehallitus päätti asiasta, sana " + key + "sana.", at);
    samples::tag_with(entry, {"pirkanmaa"}, {"rahoitus"});
    tag::Evidence evidence;
    evidence.field = tag::Field::text;
    evidence.begin = 0;
    evidence.end = 12;
    evidence.words = "Aluehallitus";
    entry.tags.areas.front().evidence.push_back(evidence);
    samples::store(*database_, "pirha", at, {entry});
  }

  std::vector<EntrySummary> find(const std::string& filter) {
    return Search(*database_, samples::taxonomy(), now_).find(*parse_filter(filter), {}).entries;
  }

  test_support::TempFolder folder_;
  std::unique_ptr<Database> database_ = samples::open(folder_ / "archive.db");
  base::Time now_ = start() + 24h * 401;
  PruneRules year_{base::Seconds(24h * 365), {}, {}};
};

TEST_F(PruneTest, OldTextsGoAndHeadlinesTagsAndEvidenceStay) {
  EXPECT_EQ(prunable(*database_, year_, now_).texts, 1U);
  ASSERT_EQ(find("vanhasana").size(), 1U);
  const Pruned pruned = prune(*database_, year_, now_, {});
  EXPECT_EQ(pruned.texts, 1U);
  EXPECT_GT(pruned.bytes, 0U);

  EXPECT_TRUE(find("vanhasana").empty()) << "a word of the text alone";
  ASSERT_EQ(find("vanha area:pirkanmaa topic:rahoitus").size(), 1U) << "headline and tags";
  EXPECT_EQ(find("uusisana").size(), 1U);
  const auto detail = Search(*database_, samples::taxonomy(), now_).entry(find("vanha").front().id);
  ASSERT_TRUE(detail);
  EXPECT_TRUE(detail->text.empty());
  ASSERT_FALSE(detail->tags.areas.empty());
  ASSERT_FALSE(detail->tags.areas.front().evidence.empty());
  EXPECT_EQ(detail->tags.areas.front().evidence.front().words, "Aluehallitus");
  EXPECT_TRUE(check_archive(*database_).empty());
}

TEST_F(PruneTest, WhatIsDoneIsNotDoneAgain) {
  prune(*database_, year_, now_, {});
  EXPECT_EQ(prunable(*database_, year_, now_).texts, 0U);
  EXPECT_EQ(prune(*database_, year_, now_, {}).texts, 0U);
}

TEST_F(PruneTest, NothingGoesWithoutARule) {
  const Pruned pruned = prune(*database_, {}, now_, {});
  EXPECT_EQ(pruned.texts + pruned.revisions + pruned.messages, 0U);
  EXPECT_EQ(find("vanhasana").size(), 1U);
}

TEST_F(PruneTest, AnEntryWithoutItsTextKeepsItsTagsWhenRulesChange) {
  prune(*database_, year_, now_, {});
  TagStore tags(*database_);
  tags.use_rules("other rules", true);
  const auto waiting = tags.next(10);
  ASSERT_EQ(waiting.size(), 1U);
  EXPECT_EQ(waiting.front().title.view(), "Kotihoito muuttuu: uusi");
}

TEST_F(PruneTest, AnEntryThatStillComesIsNotNewAgain) {
  prune(*database_, year_, now_, {});
  auto entry =
      samples::entry("vanha", "Kotihoito muuttuu: vanha", "Aluehallitus päätti asiasta, sana vanhasana.", start() + 1h);
  const StoreReport report = samples::store(*database_, "pirha", now_, {entry});
  EXPECT_EQ(report.new_entries + report.revised, 0U);
}

TEST_F(PruneTest, VersionsGoByTheTimeOfTheEdit) {
  auto entry = samples::entry("vanha", "Kotihoito muuttuu: vanha", "Aluehallitus päätti toisin.", start() + 2h);
  samples::store(*database_, "pirha", start() + 2h, {entry});
  PruneRules rules{{}, base::Seconds(24h * 365), {}};
  EXPECT_EQ(prune(*database_, rules, start() + 24h * 100, {}).revisions, 0U);
  EXPECT_EQ(prune(*database_, rules, now_, {}).revisions, 1U);
  EXPECT_EQ(find("vanha").size(), 1U);
  EXPECT_TRUE(check_archive(*database_).empty());
}

TEST_F(PruneTest, VacuumLeavesTheArchiveWhole) {
  prune(*database_, year_, now_, {});
  vacuum(*database_);
  EXPECT_TRUE(check_archive(*database_).empty());
  EXPECT_EQ(find("uusisana").size(), 1U);
}

}  // namespace
}  // namespace sotevahti::archive
