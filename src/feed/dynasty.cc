// Dynasty: decision minutes. Items have no guid and no date; the title holds body,
// day of the meeting and matter; the address names host, page and id.
#include <fmt/format.h>

#include "feed/adapter.h"
#include "feed/ascii.h"
#include "feed/numeric_date.h"
#include "text/url.h"

namespace sotevahti::feed {
namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr std::string_view separator = " / ";

// "<Body> DD.MM.YYYY / <matter>"; a list of meetings has no matter.
struct Heading {
  std::string_view body;
  std::chrono::year_month_day day;
  std::string_view matter;
};

bool starts_number(std::string_view text, std::size_t at) {
  return is_digit(text[at]) && (at == 0 || !is_digit(text[at - 1]));
}

std::optional<Heading> heading_of(std::string_view title) {
  for (std::size_t at = 0; at < title.size(); ++at) {
    if (!starts_number(title, at)) continue;
    const auto date = numeric_date_at(title, at);
    const auto day = date ? date->whole() : std::nullopt;
    if (!day) continue;
    // The matter may hold the separator again: the first behind the date counts.
    const std::size_t slash = title.find(separator, date->end);
    const std::string_view matter =
        slash == npos ? std::string_view() : trimmed(title.substr(slash + separator.size()));
    return Heading{trimmed(title.substr(0, at)), *day, matter};
  }
  return std::nullopt;
}

bool fits(const AdapterInput&, const Item& item) { return contains_ignoring_case(item.url, "DREQUEST.PHP?"); }

void refine(const AdapterInput& input, Item& item) {
  const std::string id = text::query_parameter(item.url, "id");
  const std::string page = lower(text::query_parameter(item.url, "page"));
  if (!id.empty()) item.key = fmt::format("dynasty:{}:{}:{}", text::url_host(item.url), page, id);
  // What a feed generator says of the item's date is the day of the meeting, or nothing.
  item.published.reset();
  item.updated.reset();
  const std::string title = item.title.str();
  const auto heading = heading_of(title);
  if (!heading) return;
  item.board = heading->body;
  item.event_at = input.zone.to_utc({heading->day, 0, 0, 0});
  if (!heading->matter.empty()) item.title = text::PlainText::from(heading->matter);
}

}  // namespace

const Adapter dynasty = {"dynasty", fits, refine};

}  // namespace sotevahti::feed
