// Lausuntopalvelu: consultations as OData. All that matters stands in m:properties;
// times have no zone; the deadline is what readers want.
#include <fmt/format.h>

#include <initializer_list>

#include "feed/adapter.h"
#include "feed/ascii.h"
#include "text/feed_date.h"
#include "text/html.h"
#include "text/url.h"
#include "text/utf8.h"

namespace sotevahti::feed {
namespace {

constexpr std::string_view page = "/FI/Proposal/Participation?proposalId=";
constexpr std::string_view service = "https://www.lausuntopalvelu.fi";

std::string property(const Entry& entry, std::string_view name) {
  for (const auto& [key, value] : entry.properties) {
    if (key == name) return value;
  }
  return {};
}

std::string first_property(const Entry& entry, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    if (std::string value = property(entry, name); !value.empty()) return value;
  }
  return {};
}

// A day without a time closes when the day is over.
base::Time closing_time(base::Time read, const base::Zone& zone) {
  const base::LocalTime local = zone.to_local(read);
  if (local.hour != 0 || local.minute != 0 || local.second != 0) return read;
  return zone.to_utc({local.day, 23, 59, 59});
}

bool fits(const AdapterInput& input, const Item&) {
  return !property(input.entry, "Id").empty() &&
         (!property(input.entry, "Deadline").empty() || !property(input.entry, "Name").empty());
}

void refine(const AdapterInput& input, Item& item) {
  const Entry& entry = input.entry;
  const std::string id = property(entry, "Id");
  if (id.empty()) return;
  item.key = "lausuntopalvelu:" + lower(id);
  item.platform_id = item.key;
  item.url = fmt::format("{}{}{}", service, page, id);
  item.canonical_url = text::canonical_url(item.url);
  if (const std::string name = property(entry, "Name"); !name.empty()) {
    item.title = text::PlainText::from(text::collapse_space(text::decode_references(name)));
  }
  if (const std::string body = first_property(entry, {"Goals", "Abstract", "Description"}); !body.empty()) {
    item.html = text::sanitize(body, {.base_url = service});
    item.text = text::to_plain_text(item.html);
  }
  item.publisher = property(entry, "OrganizationName");
  if (const auto time = text::parse_feed_date(property(entry, "PublishedOn"), &input.zone)) item.published = time;
  if (const auto time = text::parse_feed_date(property(entry, "Deadline"), &input.zone)) {
    item.deadlines.push_back({closing_time(*time, input.zone), "consultation", "d:Deadline"});
  }
}

}  // namespace

const Adapter lausuntopalvelu = {"lausuntopalvelu", fits, refine};

}  // namespace sotevahti::feed
