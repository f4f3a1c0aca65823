// Answers that a client has already are not sent again (RFC 9110 13).
#pragma once
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/clock.h"
#include "web/http.h"

namespace sotevahti::web {

// Since when an answer has been the same, as far as was seen here: for clients that ask by
// time. Another answer is of a later second, so that a time never stands for two of them.
// Any thread.
class FirstSeen {
 public:
  base::Time of(const std::string& key, std::string_view body, base::Time now);

 private:
  struct Seen {
    std::uint64_t body = 0;
    base::Time since{};
  };
  std::mutex mutex_;
  std::unordered_map<std::uint64_t, Seen> known_;
};

// Gives an answer to GET or HEAD its ETag, where it has none. It is a weak one, for the body goes out in more
// than one coding.
void put_tag(Response& response);

// Makes the answer a 304 where the client has it already (13.1.2), or, where it names no tag, has been
// told no earlier than Last-Modified (13.1.3).
void make_conditional(const Request& request, Response& response);

}  // namespace sotevahti::web
