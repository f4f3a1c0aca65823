#include <csignal>

#include "base/descriptors.h"
#include "cli/command.h"

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a reader that goes away is an error of that write, not our end
  sotevahti::base::raise_descriptor_limit(16384);
  return sotevahti::cli::run(argc, argv);
}
