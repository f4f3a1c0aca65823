// The whole pipeline on the bundled samples: served on loopback, polled over HTTP,
// archived, tagged, told in a digest, written as mail, and shown on the web. All of it
// the service's own parts, in a folder of the demo's own.
#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "service/configuration.h"
#include "service/sample_feeds.h"

namespace sotevahti::service {

struct DemoReport {
  std::size_t feeds = 0;
  std::size_t archived = 0;  // by the first poll, which tells nobody
  std::size_t fresh = 0;     // by the second
  std::size_t stories = 0;   // told by the digest
  std::string digest;        // as text
  std::vector<std::filesystem::path> mails;
  std::vector<std::string> troubles;
};

class Demo {
 public:
  // Writes the configuration into `folder`, which is made when it is not there.
  static base::Result<std::unique_ptr<Demo>> prepare(const std::filesystem::path& folder, const base::Clock& clock);

  // Yesterday's poll, a subscription, today's poll, a digest, a mail.
  base::Result<DemoReport> run();

  std::filesystem::path config_file() const { return folder_ / "sotevahti.toml"; }

 private:
  Demo(std::filesystem::path folder, const base::Clock& clock) : folder_(std::move(folder)), clock_(clock) {}
  base::Result<std::size_t> poll(Edition edition, const base::Clock& at, std::vector<std::string>& troubles);
  base::Result<base::Done> subscribe(base::Time since);

  std::filesystem::path folder_;
  const base::Clock& clock_;
  std::unique_ptr<SampleFeeds> feeds_;
  std::shared_ptr<const Configuration> configuration_;
};

}  // namespace sotevahti::service
