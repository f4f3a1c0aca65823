#include "service/demo.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "archive/ledger.h"
#include "archive/people.h"
#include "service/delivery.h"
#include "service/round.h"

namespace sotevahti::service {

using namespace std::chrono_literals;

namespace {

constexpr std::string_view settings_text = R"([archive]
path = "sotevahti.db"

[feeds]
dir = "feeds.d"

[poll]
host_gap_ms = 0

[net]
allow_feeds = ["127.0.0.0/8"]

[mail]
transport = "file"
dir = "outbox"

[web]
listen = "127.0.0.1:{}"
)";

// The web comes last, but the mails before it link there.
unsigned short free_port() {
  boost::asio::io_context io;
  const boost::asio::ip::tcp::acceptor taken(io, {boost::asio::ip::make_address("127.0.0.1"), 0});
  return taken.local_endpoint().port();
}

void write(const std::filesystem::path& file, std::string_view text) {
  std::ofstream out(file, std::ios::binary);
  out << text;
  if (!out.flush()) throw std::runtime_error("cannot write " + file.string());
}

}  // namespace

base::Result<std::unique_ptr<Demo>> Demo::prepare(const std::filesystem::path& folder, const base::Clock& clock) {
  std::unique_ptr<Demo> demo(new Demo(std::filesystem::absolute(folder), clock));
  std::filesystem::create_directories(demo->folder_);
  auto feeds = SampleFeeds::start(clock);
  if (!feeds) return tl::unexpected(feeds.error());
  demo->feeds_ = std::move(*feeds);
  demo->feeds_->write_catalogue(demo->folder_ / "feeds.d");
  write(demo->config_file(), fmt::format(fmt::runtime(settings_text), free_port()));
  auto configuration = read_configuration(demo->config_file().string());
  if (!configuration) return tl::unexpected(configuration.error());
  demo->configuration_ = std::move(*configuration);
  return demo;
}

base::Result<DemoReport> Demo::run() {
  // The demo's day: polled last evening, polled now, and the digest falls due a moment later.
  const base::ManualClock evening(clock_.now() - 12h);
  const base::ManualClock morning(clock_.now());
  const base::ManualClock due(clock_.now() + 24h);
  DemoReport report;
  report.feeds = configuration_->catalogue.feeds().size();
  const auto first = poll(Edition::yesterday, evening, report.troubles);
  if (!first) return tl::unexpected(first.error());
  report.archived = *first;
  if (auto done = subscribe(evening.now() + 1s); !done) return tl::unexpected(done.error());
  report.troubles.clear();
  const auto second = poll(Edition::today, morning, report.troubles);
  if (!second) return tl::unexpected(second.error());
  report.fresh = *second;

  const auto delivered = deliver_once(configuration_, due, DeliveryStep::build_and_send);
  if (!delivered) return tl::unexpected(delivered.error());
  report.stories = delivered->built.stories;
  for (const auto* problems : {&delivered->built.problems, &delivered->sent.problems})
    report.troubles.insert(report.troubles.end(), problems->begin(), problems->end());

  auto database = archive::Database::open(configuration_->settings().archive.path);
  if (!database) return tl::unexpected(database.error());
  const auto digests = archive::Ledger(**database).digests(1);
  if (!digests.empty()) report.digest = digests.front().subject + "\n\n" + digests.front().text;
  for (const auto& file : std::filesystem::directory_iterator(configuration_->settings().mail.dir))
    if (file.path().extension() == ".eml") report.mails.push_back(file.path());
  std::sort(report.mails.begin(), report.mails.end());
  return report;
}

base::Result<std::size_t> Demo::poll(Edition edition, const base::Clock& at, std::vector<std::string>& troubles) {
  feeds_->publish(edition);
  std::size_t entries = 0;
  const RoundParts parts{
      configuration_->settings(), [this]() -> const config::Taxonomy& { return configuration_->taxonomy; },
      configuration_->catalogue, at,
      [&](const poll::FeedResult& result) {
        entries += result.milled.report.new_entries;
        if (result.milled.state.failure)
          troubles.push_back(fmt::format("{}: {}", result.feed->id, result.milled.state.failure->detail));
      }};
  const auto polled = poll_round(parts, Which::all);
  if (!polled) return tl::unexpected(polled.error());
  return entries;
}

// Once: a second demo in the same folder finds its reader there.
base::Result<base::Done> Demo::subscribe(base::Time since) {
  auto database = archive::Database::open(configuration_->settings().archive.path);
  if (!database) return tl::unexpected(database.error());
  archive::People people(**database);
  archive::Subscriber reader;
  reader.name = "Anna";
  reader.address = "anna@jarjesto.example";
  reader.since = since;
  if (people.subscriber(reader.address)) return base::Done{};
  const auto subscriber = people.add_subscriber(reader);
  if (!subscriber) return tl::unexpected(subscriber.error());
  archive::Subscription subscription;
  subscription.subscriber = *subscriber;
  subscription.name = "Sote-uutiset";
  subscription.since = subscription.window_start = since;
  const auto added = people.add_subscription(subscription, {});
  if (!added) return tl::unexpected(added.error());
  return base::Done{};
}

}  // namespace sotevahti::service
