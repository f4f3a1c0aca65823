#include "tag/rule_walk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tag/entry_text.h"
#include "tagging.h"

namespace sotevahti::tag {
namespace {

// Rules by number, and a text to look for them in.
class Rules {
 public:
  explicit Rules(std::vector<std::string> terms, std::string lang = "fi") : index_(lang) {
    for (const std::string& term : terms) ids_.push_back(index_.add(parse_pattern(term, {}).value()));
    index_.close();
  }

  // The terms met, each once, by their place in the list.
  std::vector<std::size_t> met(std::string_view text) {
    std::vector<std::size_t> found;
    for (const Hit& hit : hits(text))
      for (std::size_t i = 0; i < ids_.size(); ++i)
        if (ids_[i] == hit.pattern && std::find(found.begin(), found.end(), i) == found.end()) found.push_back(i);
    std::sort(found.begin(), found.end());
    return found;
  }

  std::vector<Hit> hits(std::string_view text) {
    static const Gazetteer gazetteer(testing::taxonomy(), testing::lexicon());
    FormTable forms(index_, gazetteer, testing::lexicon(), 1 << 20);
    Subject subject;
    subject.text = text;
    return RuleWalk(index_).find(EntryText(subject, index_.lang(), forms).indexed());
  }

 private:
  RuleIndex index_;
  std::vector<PatternId> ids_;
};

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(RuleIndex, MeetsInflectionsAndCompounds) {
  Rules rules({"avustus"});
  EXPECT_THAT(rules.met("Avustuksista päätettiin"), ElementsAre(0));
  EXPECT_THAT(rules.met("järjestöavustusten haku"), ElementsAre(0));
  EXPECT_THAT(rules.met("avustaja auttaa"), IsEmpty());
}

TEST(RuleIndex, ACompoundWithinACompound) {
  EXPECT_THAT(Rules({"terveydenhuolto"}).met("perusterveydenhuoltoon"), ElementsAre(0));
}

TEST(RuleIndex, TellsWhatACompoundOnlyBeginsWith) {
  Rules rules({"päivystys"});
  EXPECT_TRUE(rules.hits("päivystyskäynti").at(0).beginning);
  EXPECT_FALSE(rules.hits("yöpäivystys").at(0).beginning);
}

TEST(RuleIndex, PhrasesStandInOrder) {
  Rules rules({"hallitus esitys"});
  EXPECT_THAT(rules.met("Hallituksen esityksessä todetaan"), ElementsAre(0));
  EXPECT_THAT(rules.met("Esitys hallitukselle"), IsEmpty());
}

TEST(RuleIndex, PartsStandInOneSentenceInAnyOrder) {
  Rules rules({"sulkea ... terveysasema"});
  EXPECT_THAT(rules.met("Terveysasema aiotaan sulkea."), ElementsAre(0));
  EXPECT_THAT(rules.met("Kunta sulkee kirjaston. Terveysasema jää."), IsEmpty());
}

TEST(RuleIndex, PartsAreWordsOfTheirOwn) {
  EXPECT_THAT(Rules({"avustus ... järjestöavustus"}).met("Järjestöavustus maksettiin."), IsEmpty());
}

TEST(RuleIndex, ExactForms) {
  Rules rules({"=HUS", "=ruotsiksi"});
  EXPECT_THAT(rules.met("HUS palvelee Ruotsiksi"), ElementsAre(0, 1));
  EXPECT_THAT(rules.met("Hus ruotsia"), IsEmpty());
}

TEST(RuleIndex, BeginningsAndEndingsInSwedish) {
  Rules rules({"barnskydd*", "*vård"}, "sv");
  EXPECT_THAT(rules.met("Barnskyddsanmälningarna ökar"), ElementsAre(0));
  EXPECT_THAT(rules.met("Äldrevården får mer pengar"), ElementsAre(1));
  EXPECT_THAT(rules.met("Vårdö kommun"), IsEmpty());
}

TEST(RuleIndex, EnglishPlurals) { EXPECT_THAT(Rules({"county"}, "en").met("Both counties agreed"), ElementsAre(0)); }

TEST(RuleIndex, UnfinishedCompounds) {
  EXPECT_THAT(Rules({"sosiaalihuolto"}).met("sosiaali- ja terveydenhuollon johtaja"), ElementsAre(0));
}

TEST(RuleIndex, NumbersAndPlaces) {
  Rules rules({"# hyvinvointialue", "{place} ja hyvinvointialue"});
  EXPECT_THAT(rules.met("Kaikki 21 hyvinvointialuetta"), ElementsAre(0));
  EXPECT_THAT(rules.met("Tampere ja hyvinvointialue sopivat"), ElementsAre(1));
}

TEST(RuleIndex, TheSameRuleIsAddedOnce) {
  RuleIndex index("fi");
  const auto pattern = parse_pattern("avustus ... haku", {}).value();
  EXPECT_EQ(index.add(pattern), index.add(pattern));
  EXPECT_NE(index.add(pattern), index.add(parse_pattern("avustus", {}).value()));
}

TEST(RuleIndex, BoundsItsHits) {
  Rules rules({"hoito", "hoito ... hoito"});
  std::string text;
  for (int i = 0; i < 50000; ++i) text += "hoito ";
  EXPECT_LE(rules.hits(text).size(), RuleWalk::most_hits);
}

}  // namespace
}  // namespace sotevahti::tag
