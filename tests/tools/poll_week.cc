// A week of polling in some seconds: 300 feeds of 40 hosts, polled by sotevahti's schedule
// and host budget, and beside it each full hour. Prints a table of both (docs/polling.md).
//   poll_week [DAYS=7] [SEED]
#include <cstdio>
#include <cstdlib>

#include "poll/week/week.h"

int main(int argc, char** argv) {
  using namespace sotevahti::poll::week;
  Plan plan;
  if (argc > 1) plan.days = std::atoi(argv[1]);
  if (argc > 2) plan.seed = static_cast<std::uint32_t>(std::strtoul(argv[2], nullptr, 10));
  if (plan.days < 1 || plan.days > 12) {
    std::fputs("usage: poll_week [DAYS, 1 to 12] [SEED]\n", stderr);
    return 2;
  }
  const Figures ours = poll_politely(plan);
  const Figures fixed = poll_each_hour(plan);
  std::printf("%d days, %zu feeds of %zu hosts\n\n%s", plan.days, ours.feeds, ours.hosts, table(ours, fixed).c_str());
  return ours.broken_in_all() == 0 ? 0 : 1;
}
