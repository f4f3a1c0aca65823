// Items that every meeting's minutes have: opening, quorum, scrutineers, agenda.
// They are folded into a count, in a digest as in a reader's eye. Pure.
#pragma once
#include <string_view>

namespace sotevahti::digest {

bool is_routine_item(std::string_view title);

}  // namespace sotevahti::digest
