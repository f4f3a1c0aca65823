// The deadlines of a digest as an iCalendar (RFC 5545): one event a deadline, with the
// same UID each time it is told, so that a calendar moves it and does not double it.
// Lines folded at 75 octets; a stranger's text cannot add a line. Pure; any thread.
#pragma once
#include <optional>
#include <string>

#include "digest/messages.h"
#include "digest/outline.h"

namespace sotevahti::digest {

// `host` makes the UIDs ours. Nothing where the digest has no deadline ahead.
std::optional<std::string> deadlines_calendar(const Outline& outline, const Messages& messages,
                                              const std::string& host);

}  // namespace sotevahti::digest
