// Answers that can be given again as they are, while nothing that they were made from has
// changed; and since when each has been as it is. Bounded; belongs to one thread.
#pragma once
#include <cstddef>
#include <cstdint>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "base/clock.h"
#include "web/http.h"

namespace sotevahti::web {

class AnswerCache {
 public:
  explicit AnswerCache(std::size_t most_bytes) : most_bytes_(most_bytes) {}

  // What the next answers are made from; a new edition forgets all of the old one.
  void begin(const std::string& edition);
  // nullptr where there is none.
  const Response* find(const std::string& key);
  void keep(const std::string& key, const Response& response);

 private:
  using Kept = std::list<std::pair<std::string, Response>>;
  std::size_t most_bytes_;
  std::size_t bytes_ = 0;
  std::string edition_;
  Kept kept_;  // the latest used first
  std::unordered_map<std::string, Kept::iterator> places_;
};

// Since when an answer has been the same, as far as was seen here: for clients that ask by
// time. Another answer is of a later second, so that a time never stands for two of them.
class FirstSeen {
 public:
  base::Time of(const std::string& key, std::string_view body, base::Time now);

 private:
  struct Seen {
    std::uint64_t body = 0;
    base::Time since{};
  };
  std::unordered_map<std::uint64_t, Seen> known_;
};

// Gives it an ETag, and makes it a 304 where the client has that one already (RFC 9110 13.1.2),
// or, where it names no tag, has been told no earlier than Last-Modified (13.1.3).
void make_conditional(const Request& request, Response& response);

}  // namespace sotevahti::web
