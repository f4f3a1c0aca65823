// A request and a response as the pages see them. Plain values.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sotevahti::web {

struct Request {
  std::string method;                                      // GET, HEAD, POST ...
  std::string path;                                        // percent-decoded, begins with "/"
  std::vector<std::pair<std::string, std::string>> query;  // decoded, in order
  std::map<std::string, std::string> headers;              // names in lower case
  std::string body;
  std::string client;  // by what it is told from others: client_network() in limits.h

  // The first value of that name, or "".
  std::string_view parameter(std::string_view name) const;
  std::string_view header(std::string_view lower_case_name) const;
};

struct Response {
  int status = 200;
  std::string content_type = "text/html; charset=utf-8";
  std::string body;
  bool is_gzip = false;  // the body's coding: gzip.h
  std::vector<std::pair<std::string, std::string>> headers;
};

// "a=b&c=d" with `+` and %XX decoded; at most 100 pairs.
std::vector<std::pair<std::string, std::string>> parse_form(std::string_view text);

// A request's target taken apart (RFC 9112 3.2: a path, or a whole address as proxies send it).
// None when it is neither, or its percent-encoding is broken.
struct Target {
  std::string authority;  // of a whole address
  std::string path;
  std::vector<std::pair<std::string, std::string>> query;
};
std::optional<Target> parse_target(std::string_view target);

}  // namespace sotevahti::web
