#include "service/notify.h"

#include <fmt/format.h>
#include <systemd/sd-daemon.h>

#include "base/log.h"

namespace sotevahti::service {

void notify_ready() { sd_notify(0, "READY=1"); }
void notify_reloading() { sd_notify(0, "RELOADING=1"); }
void notify_stopping() { sd_notify(0, "STOPPING=1"); }
void notify_status(const std::string& status) { sd_notify(0, ("STATUS=" + base::one_line(status)).c_str()); }
void notify_watchdog() { sd_notify(0, "WATCHDOG=1"); }

void notify_progress(const std::string& what, double done) {
  notify_status(fmt::format("{}: {:.0f} %", what, done * 100));
  sd_notify(0, "EXTEND_TIMEOUT_USEC=600000000\nWATCHDOG=1");
}

std::optional<std::chrono::milliseconds> watchdog_interval() {
  std::uint64_t microseconds = 0;
  if (sd_watchdog_enabled(0, &microseconds) <= 0) return std::nullopt;
  return std::chrono::milliseconds(microseconds / 2000);
}

int handed_over_socket() { return sd_listen_fds(0) == 1 ? SD_LISTEN_FDS_START : -1; }

}  // namespace sotevahti::service
