#include "config/problems.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/log.h"

namespace sotevahti::config {

std::string to_string(const Spot& spot) {
  if (spot.line == 0) return spot.source;
  if (spot.column == 0) return fmt::format("{}:{}", spot.source, spot.line);
  return fmt::format("{}:{}:{}", spot.source, spot.line, spot.column);
}

void Problems::add(Spot spot, std::string cause) { found_.push_back({std::move(spot), std::move(cause)}); }

tl::unexpected<base::Failure> Problems::failure() const {
  std::vector<Problem> sorted = found_;
  std::stable_sort(sorted.begin(), sorted.end(), [](const Problem& a, const Problem& b) {
    return std::tie(a.spot.source, a.spot.line) < std::tie(b.spot.source, b.spot.line);
  });
  std::string all;
  for (const auto& [spot, cause] : sorted) {
    if (!all.empty()) all += '\n';
    all += base::one_line(fmt::format("{}: {}", to_string(spot), cause));
  }
  return base::fail(std::move(all));
}

tl::unexpected<base::Failure> Problems::causes() const {
  std::string all;
  for (const auto& [spot, cause] : found_) all += (all.empty() ? "" : "; ") + base::one_line(cause);
  return base::fail(std::move(all));
}

}  // namespace sotevahti::config
