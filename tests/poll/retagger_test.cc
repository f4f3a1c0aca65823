#include "poll/retagger.h"

#include <gmock/gmock.h>

#include "support/temp_folder.h"

namespace sotevahti::poll {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;

const config::Taxonomy& taxonomy() {
  static const auto loaded = config::load_taxonomy({});
  return *loaded;
}

using Entries = std::vector<archive::UntaggedEntry>;

archive::UntaggedEntry entry(const std::string& feed, const std::string& title, const std::string& text) {
  archive::UntaggedEntry made;
  made.id = 7;
  made.content_hash = 42;
  made.feed_id = feed;
  made.publisher = "Pirkanmaan hyvinvointialue";
  made.language = "fi";
  made.title = text::PlainText::from(title);
  made.text = text::PlainText::from(text);
  made.when = base::from_unix(1771581600);
  return made;
}

class RetaggerTest : public testing::Test {
 protected:
  config::Catalogue catalogue_;
  std::unique_ptr<Retagger> retagger_ = *Retagger::make(taxonomy(), catalogue_, std::size_t{4} << 20);
};

TEST_F(RetaggerTest, TagsByThePresentRules) {
  const auto retagged = retagger_->retag(Entries{entry("pirha", "Järjestöavustusten haku avautuu Tampereella",
                                                       "Hakemukset on jätettävä viimeistään 15.3.2026 kello 16.")});
  ASSERT_EQ(retagged.size(), 1U);
  EXPECT_EQ(retagged[0].id, 7);
  EXPECT_EQ(retagged[0].content_hash, 42U);
  EXPECT_THAT(retagged[0].tags.areas, ElementsAre(Field(&tag::Tag::id, "pirkanmaa")));
  EXPECT_THAT(retagged[0].tags.topics, ElementsAre(Field(&tag::Tag::id, "jarjestoavustukset")));
  ASSERT_EQ(retagged[0].tags.deadlines.size(), 1U);
  EXPECT_EQ(retagged[0].tags.deadlines[0].kind, tag::DeadlineKind::grant);
  EXPECT_FALSE(retagged[0].signature);
}

TEST_F(RetaggerTest, SignsAnewWhatOnlyTheOldSignatureKnew) {
  auto known = entry("pirha", "Järjestöavustusten haku avautuu Tampereella", "Haku on auki.");
  known.signature.emplace();
  known.signature->platform_id = "stt:70812345";
  known.signature->official = true;
  const auto retagged = retagger_->retag(Entries{known});
  ASSERT_TRUE(retagged.at(0).signature);
  EXPECT_EQ(retagged[0].signature->platform_id, "stt:70812345");
  EXPECT_TRUE(retagged[0].signature->official);
  EXPECT_THAT(retagged[0].signature->areas, ElementsAre("pirkanmaa"));
}

TEST(Retagging, SaysWhatChanged) {
  archive::TagChanges changes;
  changes.entries = 512;
  changes.changed = 14;
  changes.tags["area:lappi"] = {3, 1};
  changes.tags["topic:hyte"] = {10, 0};
  EXPECT_EQ(in_words(changes), "tags: 512 entries looked at, 14 changed: area:lappi +3 -1, topic:hyte +10");
}

}  // namespace
}  // namespace sotevahti::poll
