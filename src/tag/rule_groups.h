// Rules in groups, as topics and relevance have them: what an entry's words score in
// each group, by which rules, and what was left out. Pure once built; any thread.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "config/taxonomy.h"
#include "tag/context.h"
#include "tag/entry_text.h"
#include "tag/rows.h"
#include "tag/rule_walk.h"
#include "tag/tags.h"

namespace sotevahti::tag {

enum class RuleRole : std::uint8_t { strong, title, weak, with, besides, except };

// A rule of the groups, as it stands there.
struct NamedRule {
  RuleRole role = RuleRole::strong;
  std::string_view term;
  std::string_view other;  // of `with`: what must be in the entry too

  std::string label() const;  // "strong: järjestöavustus"
};

// A rule that was met, and what it was worth.
struct RuleMet {
  Span span;
  NamedRule rule;
  double weight = 0;  // 0: did not count
  std::string why_not;
};

struct GroupFinding {
  const config::Topic* group = nullptr;
  double score = 0;
  double in_title = 0;       // of the score
  std::vector<RuleMet> met;  // what counted first
};

class RuleGroups {
 public:
  // Adds the groups' rules of the index's language to it. `groups` must outlive this.
  RuleGroups(const std::vector<config::Topic>& groups, const std::vector<config::WordSet>& sets, RuleIndex& index,
             bool reads_publisher);

  // Groups of which any rule was met, in the order of the taxonomy.
  std::vector<GroupFinding> find(const EntryText& text, const Marks& marks, const std::vector<Hit>& hits) const;

 private:
  struct Use {
    std::uint32_t group = 0;
    RuleRole role = RuleRole::strong;
    std::uint32_t rule = 0;
  };
  struct Rule {
    NamedRule named;
    PatternId besides = 0;  // the pattern of what must be in the entry too
  };
  using Uses = std::vector<std::pair<PatternId, Use>>;
  class Scoring;

  void add_rules(std::uint32_t group, const config::TopicRules& rules, const std::vector<config::WordSet>& sets,
                 RuleIndex& index, Uses& uses);

  const std::vector<config::Topic>& groups_;
  bool reads_publisher_;
  std::vector<Rule> rules_;
  Rows<Use> uses_;  // of a pattern
};

}  // namespace sotevahti::tag
