// Telling systemd how the service is (sd_notify); nothing where it was not started by systemd.
#pragma once
#include <chrono>
#include <optional>
#include <string>

namespace sotevahti::service {

void notify_ready();
void notify_reloading();
void notify_stopping();
void notify_status(const std::string& status);
void notify_watchdog();
// Half of what systemd waits between two signs of life; none where it does not watch.
std::optional<std::chrono::milliseconds> watchdog_interval();

}  // namespace sotevahti::service
