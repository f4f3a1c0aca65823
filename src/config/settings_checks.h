// What a single key cannot show: defaults that are worked out, and keys that have
// to fit together or to files that are there. Internal to the room; one thread.
#pragma once
#include <map>
#include <string>

#include "config/problems.h"
#include "config/settings.h"

namespace sotevahti::config {

// "$CREDENTIALS_DIRECTORY/smtp": a systemd credential.
inline constexpr std::string_view credentials_prefix = "$CREDENTIALS_DIRECTORY/";

// Where the keys stand that somebody wrote, by name.
using Written = std::map<std::string, Spot, std::less<>>;

std::string environment(const char* name);  // empty where it is not set

void fill_defaults(LoadedSettings& loaded, const Written& written);
void check_together(const Settings& settings, const Written& written, Problems& problems);

}  // namespace sotevahti::config
