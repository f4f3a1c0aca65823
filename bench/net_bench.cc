// Requests per CPU second of the HTTP client, against a server of the machine's own:
//   net_bench URLS [CONCURRENT=64] [ROUNDS=1]
// URLS has one address a line. First every address is fetched, then asked for again with
// the validators that came (ROUNDS times). Only the client's thread is counted.
#include <time.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "net/http_client.h"

namespace {

namespace asio = boost::asio;
using sotevahti::net::AddressPolicy;
using sotevahti::net::HttpClient;
using sotevahti::net::HttpRequest;

struct Source {
  std::string url;
  std::string etag;
};

struct Counts {
  std::size_t fetched = 0;
  std::size_t unchanged = 0;
  std::size_t other = 0;
  std::size_t failed = 0;
  std::size_t bytes = 0;
};

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

asio::awaitable<void> work(HttpClient& client, std::vector<Source>& sources, std::size_t& next, Counts& counts) {
  while (next < sources.size()) {
    Source& source = sources[next++];
    HttpRequest request(source.url);
    request.user_agent = "sotevahti-bench";
    if (!source.etag.empty()) request.headers.emplace_back("If-None-Match", source.etag);
    const auto reply = co_await client.fetch(std::move(request));
    if (!reply) {
      if (counts.failed++ == 0) std::fprintf(stderr, "%s: %s\n", source.url.c_str(), reply.error().detail.c_str());
      continue;
    }
    counts.bytes += reply->body.size();
    ++(reply->status == 200 ? counts.fetched : reply->status == 304 ? counts.unchanged : counts.other);
    if (reply->status == 200) source.etag = reply->header("etag");
  }
}

void run_pass(HttpClient& client, asio::io_context& io, std::vector<Source>& sources, std::size_t concurrent,
              const char* name) {
  Counts counts;
  std::size_t next = 0;
  const auto start = std::chrono::steady_clock::now();
  const double cpu_start = cpu_seconds();
  for (std::size_t i = 0; i < concurrent; ++i) asio::co_spawn(io, work(client, sources, next, counts), asio::detached);
  io.restart();
  io.run();
  const double cpu = cpu_seconds() - cpu_start;
  const double wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  const auto total = static_cast<double>(sources.size());
  std::printf(
      "{\"what\":\"%s\",\"requests\":%zu,\"200\":%zu,\"304\":%zu,\"other\":%zu,\"failed\":%zu,\"decoded_mb\":"
      "%.1f,"
      "\"wall_s\":%.3f,\"cpu_s\":%.3f,\"requests_per_s\":%.0f,\"requests_per_cpu_s\":%.0f}\n",
      name, sources.size(), counts.fetched, counts.unchanged, counts.other, counts.failed,
      static_cast<double>(counts.bytes) / 1e6, wall, cpu, total / wall, total / cpu);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "net_bench URLS [CONCURRENT=64] [ROUNDS=1]\n");
    return 2;
  }
  std::vector<Source> sources;
  std::ifstream in(argv[1]);
  for (std::string line; std::getline(in, line);) {
    if (!line.empty()) sources.push_back({line, ""});
  }
  const std::size_t concurrent = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 64;
  const int rounds = argc > 3 ? std::atoi(argv[3]) : 1;

  asio::io_context io(1);
  HttpClient::Options options;
  options.policy = AddressPolicy::parse({"127.0.0.0/8", "::1"}).value();
  options.max_connections = 1024;
  HttpClient client(io, options);
  run_pass(client, io, sources, concurrent, "fetch");
  for (int i = 0; i < rounds; ++i) run_pass(client, io, sources, concurrent, "fetch 304");
  return 0;
}
