// All that is kept of one person, as one line of JSON: for the person, and for an admin who is asked.
// Secrets of webhooks and tokens of links are not among it. Belongs to its database's thread.
#pragma once
#include <optional>
#include <string>

#include "archive/database.h"

namespace sotevahti::archive {

// With what was asked for on the web. None where nobody ever had the address or asked with it. Who was removed and came
// again is there twice: the newest, and the others as "earlier". Invalid UTF-8 is replaced.
std::optional<std::string> export_person(Database& database, const std::string& address);

}  // namespace sotevahti::archive
