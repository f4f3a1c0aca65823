#include "web/answer_cache.h"

#include <algorithm>

#include "base/hash.h"

namespace sotevahti::web {
namespace {

bool has_tag(std::string_view list, std::string_view tag) {
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

}  // namespace

void AnswerCache::begin(const std::string& edition) {
  if (edition == edition_) return;
  edition_ = edition;
  kept_.clear();
  places_.clear();
  bytes_ = 0;
}

const Response* AnswerCache::find(const std::string& key) {
  const auto at = places_.find(key);
  if (at == places_.end()) return nullptr;
  kept_.splice(kept_.begin(), kept_, at->second);
  return &at->second->second;
}

void AnswerCache::keep(const std::string& key, const Response& response) {
  if (response.body.size() > most_bytes_ / 8 || places_.contains(key)) return;
  kept_.emplace_front(key, response);
  places_.emplace(key, kept_.begin());
  bytes_ += response.body.size() + key.size();
  while (bytes_ > most_bytes_) {
    const auto& [oldest, its_answer] = kept_.back();
    bytes_ -= its_answer.body.size() + oldest.size();
    places_.erase(oldest);
    kept_.pop_back();
  }
}

void make_conditional(const Request& request, Response& response) {
  if (response.status != 200 || (request.method != "GET" && request.method != "HEAD")) return;
  const auto given = std::find_if(response.headers.begin(), response.headers.end(),
                                  [](const auto& header) { return header.first == "ETag"; });
  const std::string tag =
      given != response.headers.end() ? given->second : '"' + base::to_hex(base::hash64(response.body)) + '"';
  if (given == response.headers.end()) response.headers.emplace_back("ETag", tag);
  if (!has_tag(request.header("if-none-match"), tag)) return;
  response.status = 304;
  response.body.clear();
  response.content_type.clear();
}

}  // namespace sotevahti::web
