#include "poll/host_budget.h"

#include "poll/host_budget_on.h"

namespace sotevahti::poll {

template class HostBudgetOn<std::chrono::steady_clock>;

HostBudget::Limit limit_for(const config::Settings& settings, const std::string& host) {
  const auto own = settings.poll.hosts.find(host);
  if (own != settings.poll.hosts.end()) return {own->second.connections, own->second.gap};
  return {settings.poll.per_host, settings.poll.host_gap};
}

}  // namespace sotevahti::poll
