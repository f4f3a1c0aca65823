#include <csignal>

#include "base/descriptors.h"
#include "cli/command.h"

// Read by jemalloc, where the program is linked with it. Two arenas: that many threads are at work at once, and
// more would each keep what it freed. Pages go back to the system a second after their use: within a round they are
// wanted again.
extern "C" {
extern const char* const malloc_conf;
const char* const malloc_conf = "narenas:2,dirty_decay_ms:1000";
}

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a reader that goes away is an error of that write, not our end
  sotevahti::base::hold_standard_descriptors();
  sotevahti::base::raise_descriptor_limit(16384);
  return sotevahti::cli::run(argc, argv);
}
