#include "web/conditional.h"

#include <algorithm>

#include "base/hash.h"
#include "text/feed_date.h"

namespace sotevahti::web {
namespace {

constexpr std::size_t most_answers_seen = 10000;

std::string_view header_of(const Response& response, std::string_view name) {
  const auto given = std::find_if(response.headers.begin(), response.headers.end(),
                                  [&](const auto& header) { return header.first == name; });
  return given == response.headers.end() ? std::string_view() : given->second;
}

// Compared weakly: a "W/" counts for nothing.
bool has_tag(std::string_view list, std::string_view tag) {
  if (tag.starts_with("W/")) tag.remove_prefix(2);
  while (!list.empty()) {
    const auto comma = list.find(',');
    std::string_view each = list.substr(0, comma);
    list.remove_prefix(comma == list.npos ? list.size() : comma + 1);
    const auto first = each.find_first_not_of(" \t");
    if (first == each.npos) continue;
    each = each.substr(first, each.find_last_not_of(" \t") - first + 1);
    if (each.starts_with("W/")) each.remove_prefix(2);
    if (each == "*" || each == tag) return true;
  }
  return false;
}

// A date that cannot be read is as good as none.
bool is_as_old(const Request& request, const Response& response) {
  const auto told = text::parse_feed_date(request.header("if-modified-since"));
  const auto modified = text::parse_feed_date(header_of(response, "Last-Modified"));
  return told && modified && *modified <= *told;
}

}  // namespace

base::Time FirstSeen::of(const std::string& key, std::string_view body, base::Time now) {
  const std::lock_guard lock(mutex_);
  if (known_.size() >= most_answers_seen) known_.clear();
  const std::uint64_t hash = base::hash64(body);
  const auto [place, is_new] = known_.try_emplace(base::hash64(key), Seen{hash, now});
  Seen& seen = place->second;
  if (!is_new && seen.body != hash) seen = {hash, std::max(now, seen.since + std::chrono::seconds(1))};
  return seen.since;
}

void put_tag(Response& response) {
  if (!header_of(response, "ETag").empty()) return;
  response.headers.emplace_back("ETag", "W/\"" + base::to_hex(base::hash64(response.body)) + '"');
}

void make_conditional(const Request& request, Response& response) {
  if (response.status != 200 || (request.method != "GET" && request.method != "HEAD")) return;
  put_tag(response);
  const std::string_view tags = request.header("if-none-match");
  const bool is_known = tags.empty() ? is_as_old(request, response) : has_tag(tags, header_of(response, "ETag"));
  if (!is_known) return;
  response.status = 304;
  response.body.clear();
  response.content_type.clear();
  response.is_gzip = false;
}

}  // namespace sotevahti::web
