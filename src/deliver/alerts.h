// What cannot wait for the next digest: deadlines that moved after their story was
// told, to those who were told the old date; and reminders that a subscription wants in
// messages of their own, at eight in the morning. Reads only. Belongs to its database's
// thread.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "archive/database.h"
#include "archive/people.h"
#include "base/clock.h"
#include "config/taxonomy.h"
#include "deliver/drafter.h"

namespace sotevahti::deliver {

using WindowsByReader = std::map<archive::SubscriberId, std::vector<DueWindow>>;

struct AlertsDue {
  WindowsByReader windows;
  std::vector<std::string> problems;  // for the admin: a filter or zone that cannot be read
};

// Of `active` subscriptions. One that is told at once hears of a moved deadline in its own
// rhythm, which may be quiet now.
AlertsDue alerts_due(archive::Database& database, const config::Taxonomy& taxonomy,
                     const std::vector<archive::Subscription>& active, base::Time now);

}  // namespace sotevahti::deliver
