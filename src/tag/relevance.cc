#include "tag/relevance.h"

#include <algorithm>

namespace sotevahti::tag {
namespace {

constexpr double most_of_a_kind = 3.0;
constexpr std::size_t most_evidence = 8;

const GroupFinding* find(const std::vector<GroupFinding>& groups, std::string_view id) {
  const auto found = std::find_if(groups.begin(), groups.end(), [&](const auto& g) { return g.group->id == id; });
  return found == groups.end() ? nullptr : &*found;
}

double score_of(const GroupFinding* finding) {
  return finding == nullptr ? 0 : std::min(finding->score, most_of_a_kind);
}

// What tells a topic speaks for the field too, that of a topic of this field alone most of all.
double score_of_topics(const std::vector<GroupFinding>& topics, const std::vector<std::string>& field_topics) {
  constexpr double weight_of_any = 0.4;
  constexpr double weight_of_field = 0.6;
  double best = 0, best_of_field = 0;
  for (const GroupFinding& topic : topics) {
    best = std::max(best, topic.score);
    if (std::find(field_topics.begin(), field_topics.end(), topic.group->id) != field_topics.end())
      best_of_field = std::max(best_of_field, topic.score);
  }
  return weight_of_any * std::min(best, most_of_a_kind) + weight_of_field * std::min(best_of_field, most_of_a_kind);
}

// A county's brand, a hospital, a rescue department: as publisher most of all.
double score_of_organisations(const std::vector<Mention>& mentions) {
  double score = 0;
  for (const Mention& mention : mentions) {
    if (!mention.name->organisation) continue;
    if (mention.field == Field::publisher) score = std::max(score, 2.0);
    if (mention.counts) score = std::max(score, mention.field == Field::title ? 1.5 : 1.0);
  }
  return score;
}

// The words of care are the same where animals are cared for, or people of other countries: what says so, where nothing
// of ours is named beside it.
std::vector<const GroupFinding*> care_of_others(const std::vector<GroupFinding>& groups, const AreaFindings& areas) {
  std::vector<const GroupFinding*> others;
  if (areas.publisher.is_of_field || score_of(find(groups, "ours")) > 0) return others;
  const bool names_a_place = std::any_of(areas.mentions.begin(), areas.mentions.end(), [](const Mention& mention) {
    return mention.counts && mention.field != Field::publisher;
  });
  if (const GroupFinding* animals = find(groups, "animals")) others.push_back(animals);
  if (const GroupFinding* abroad = find(groups, "abroad"); abroad != nullptr && !names_a_place)
    others.push_back(abroad);
  return others;
}

void add_evidence(const EntryText& text, const GroupFinding* finding, std::vector<Evidence>& to) {
  if (finding == nullptr) return;
  for (const RuleMet& met : finding->met)
    if (met.weight > 0 && to.size() < most_evidence) to.push_back(text.evidence(met.span, met.rule.label()));
}

}  // namespace

RelevanceFinding judge_relevance(const EntryText& text, const std::vector<GroupFinding>& groups,
                                 const std::vector<GroupFinding>& topics, const std::vector<std::string>& field_topics,
                                 const AreaFindings& areas) {
  constexpr double weight_against = 0.9;
  constexpr double weight_of_field_body = 1.0;
  const GroupFinding* speaks_for = find(groups, "relevant");
  const GroupFinding* speaks_against = find(groups, "irrelevant");
  RelevanceFinding finding;
  finding.score =
      score_of(speaks_for) + score_of_topics(topics, field_topics) - weight_against * score_of(speaks_against);
  finding.score += score_of_organisations(areas.mentions);
  if (areas.publisher.is_of_field) finding.score += weight_of_field_body;
  const std::vector<const GroupFinding*> others = care_of_others(groups, areas);
  for (const GroupFinding* other : others) finding.score -= score_of(other);
  finding.relevant = finding.score >= 0.9;
  if (!finding.relevant)
    for (const GroupFinding* other : others) add_evidence(text, other, finding.evidence);
  add_evidence(text, finding.relevant ? speaks_for : speaks_against, finding.evidence);
  return finding;
}

}  // namespace sotevahti::tag
