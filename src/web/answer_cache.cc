#include "web/answer_cache.h"

#include <iterator>
#include <utility>

namespace sotevahti::web {

std::uint64_t AnswerCache::edition() const {
  const std::lock_guard lock(mutex_);
  return edition_;
}

std::uint64_t AnswerCache::renew() {
  const std::lock_guard lock(mutex_);
  return ++edition_;
}

std::optional<Response> AnswerCache::find(const std::string& key, const Edition& edition) {
  const std::lock_guard lock(mutex_);
  const auto at = places_.find(key);
  if (at == places_.end() || at->second->edition != edition) return std::nullopt;
  at->second->is_due = false;  // it need not be made anew yet: the next asker is told again
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
  if (const auto at = places_.find(key); at != places_.end()) {
    if (at->second->edition.number > edition.number) return;  // a slow one, overtaken
    drop(at->second);
  }
  if (response.body.size() > most_bytes_ / 8) return;
  kept_.push_front({key, edition, now, false, response});
  places_.emplace(key, kept_.begin());
  bytes_ += kept_.front().bytes();
  while (bytes_ > most_bytes_) drop(std::prev(kept_.end()));
}

std::size_t AnswerCache::Answer::bytes() const {
  std::size_t sum = sizeof(Answer) + 2 * key.size() + response.body.size();
  for (const auto& [name, value] : response.headers) sum += name.size() + value.size();
  return sum;
}

void AnswerCache::drop(Kept::iterator answer) {
  bytes_ -= answer->bytes();
  places_.erase(answer->key);
  kept_.erase(answer);
}

}  // namespace sotevahti::web
