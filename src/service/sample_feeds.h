// The bundled sample feeds (tests/data/feeds) served over HTTP on loopback, for the
// demo and the tests: with validators, and with dates as if they were published now.
// Invented news of real kinds of sources; nothing leaves the machine.
#pragma once
#include <atomic>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "web/http_server.h"

namespace sotevahti::service {

// What the samples looked like: the evening before, without the newer half of their
// items, and now. Polling the one and then the other brings news, as a day of work does.
enum class Edition { yesterday, today };

class SampleFeeds {
 public:
  static base::Result<std::unique_ptr<SampleFeeds>> start(const base::Clock& clock);

  void publish(Edition edition) { edition_ = edition; }
  // Writes the samples' catalogue, with the addresses they are served at, as a feeds.d.
  void write_catalogue(const std::filesystem::path& dir) const;
  std::string address() const { return server_->address(); }

 private:
  explicit SampleFeeds(const base::Clock& clock) : clock_(clock) {}
  web::Response answer(const web::Request& request) const;

  const base::Clock& clock_;
  std::atomic<Edition> edition_{Edition::today};
  std::unique_ptr<web::HttpServer> server_;
};

// A feed document without the newer half of its items (they stand first). Our own
// samples only: items are found as text, and one outside a list is left alone.
std::string yesterdays_edition(std::string document);

}  // namespace sotevahti::service
