// Telling systemd how the service is (sd_notify); nothing where it was not started by systemd.
// Any thread.
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
// What takes long before the service is up: where it is, and that it may take longer.
void notify_progress(const std::string& what, double done);
// Half of what systemd waits between two signs of life; none where it does not watch.
std::optional<std::chrono::milliseconds> watchdog_interval();
// The one listening socket that a .socket unit handed over; -1: none.
int handed_over_socket();

}  // namespace sotevahti::service
