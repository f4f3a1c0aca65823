// Every behaviour of the scripted test server under a path of its own, on loopback:
//   scripted_server [PORT=0] [FILE]
// FILE is what the well-behaved paths serve. Prints its address and paths, then a line for
// each request; ends at the end of its standard input.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "support/http_server.h"
#include "support/temp_folder.h"

namespace {

using namespace sotevahti::test_support;  // NOLINT(google-build-using-namespace)
using std::chrono::milliseconds;

constexpr const char* sample =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss "
    "version=\"2.0\"><channel><title>Näyte</title><item><title>Haku "
    "avautuu 2.3.2026</title><link>https://www.example.fi/haku</link><guid>1</guid></item></channel></rss>";

Script always(Answer answer) {
  return [answer = std::move(answer)](const SeenRequest&) { return answer; };
}

std::vector<std::pair<std::string, Script>> behaviours(const std::string& feed) {
  return {
      {"/feed", validated(feed, "W/\"1\"", "Fri, 20 Feb 2026 10:45:26 GMT")},
      {"/same-body", always(page(feed))},
      {"/gzip", always(gzipped(feed))},
      {"/late", always(late(page(feed), milliseconds(2000)))},
      {"/moved", always(redirect(301, "/feed"))},
      {"/moved-308", always(redirect(308, "/moved"))},
      {"/loop", always(redirect(302, "/loop"))},
      {"/busy-429", always(busy(429, "120"))},
      {"/busy-503", always(busy(503, "Fri, 20 Feb 2099 10:45:26 GMT"))},
      {"/slow-header", always(slowly(page(feed), 1, milliseconds(500)))},
      {"/slow-body", always(slowly(page(feed), 100, milliseconds(1000)))},
      {"/endless-body", always(endless_body())},
      {"/endless-headers", always(endless_headers())},
      {"/endless-header-line", always(endless_header_line())},
      {"/gzip-bomb", always(gzip_bomb(std::size_t{128} << 20))},
      {"/reset", always(reset_after(page(feed), 200))},
      {"/short", always(wrong_length(feed, feed.size() + 100))},
      {"/silence", always(silence())},
      {"/no-http", always(no_http())},
      {"/html", always(html_page())},
      {"/captcha", always(captcha_page())},
  };
}

void print_new(const HttpServer& server, std::size_t& printed) {
  const auto seen = server.seen();
  for (; printed < seen.size(); ++printed) {
    const auto& request = seen[printed];
    std::printf("%zu %s %s If-None-Match: %s\n", request.connection, request.method.c_str(), request.target.c_str(),
                request.header("If-None-Match").value_or("-").c_str());
  }
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  HttpServer::Options options;
  if (argc > 1) options.port = static_cast<std::uint16_t>(std::atoi(argv[1]));
  auto paths = behaviours(argc > 2 ? read_file(argv[2]) : sample);
  HttpServer server(options);
  for (auto& [path, script] : paths) {
    std::printf("%s\n", server.url(path).c_str());
    server.serve(path, std::move(script));
  }
  std::fflush(stdout);
  std::size_t printed = 0;
  for (std::string line; std::getline(std::cin, line);) print_new(server, printed);
  print_new(server, printed);
  return 0;
}
