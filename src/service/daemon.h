// The service: polls, tags, sends and serves the web until it is told to stop. One
// process an archive. SIGTERM and SIGINT: takes nothing new on and ends what is under
// way within ten seconds. SIGHUP: reads the configuration again; with an error in it
// the old one stays in force and systemd's status says so.
#pragma once
#include <functional>
#include <string>

#include "base/clock.h"
#include "base/result.h"

namespace sotevahti::service {

struct DaemonOptions {
  std::string config_file;  // --config's value; may be empty
  bool polls = true;
  bool sends = true;
  bool serves = true;
  // Told once when all is up, with the web's address; may be empty.
  std::function<void(const std::string& web)> ready;
};

// Returns after an orderly stop. Fails when it could not start.
base::Result<base::Done> run_daemon(const DaemonOptions& options, const base::Clock& clock);

}  // namespace sotevahti::service
