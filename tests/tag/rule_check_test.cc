#include "tag/rule_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tagging.h"

namespace sotevahti::tag::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

std::vector<std::string> complaints(std::string lang, std::vector<std::string> strong) {
  config::Taxonomy taxonomy;
  config::Topic topic;
  topic.id = "hyte";
  topic.file = "topics.toml";
  topic.rules.emplace_back();
  topic.rules[0].lang = std::move(lang);
  topic.rules[0].strong = std::move(strong);
  topic.rules[0].line = 7;
  taxonomy.topics.push_back(topic);
  return check_rules(taxonomy, lexicon());
}

TEST(RuleCheck, OurOwnRulesAreSound) { EXPECT_THAT(check_rules(taxonomy(), lexicon()), IsEmpty()); }

TEST(RuleCheck, NamesFileLineAndWhatToWrite) {
  EXPECT_THAT(complaints("fi", {"rokotuksen"}),
              ElementsAre(AllOf(StartsWith("topics.toml:7: hyte: \"rokotuksen\""), HasSubstr("can never match"),
                                HasSubstr("write \"rokotus\" or \"=rokotuksen\""))));
}

TEST(RuleCheck, NamesWhatIsNoWord) {
  EXPECT_THAT(complaints("fi", {"palvelu.fi"}), ElementsAre(HasSubstr("is never one word of a text")));
  EXPECT_THAT(complaints("fi", {"@nothing"}), ElementsAre(HasSubstr("no set is named")));
}

TEST(RuleCheck, SetsThatNameTheirLanguage) {
  config::Taxonomy taxonomy;
  taxonomy.sets = {{"venue_fi", {"seminaarissa"}, "context.toml", 3},
                   {"boilerplate", {"seminaarissa"}, "topics.toml", 4}};
  EXPECT_THAT(check_rules(taxonomy, lexicon()),
              ElementsAre(StartsWith("context.toml:3: set venue_fi: \"seminaarissa\"")));
}

TEST(RuleCheck, KnowsNoUnknownWords) { EXPECT_THAT(complaints("fi", {"mieppi", "rokotus", "=rokotuksen"}), IsEmpty()); }

}  // namespace
}  // namespace sotevahti::tag::testing
