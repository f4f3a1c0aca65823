#include "web/sparkline.h"

#include <algorithm>
#include <numeric>

namespace sotevahti::web {
namespace {

constexpr std::size_t pitch = 8;  // from bar to bar
constexpr std::size_t width = 6;
constexpr std::size_t height = 60;

std::chrono::year_month_day week_start(const Visit& visit, std::size_t weeks_ago) {
  return std::chrono::sys_days(visit.today()) - std::chrono::days(7 * static_cast<int>(weeks_ago) + 6);
}

// The first week of each quarter has its month below.
void put_months(Html& html, const Visit& visit, std::size_t count) {
  unsigned last = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const auto month = unsigned(week_start(visit, count - 1 - i).month());
    if (month != last && last != 0 && (month - 1) % 3 == 0 && i + 4 < count) {
      html.put("<text").attribute("x", std::to_string(i * pitch)).attribute("y", std::to_string(height + 16)).put(">");
      html.text(visit.say("month.short." + std::to_string(month))).put("</text>");
    }
    last = month;
  }
}

}  // namespace

void put_sparkline(Html& html, const Visit& visit, const std::vector<std::size_t>& weeks) {
  const std::size_t most = std::max<std::size_t>(1, weeks.empty() ? 0 : *std::max_element(weeks.begin(), weeks.end()));
  const std::size_t sum = std::accumulate(weeks.begin(), weeks.end(), std::size_t{0});
  if (sum == 0) return;
  const std::string words = visit.count("spark.year", sum) + " " + visit.say("spark.most", {{"n", visit.number(most)}});
  html.put("<figure class=\"spark\"><svg role=\"img\"").attribute("aria-label", words);
  html.attribute("viewBox", "0 0 " + std::to_string(weeks.size() * pitch) + " " + std::to_string(height + 20)).put(">");
  for (std::size_t i = 0; i < weeks.size(); ++i) {
    const std::size_t tall = weeks[i] == 0 ? 1 : std::max<std::size_t>(2, weeks[i] * height / most);
    const auto day = week_start(visit, weeks.size() - 1 - i);
    html.put("<rect").attribute("x", std::to_string(i * pitch)).attribute("y", std::to_string(height - tall));
    html.attribute("width", std::to_string(width)).attribute("height", std::to_string(tall)).put("><title>");
    html.text(visit.say("spark.week", {{"date", visit.wording.date(day)}, {"n", visit.number(weeks[i])}}))
        .put("</title></rect>");
  }
  put_months(html, visit, weeks.size());
  html.put("</svg><figcaption>").text(words).put("</figcaption></figure>\n");
}

}  // namespace sotevahti::web
