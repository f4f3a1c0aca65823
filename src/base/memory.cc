#include "base/memory.h"

#include <malloc.h>

#include <cstddef>

// There in the program, which is linked with jemalloc; not in every test.
extern "C" [[gnu::weak]] int mallctl(const char* name, void* old, std::size_t* old_size, void* fresh, std::size_t size);

namespace sotevahti::base {

void give_memory_back() {
  if (mallctl == nullptr) {
    malloc_trim(0);
    return;
  }
  mallctl("thread.tcache.flush", nullptr, nullptr, nullptr, 0);
  mallctl("arena.4096.purge", nullptr, nullptr, nullptr, 0);  // MALLCTL_ARENAS_ALL
}

}  // namespace sotevahti::base
