#include "archive/tag_store.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "archive/maintenance.h"
#include "archive/search.h"
#include "samples.h"

namespace sotevahti::archive {
namespace {

using namespace std::chrono_literals;
using samples::deadline;
using samples::start;
using tag::DeadlineKind;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class TagStoreTest : public testing::Test {
 protected:
  TagStoreTest() {
    TagStore(*database_).use_rules("rules 1");
    samples::introduce(*database_, "pirha", start());
  }

  // So many entries, of pirkanmaa and talous; one an hour.
  void add(int count) {
    std::vector<IncomingEntry> entries;
    for (int i = 0; i < count; ++i) {
      const std::string number = std::to_string(i);
      auto entry = samples::entry("item-" + number, "Kotihoito muuttuu " + number,
                                  "Aluehallitus päätti kotihoidosta kokouksessaan " + number + ".", start() - 1h * i);
      samples::tag_with(entry, {"pirkanmaa"}, {"rahoitus"});
      entries.push_back(std::move(entry));
    }
    samples::store(*database_, "pirha", start() + 1h, std::move(entries));
  }

  // Rules by which every entry is of lappi and hyte.
  static std::vector<RetaggedEntry> of_lappi(const std::vector<UntaggedEntry>& entries) {
    std::vector<RetaggedEntry> retagged;
    for (const auto& entry : entries) {
      RetaggedEntry made{entry.id, entry.content_hash, {}, entry.signature};
      made.tags.language = entry.language;
      made.tags.areas.push_back({"lappi", 1.5, {}});
      made.tags.topics.push_back({"hyte", 1.5, {}});
      retagged.push_back(std::move(made));
    }
    return retagged;
  }

  std::vector<EntryId> found(const std::string& filter) {
    const auto parsed = parse_filter(filter);
    EXPECT_TRUE(parsed.has_value());
    Page page;
    page.limit = 1000;
    std::vector<EntryId> ids;
    for (const auto& entry : Search(*database_, samples::taxonomy(), start() + 2h).find(*parsed, page).entries)
      ids.push_back(entry.id);
    return ids;
  }
  void reopen() {
    database_.reset();
    database_ = samples::open(file_);
  }

  test_support::TempFolder folder_;
  std::filesystem::path file_ = folder_.path() / "archive.db";
  std::unique_ptr<Database> database_ = samples::open(file_);
};

TEST_F(TagStoreTest, NothingWaitsForTheRulesThatWereUsed) {
  add(3);
  TagStore tags(*database_);
  EXPECT_FALSE(tags.waiting());
  tags.use_rules("rules 1");
  EXPECT_FALSE(tags.waiting());
  EXPECT_EQ(tags.changes().version, "");
}

TEST_F(TagStoreTest, OtherRulesMakeEveryEntryWait) {
  add(5);
  TagStore tags(*database_);
  tags.use_rules("rules 2");
  ASSERT_TRUE(tags.waiting());
  EXPECT_EQ(tags.waiting()->entries, 5U);
  EXPECT_EQ(tags.waiting()->of, 5U);
  EXPECT_THAT(tags.next(3), SizeIs(3));
}

TEST_F(TagStoreTest, AnEmptyArchiveHasNothingToTag) {
  test_support::TempFolder folder;
  const auto empty = samples::open(folder.path() / "empty.db");
  TagStore(*empty).use_rules("rules 2");
  EXPECT_FALSE(TagStore(*empty).waiting());
}

TEST_F(TagStoreTest, AKillBetweenTwoStepsLosesAndRepeatsNothing) {
  add(10);
  TagStore(*database_).use_rules("rules 2");
  std::vector<EntryId> seen;
  for (int kills = 0; TagStore(*database_).waiting(); ++kills) {
    ASSERT_LT(kills, 10);
    TagStore tags(*database_);
    const auto step = tags.next(3);
    for (const auto& entry : step) seen.push_back(entry.id);
    tags.write(of_lappi(step));
    reopen();
    TagStore(*database_).use_rules("rules 2");
  }
  EXPECT_THAT(seen, SizeIs(10));
  EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
  EXPECT_EQ(std::adjacent_find(seen.begin(), seen.end()), seen.end());
  EXPECT_THAT(found("area:lappi story:all"), SizeIs(10));
  EXPECT_THAT(found("area:pirkanmaa story:all"), IsEmpty());
  EXPECT_THAT(check_archive(*database_), IsEmpty());
  const TagChanges changes = TagStore(*database_).changes();
  EXPECT_EQ(changes.version, "rules 2");
  EXPECT_EQ(changes.entries, 10U);
  EXPECT_EQ(changes.changed, 10U);
  EXPECT_EQ(changes.tags.at("area:lappi").added, 10U);
  EXPECT_EQ(changes.tags.at("area:pirkanmaa").removed, 10U);
  EXPECT_EQ(changes.tags.at("topic:hyte").added, 10U);
  EXPECT_EQ(changes.tags.at("topic:rahoitus").removed, 10U);
}

TEST_F(TagStoreTest, AStepThatWasNotWrittenIsDoneAgain) {
  add(4);
  TagStore tags(*database_);
  tags.use_rules("rules 2");
  const auto lost = tags.next(2);
  EXPECT_EQ(tags.next(2).front().id, lost.front().id);
  EXPECT_EQ(tags.changes().entries, 0U);
}

TEST_F(TagStoreTest, OtherRulesInTheMiddleBeginAnew) {
  add(4);
  TagStore tags(*database_);
  tags.use_rules("rules 2");
  tags.write(of_lappi(tags.next(3)));
  tags.use_rules("rules 1");  // taken back: three entries are of rules 2 already
  EXPECT_EQ(tags.waiting()->entries, 4U);
  EXPECT_EQ(tags.changes().entries, 0U);
}

TEST_F(TagStoreTest, AnewTagsThemAllAndGoesOnAfterAKill) {
  add(4);
  TagStore(*database_).use_rules("rules 1", true);
  EXPECT_EQ(TagStore(*database_).waiting()->entries, 4U);
  TagStore(*database_).write(of_lappi(TagStore(*database_).next(3)));
  reopen();
  TagStore(*database_).use_rules("rules 1", true);
  EXPECT_EQ(TagStore(*database_).waiting()->entries, 1U);
}

TEST_F(TagStoreTest, WhatStaysTheSameIsNoChange) {
  add(2);
  TagStore tags(*database_);
  tags.use_rules("rules 2");
  auto same = of_lappi(tags.next(10));
  for (auto& entry : same) {
    entry.tags.areas = {{"pirkanmaa", 1.2, {}}};
    entry.tags.topics = {{"rahoitus", 1.2, {}}};
  }
  tags.write(same);
  tags.write({});
  EXPECT_FALSE(tags.waiting());
  EXPECT_EQ(tags.changes().entries, 2U);
  EXPECT_EQ(tags.changes().changed, 0U);
  EXPECT_THAT(tags.changes().tags, IsEmpty());
}

TEST_F(TagStoreTest, AnEntryThatWasEditedMeanwhileKeepsItsNewTags) {
  add(1);
  TagStore tags(*database_);
  tags.use_rules("rules 2");
  const auto stale = of_lappi(tags.next(10));
  auto edited = samples::entry("item-0", "Kotihoito uudistuu", "Aluehallitus päätti kotihoidosta toisin.", start());
  samples::tag_with(edited, {"kainuu"});
  samples::store(*database_, "pirha", start() + 2h, {edited});
  tags.write(stale);
  EXPECT_THAT(found("area:kainuu"), SizeIs(1));
  EXPECT_THAT(found("area:lappi"), IsEmpty());
}

TEST_F(TagStoreTest, ALanguageThatWasWrongIsFoundByItsWords) {
  auto swedish = samples::entry("sv-1", "Bidragen", "Områdena får bidragen.", start(), "en");
  samples::store(*database_, "pirha", start() + 1h, {swedish});
  ASSERT_THAT(found("lang:sv"), IsEmpty());
  TagStore tags(*database_);
  tags.use_rules("rules 2");
  auto right = of_lappi(tags.next(10));
  right.at(0).tags.language = "sv";
  tags.write(right);
  EXPECT_THAT(found("lang:sv bidrag"), SizeIs(1));
  EXPECT_EQ(tags.changes().tags.at("lang:sv").added, 1U);
  EXPECT_EQ(tags.changes().tags.at("lang:en").removed, 1U);
  EXPECT_THAT(check_archive(*database_), IsEmpty());
}

class RetaggedDeadlines : public TagStoreTest {
 protected:
  // One entry with these deadlines is tagged anew with those.
  std::vector<StoredDeadline> retag(std::vector<tag::Deadline> before, std::vector<tag::Deadline> after) {
    auto entry = samples::entry("haku", "Avustusten haku", "Haku päättyy pian.", start());
    entry.tags.deadlines = std::move(before);
    samples::store(*database_, "pirha", start() + 1h, {entry});
    return retag(std::move(after));
  }
  std::vector<StoredDeadline> retag(std::vector<tag::Deadline> after) {
    TagStore tags(*database_);
    tags.use_rules("rules " + std::to_string(++rules_));
    auto made = of_lappi(tags.next(10));
    made.at(0).tags.deadlines = std::move(after);
    tags.write(made);
    tags.write({});
    return Search(*database_, samples::taxonomy(), start()).entry(made.at(0).id)->summary.deadlines;
  }
  int rules_ = 1;
};

TEST_F(RetaggedDeadlines, AreCorrectedWithoutAHistory) {
  const auto now = retag({deadline(DeadlineKind::grant, 2026, 3, 1)}, {deadline(DeadlineKind::grant, 2026, 3, 31)});
  ASSERT_THAT(now, SizeIs(1));
  EXPECT_EQ(now[0].deadline.closes, std::chrono::year(2026) / 3 / 31);
  EXPECT_FALSE(now[0].moved_from);
  EXPECT_EQ(TagStore(*database_).changes().tags.at("deadline:grant").added, 1U);
  EXPECT_EQ(TagStore(*database_).changes().tags.at("deadline:grant").removed, 1U);
  EXPECT_THAT(found("has:deadline"), SizeIs(1));
}

TEST_F(RetaggedDeadlines, ThatAreNoneAnyMoreAreGone) {
  EXPECT_THAT(retag({deadline(DeadlineKind::event, 2026, 3, 1)}, {}), IsEmpty());
  EXPECT_THAT(found("has:deadline"), IsEmpty());
}

TEST_F(RetaggedDeadlines, OfThePlatformStay) {
  auto declared = deadline(DeadlineKind::consultation, 2026, 4, 1);
  declared.evidence.field = tag::Field::feed;
  const auto now = retag({declared}, {deadline(DeadlineKind::event, 2026, 4, 1)});
  ASSERT_THAT(now, SizeIs(1));
  EXPECT_EQ(now[0].deadline.kind, DeadlineKind::consultation);
}

TEST_F(RetaggedDeadlines, MayBeOfAnotherKind) {
  const auto now =
      retag({deadline(DeadlineKind::application, 2026, 3, 1)}, {deadline(DeadlineKind::grant, 2026, 3, 1)});
  ASSERT_THAT(now, SizeIs(1));
  EXPECT_EQ(now[0].deadline.kind, DeadlineKind::grant);
  EXPECT_EQ(TagStore(*database_).changes().tags.at("deadline:grant").added, 1U);
  EXPECT_EQ(TagStore(*database_).changes().tags.at("deadline:application").removed, 1U);
}

TEST_F(RetaggedDeadlines, OfOneDayKeepTheirKinds) {
  const auto old = deadline(DeadlineKind::event, 2026, 3, 1);
  const auto before = retag({old}, {old});
  ASSERT_THAT(before, SizeIs(1));
  const auto now = retag({deadline(DeadlineKind::grant, 2026, 3, 1), old});
  ASSERT_THAT(now, SizeIs(2));
  for (const auto& each : now)
    EXPECT_EQ(each.deadline.kind == DeadlineKind::event, each.id == before[0].id) << "the event is the one it was";
}

TEST_F(RetaggedDeadlines, ThatMovedStayMoved) {
  auto entry = samples::entry("haku", "Avustusten haku", "Haku päättyy 1.3.", start());
  entry.tags.deadlines = {deadline(DeadlineKind::grant, 2026, 3, 1)};
  samples::store(*database_, "pirha", start() + 1h, {entry});
  auto edited = samples::entry("haku", "Avustusten haku", "Haku päättyy 15.3.", start());
  edited.tags.deadlines = {deadline(DeadlineKind::grant, 2026, 3, 15)};
  samples::store(*database_, "pirha", start() + 2h, {edited});
  // Whether the text says the new day or, as of one that another entry extended, the old.
  for (const unsigned day : {15U, 1U}) {
    const auto now = retag({deadline(DeadlineKind::grant, 2026, 3, day)});
    ASSERT_THAT(now, SizeIs(1));
    EXPECT_EQ(now[0].deadline.closes, std::chrono::year(2026) / 3 / 15);
    EXPECT_EQ(now[0].moved_from, std::chrono::year(2026) / 3 / 1);
  }
}

}  // namespace
}  // namespace sotevahti::archive
