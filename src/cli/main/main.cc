#include <csignal>

#ifdef SOTEVAHTI_MIMALLOC
#include <mimalloc.h>
#endif

#include "base/descriptors.h"
#include "cli/command.h"

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a reader that goes away is an error of that write, not our end
  sotevahti::base::raise_descriptor_limit(16384);
#ifdef SOTEVAHTI_MIMALLOC
  // Pages go back to the system a second after their use: within a round they are wanted again.
  mi_option_set(mi_option_decommit_delay, 1000);  // milliseconds
#endif
  return sotevahti::cli::run(argc, argv);
}
