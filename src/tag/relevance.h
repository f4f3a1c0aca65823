// Is an entry about social and health care at all? Told by words of the field, by
// words of others, by its topics, by who speaks and who is named. Pure.
#pragma once
#include <string>
#include <vector>

#include "tag/areas.h"
#include "tag/rule_groups.h"
#include "tag/tags.h"

namespace sotevahti::tag {

struct RelevanceFinding {
  bool relevant = true;
  double score = 0;  // over 1: relevant
  std::vector<Evidence> evidence;
};

// `groups`: the findings of relevance.toml; `topics`: all that were met, told or not.
RelevanceFinding judge_relevance(const EntryText& text, const std::vector<GroupFinding>& groups,
                                 const std::vector<GroupFinding>& topics, const std::vector<std::string>& field_topics,
                                 const AreaFindings& areas);

}  // namespace sotevahti::tag
