#include "web/answer_cache.h"

#include <iterator>
#include <utility>

namespace sotevahti::web {

std::uint64_t AnswerCache::edition() const {
  const std::lock_guard lock(mutex_);
  return edition_;
}

void AnswerCache::renew() {
  const std::lock_guard lock(mutex_);
  ++edition_;
}

std::optional<Response> AnswerCache::find(const std::string& key, const Edition& edition) {
  const std::lock_guard lock(mutex_);
  const auto at = places_.find(key);
  if (at == places_.end() || at->second->edition != edition) return std::nullopt;
  kept_.splice(kept_.begin(), kept_, at->second);
  return at->second->response;
}

std::optional<AnswerCache::Recent> AnswerCache::recent(const std::string& key, base::Time now) {
  const std::lock_guard lock(mutex_);
  const auto at = places_.find(key);
  if (at == places_.end()) return std::nullopt;
  Answer& answer = *at->second;
  if (answer.made < now - oldest || answer.made > now) return std::nullopt;
  kept_.splice(kept_.begin(), kept_, at->second);
  const bool was_due = std::exchange(answer.is_due, answer.made < now - young);
  return Recent{answer.response, answer.is_due && !was_due};
}

void AnswerCache::keep(const std::string& key, const Edition& edition, base::Time now, const Response& response) {
  const std::lock_guard lock(mutex_);
  if (const auto at = places_.find(key); at != places_.end()) drop(at->second);
  if (response.body.size() > most_bytes_ / 8) return;
  kept_.push_front({key, edition, now, false, response});
  places_.emplace(key, kept_.begin());
  bytes_ += kept_.front().bytes();
  while (bytes_ > most_bytes_) drop(std::prev(kept_.end()));
}

void AnswerCache::drop(Kept::iterator answer) {
  bytes_ -= answer->bytes();
  places_.erase(answer->key);
  kept_.erase(answer);
}

}  // namespace sotevahti::web
