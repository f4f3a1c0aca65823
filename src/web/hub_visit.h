// A hub at "/websub/TOKEN" (WebSub): it verifies a subscription by GET and brings news by
// POST. What it is answered is decided by those who poll; here it is only let in.
#pragma once
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace sotevahti::web {

struct HubVisit {
  std::string token;
  bool is_post = false;
  std::vector<std::pair<std::string, std::string>> query;  // decoded
  std::string content_type, signature, body;
};
struct HubReply {
  int status = 404;
  std::string body;
};
// Called on any of the workers.
using HubHandler = std::function<HubReply(const HubVisit&)>;

}  // namespace sotevahti::web
