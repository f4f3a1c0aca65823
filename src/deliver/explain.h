// Why an entry is in somebody's digest, or why it is not: for the admin who is asked.
// Reads only. Belongs to its database's thread.
#pragma once
#include <string>
#include <vector>

#include "archive/database.h"
#include "archive/entry.h"
#include "archive/people.h"
#include "base/clock.h"
#include "base/result.h"
#include "config/taxonomy.h"

namespace sotevahti::deliver {

struct Explanation {
  enum class Verdict { told, waiting, out };
  Verdict verdict = Verdict::out;
  std::vector<std::string> reasons;  // sentences, the deciding one first
};

// Fails when there is no such entry or subscription, or its filter cannot be read.
base::Result<Explanation> explain(archive::Database& database, const config::Taxonomy& taxonomy, archive::EntryId entry,
                                  archive::SubscriptionId subscription, base::Time now);

}  // namespace sotevahti::deliver
