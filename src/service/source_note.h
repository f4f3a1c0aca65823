// The weekly note to the admin ([mail] admin): which sources changed their state since
// the last one, and why. Nothing changed, no note; a long failure is told once.
#pragma once
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "archive/database.h"
#include "archive/health.h"
#include "base/clock.h"
#include "base/result.h"
#include "service/configuration.h"

namespace sotevahti::service {

struct SourceNote {
  std::string subject, text;
  std::vector<std::pair<std::string, std::string>> states;  // as they are told now, by feed
};

// None where nothing changed. `told` are the states of the last note; a feed without one
// counts as well, for who sets it up sees it work or fail himself. Pure.
std::optional<SourceNote> compose_source_note(const std::vector<archive::Health>& all,
                                              const std::unordered_map<std::string, std::string>& told, base::Time last,
                                              base::Time now);

// Puts the note into the outbox when a week has gone by; true when there was one.
base::Result<bool> note_sources(archive::Database& database, const Configuration& configuration, base::Time now);

}  // namespace sotevahti::service
