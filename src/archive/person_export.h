// All that is kept of one person, as one line of JSON: for the person, and for an admin who is asked.
// Secrets of webhooks and tokens of links are not among it. Belongs to its database's thread.
#pragma once
#include <string>

#include "archive/database.h"
#include "archive/people.h"

namespace sotevahti::archive {

// Invalid UTF-8 is replaced.
std::string export_person(Database& database, const Subscriber& person);

}  // namespace sotevahti::archive
