#include "base/memory.h"

#include <malloc.h>

// There in the program, which is linked with mimalloc; not in every test.
extern "C" [[gnu::weak]] void mi_collect(bool force);

namespace sotevahti::base {

void give_memory_back() {
  if (mi_collect != nullptr) mi_collect(true);
  else malloc_trim(0);
}

}  // namespace sotevahti::base
