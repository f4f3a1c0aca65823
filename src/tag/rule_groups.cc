#include "tag/rule_groups.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <numeric>
#include <span>
#include <utility>

namespace sotevahti::tag {
namespace {

// What a rule is worth where it is met; 1 tells the group.
double worth(RuleRole role, Field field) {
  const bool in_title = field == Field::title;
  switch (role) {
    case RuleRole::strong: return in_title ? 1.6 : 1.0;
    case RuleRole::with: return 1.5;
    case RuleRole::title: return in_title ? 1.0 : 0.5;
    case RuleRole::weak: return in_title ? 0.75 : 0.5;
    case RuleRole::besides:
    case RuleRole::except: return 0;
  }
  return 0;
}

// The first sentence says what the entry is about; what stands deep in a long text hardly does.
double depth_factor(const Word& word, std::uint32_t lead) {
  constexpr std::uint32_t beginning = 600;
  constexpr std::uint32_t middle = 2000;
  if (word.field != Field::text || word.sentence == lead) return 1.0;
  if (word.token.begin < beginning) return 0.7;
  return word.token.begin < middle ? 0.5 : 0.35;
}

// "Päivystyskäynti" speaks of the päivystys, but less than "yöpäivystys".
double beginning_factor(const Hit& hit, Field field) {
  if (!hit.beginning) return 1.0;
  return field == Field::title ? 0.75 : 0.6;
}

constexpr double again = 0.3;  // a rule met a second time

}  // namespace

std::string NamedRule::label() const {
  switch (role) {
    case RuleRole::strong: return fmt::format("strong: {}", term);
    case RuleRole::title: return fmt::format("title: {}", term);
    case RuleRole::weak: return fmt::format("weak: {}", term);
    case RuleRole::with: return fmt::format("with {}: {}", other, term);
    case RuleRole::besides:
    case RuleRole::except: break;
  }
  return std::string(term);
}

RuleGroups::RuleGroups(const std::vector<config::Topic>& groups, const std::vector<config::WordSet>& sets,
                       RuleIndex& index, bool reads_publisher)
    : groups_(groups), reads_publisher_(reads_publisher) {
  Uses uses;
  for (std::uint32_t group = 0; group < groups.size(); ++group)
    for (const config::TopicRules& rules : groups[group].rules)
      if (rules.lang == index.lang()) add_rules(group, rules, sets, index, uses);
  uses_ = Rows(index.patterns(), uses);
}

void RuleGroups::add_rules(std::uint32_t group, const config::TopicRules& rules,
                           const std::vector<config::WordSet>& sets, RuleIndex& index, Uses& uses) {
  const auto add = [&](const std::string& term, RuleRole role, std::string_view other = {}, PatternId besides = 0) {
    const auto pattern = parse_pattern(term, sets);
    if (!pattern) return PatternId{0};  // named at start by the rules' check
    const PatternId id = index.add(*pattern);
    uses.emplace_back(id, Use{group, role, static_cast<std::uint32_t>(rules_.size())});
    rules_.push_back(Rule{{role, term, other}, besides});
    return id;
  };
  for (const std::string& term : rules.strong) add(term, RuleRole::strong);
  for (const std::string& term : rules.title) add(term, RuleRole::title);
  for (const std::string& term : rules.weak) add(term, RuleRole::weak);
  for (const std::string& term : rules.except) add(term, RuleRole::except);
  for (const auto& [term, other] : rules.with) add(term, RuleRole::with, other, add(other, RuleRole::besides));
}

// The score of one group in one entry.
class RuleGroups::Scoring {
 public:
  struct Candidate {
    const Hit* hit = nullptr;
    Use use;
  };

  Scoring(const RuleGroups& groups, const EntryText& text, const Marks& marks)
      : groups_(groups), text_(text), marks_(marks), lead_(text.lead()) {}

  // `candidates` and `excepted` are all of this group.
  GroupFinding score(const config::Topic& group, std::span<const Candidate> candidates,
                     std::span<const Candidate> excepted, const std::vector<bool>& met) {
    GroupFinding finding{&group, 0, 0, {}};
    weighed_.clear();
    for (const Candidate& c : candidates) {
      const Rule& rule = groups_.rules_[c.use.rule];
      if (c.use.role == RuleRole::with && !met[rule.besides]) continue;
      const Word& word = text_.words()[c.hit->spans[0].first];
      const double weight =
          worth(c.use.role, word.field) * depth_factor(word, lead_) * beginning_factor(*c.hit, word.field);
      std::string why_not = reason_not_to_count(*c.hit, word, excepted);
      if (why_not.empty()) weighed_.push_back({c.hit, c.use.rule, weight, weighed_.size()});
      else finding.met.push_back({c.hit->spans[0], rule.named, 0, std::move(why_not)});
    }
    // Of one weight the first stays first: hits stand in their order.
    std::sort(weighed_.begin(), weighed_.end(), [](const Weighed& a, const Weighed& b) {
      return a.weight != b.weight ? a.weight > b.weight : a.place < b.place;
    });
    add_up(finding);
    return finding;
  }

 private:
  struct Weighed {
    const Hit* hit;
    std::uint32_t rule;
    double weight;
    std::size_t place;
  };

  std::string reason_not_to_count(const Hit& hit, const Word& word, std::span<const Candidate> excepted) const {
    const std::size_t first = hit.spans[0].first;
    if (word.field != Field::publisher && first >= marks_.end_of_text()) return "stands behind the end of the text";
    if (marks_.in_sentence(Mark::boilerplate, first)) return "is the publisher's description of itself";
    for (const Candidate& except : excepted)
      for (std::size_t i = 0; i < except.hit->count; ++i)
        for (std::size_t j = 0; j < hit.count; ++j)
          if (except.hit->spans[i].touches(hit.spans[j]))
            return "stands in \"" + text_.evidence(except.hit->spans[i], {}).words + "\", which is left out";
    return {};
  }

  // A word counts once, by its best rule.
  void add_up(GroupFinding& finding) const {
    constexpr std::size_t most_counted = 24;
    std::vector<Span> used;
    std::vector<std::uint32_t> rules;
    std::vector<RuleMet> counted;
    for (const Weighed& w : weighed_) {
      if (counted.size() == most_counted) break;
      if (is_used(*w.hit, used)) continue;
      const bool is_again = std::find(rules.begin(), rules.end(), w.rule) != rules.end();
      if (!is_again) rules.push_back(w.rule);
      const double weight = is_again ? w.weight * again : w.weight;
      finding.score += weight;
      if (text_.words()[w.hit->spans[0].first].field == Field::title) finding.in_title += weight;
      for (std::size_t i = 0; i < w.hit->count; ++i) {
        used.push_back(w.hit->spans[i]);
        counted.push_back({w.hit->spans[i], groups_.rules_[w.rule].named, weight, {}});
      }
    }
    finding.met.insert(finding.met.begin(), std::make_move_iterator(counted.begin()),
                       std::make_move_iterator(counted.end()));
  }

  static bool is_used(const Hit& hit, const std::vector<Span>& used) {
    for (std::size_t i = 0; i < hit.count; ++i)
      for (const Span& span : used)
        if (span.touches(hit.spans[i])) return true;
    return false;
  }

  const RuleGroups& groups_;
  const EntryText& text_;
  const Marks& marks_;
  std::uint32_t lead_;
  std::vector<Weighed> weighed_;  // of the group at hand
};

namespace {

// Candidates of all groups, gathered one by one and then given out by group.
template <class Candidate>
class ByGroup {
 public:
  explicit ByGroup(std::size_t groups) : counts_(groups) {}

  void add(const Candidate& candidate) {
    // A hostile text repeats a word thousands of times: the first hundreds say all.
    constexpr std::size_t most_of_a_group = 300;
    if (counts_[candidate.use.group] == most_of_a_group) return;
    ++counts_[candidate.use.group];
    all_.push_back(candidate);
  }
  // Now all are there: each to its group, in the order they came.
  void settle() {
    std::vector<std::size_t> places(counts_.size());
    std::exclusive_scan(counts_.begin(), counts_.end(), places.begin(), std::size_t{0});
    sorted_.resize(all_.size());
    for (const Candidate& candidate : all_) sorted_[places[candidate.use.group]++] = candidate;
  }
  // Of the next group, from the first one on.
  std::span<const Candidate> next() {
    const std::size_t count = counts_[group_++];
    return std::span(sorted_).subspan(std::exchange(given_, given_ + count), count);
  }

 private:
  std::vector<std::size_t> counts_;
  std::vector<Candidate> all_, sorted_;
  std::size_t group_ = 0;
  std::size_t given_ = 0;
};

}  // namespace

std::vector<GroupFinding> RuleGroups::find(const EntryText& text, const Marks& marks,
                                           const std::vector<Hit>& hits) const {
  ByGroup<Scoring::Candidate> candidates(groups_.size());
  ByGroup<Scoring::Candidate> excepted(groups_.size());
  std::vector<bool> met(uses_.size());
  for (const Hit& hit : hits) {
    if (hit.pattern >= uses_.size()) continue;
    const auto uses = uses_[hit.pattern];
    if (uses.empty()) continue;
    met[hit.pattern] = true;
    const bool in_publisher = text.words()[hit.spans[0].first].field == Field::publisher;
    if (in_publisher && !reads_publisher_) continue;
    for (const Use& use : uses) {
      if (use.role == RuleRole::besides) continue;
      (use.role == RuleRole::except ? excepted : candidates).add({&hit, use});
    }
  }
  candidates.settle();
  excepted.settle();
  std::vector<GroupFinding> findings;
  Scoring scoring(*this, text, marks);
  for (const config::Topic& group : groups_) {
    const auto of_group = candidates.next();
    const auto left_out = excepted.next();
    if (!of_group.empty()) findings.push_back(scoring.score(group, of_group, left_out, met));
  }
  return findings;
}

}  // namespace sotevahti::tag
