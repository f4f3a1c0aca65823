#include "tag/tags.h"

#include <algorithm>
#include <array>

namespace sotevahti::tag {
namespace {

constexpr std::array<std::string_view, 5> deadline_kinds = {"grant", "consultation", "registration", "application",
                                                            "event"};

}  // namespace

std::string_view to_string(DeadlineKind kind) { return deadline_kinds[static_cast<std::size_t>(kind)]; }

std::optional<DeadlineKind> deadline_kind(std::string_view name) {
  const auto found = std::find(deadline_kinds.begin(), deadline_kinds.end(), name);
  if (found == deadline_kinds.end()) return std::nullopt;
  return static_cast<DeadlineKind>(found - deadline_kinds.begin());
}

}  // namespace sotevahti::tag
