// Memory that was freed goes back to the system, not only to the allocator. Asked by
// threads that are about to rest or to end; it costs some milliseconds. Any thread.
#pragma once

namespace sotevahti::base {

void give_memory_back();

}  // namespace sotevahti::base
