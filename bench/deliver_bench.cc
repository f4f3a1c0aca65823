// Digests: what a morning costs. 3,000 stories came since yesterday; 10,000 people, each with a
// filter of his own areas and topics, are due their daily digest; then the mails go out. "Alike":
// 20,000 people who share 100 filters, each of which is asked once.
//   deliver_bench                     builds, and sends into nothing
//   SOTEVAHTI_BENCH_RELAY=smtp://127.0.0.1:2525 deliver_bench --benchmark_filter=Send
//       sends over SMTP: smtp-sink -c 127.0.0.1:2525 100 (Debian's package postfix) takes it
// Times are this process's CPU; "digests/s", "mails/s" are by CPU and by the clock on the wall.
#include <benchmark/benchmark.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdlib>
#include <filesystem>

#include "archive/database.h"
#include "archive/feed_store.h"
#include "archive/people.h"
#include "archive_corpus.h"
#include "base/zone.h"
#include "config/taxonomy.h"
#include "deliver/dispatcher.h"
#include "deliver/outbox.h"

namespace sotevahti::bench {
namespace {

constexpr std::size_t stories = 3000;
constexpr std::size_t people = 10000;
constexpr std::size_t people_alike = 20000;
constexpr std::size_t filters_alike = 100;
const base::Time yesterday(std::chrono::sys_days(std::chrono::year(2026) / 2 / 19) + std::chrono::hours(5));
const base::Time morning = yesterday + std::chrono::hours(24);

template <class T>
T must(base::Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return std::move(*result);
}

class Morning {
 public:
  // `filters`: how many are shared out; 0: everybody has his own.
  explicit Morning(std::size_t readers = people, std::size_t filters = 0) {
    const auto file = std::filesystem::temp_directory_path() / "sotevahti-bench" / "deliver.db";
    std::filesystem::create_directories(file.parent_path());
    for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(file.string() + suffix);
    database = must(archive::Database::open(file));
    publish();
    subscribe(readers, filters);
    sender.from = "sote@example.org";
    sender.public_url = "https://sote.example.org";
  }

  deliver::BuildReport build() {
    return deliver::Dispatcher({*database, taxonomy, catalogue, texts, sender}).build_due(morning);
  }

  config::Taxonomy taxonomy = must(config::load_taxonomy({}));
  config::Catalogue catalogue;
  digest::Texts texts = must(digest::Texts::with({}));
  deliver::Sender sender;
  std::unique_ptr<archive::Database> database;

 private:
  void publish() {
    std::vector<archive::PollOutcome> outcomes(30);
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      outcomes[i].kind = archive::PollOutcome::Kind::updated;
      outcomes[i].state.feed_id = "feed-" + std::to_string(i);
      outcomes[i].state.first_poll_done = true;
      outcomes[i].at = yesterday;
    }
    archive::FeedStore(*database).store_polls(outcomes);  // introduces the feeds
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      outcomes[i].at = yesterday + std::chrono::hours(1);
      for (std::size_t n = 0; n < stories / outcomes.size(); ++n)
        outcomes[i].entries.push_back(make_entry(i * 1000 + n, outcomes[i].at - std::chrono::minutes(n)));
    }
    archive::FeedStore(*database).store_polls(outcomes);
  }

  static std::string some_filter(Random& random) {
    std::string filter = "area:" + std::string(corpus_areas[random.below(corpus_areas.size())]) +
                         " topic:" + std::string(corpus_topics[random.below(corpus_topics.size())]);
    if (random.unit() < 0.3) filter += " " + std::string(finnish().nouns()[random.below(80)]);
    return filter;
  }

  void subscribe(std::size_t readers, std::size_t filters) {
    archive::People store(*database);
    Random random(5);
    std::vector<std::string> shared;
    for (std::size_t i = 0; i < filters; ++i) shared.push_back(some_filter(random));
    database->transaction([&] {
      for (std::size_t i = 0; i < readers; ++i) {
        archive::Subscriber reader;
        reader.address = "reader" + std::to_string(i) + "@example.com";
        reader.language = random.unit() < 0.2 ? "sv" : "fi";
        archive::Subscription wish;
        wish.subscriber = must(store.add_subscriber(reader));
        wish.name = "Oma alue";
        wish.filter = shared.empty() ? some_filter(random) : shared[i % shared.size()];
        wish.since = wish.window_start = yesterday;
        must(store.add_subscription(wish, {}));
      }
    });
  }
};

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void build(benchmark::State& state, Morning& world) {
  std::size_t digests = 0;
  std::size_t told = 0;
  for (auto _ : state) {
    const deliver::BuildReport report = world.build();
    digests += report.messages;
    told += report.stories;
  }
  state.counters["digests"] = static_cast<double>(digests);
  state.counters["stories"] = static_cast<double>(told) / static_cast<double>(digests);
  state.counters["digests/s"] = benchmark::Counter(static_cast<double>(digests), benchmark::Counter::kIsRate);
}

void Build(benchmark::State& state) {
  Morning world(static_cast<std::size_t>(state.range(0)));
  build(state, world);
}
BENCHMARK(Build)
    ->ArgName("people")
    ->Arg(10)
    ->Arg(100)
    ->Arg(1000)
    ->Arg(10000)
    ->Arg(20000)
    ->Unit(benchmark::kSecond)
    ->Iterations(1);

void BuildAlike(benchmark::State& state) {
  Morning world(people_alike, filters_alike);
  build(state, world);
}
BENCHMARK(BuildAlike)->Unit(benchmark::kSecond)->Iterations(1);

class Nowhere final : public deliver::MailTransport {
 public:
  deliver::MailAnswer send(const std::string&, const std::string&, const std::string&, std::string_view) override {
    return {deliver::MailAnswer::Kind::accepted, ""};
  }
};

std::unique_ptr<deliver::MailTransport> transport() {
  const char* relay = std::getenv("SOTEVAHTI_BENCH_RELAY");
  if (relay == nullptr) return std::make_unique<Nowhere>();
  config::Settings settings;
  settings.mail.transport = config::Settings::Mail::Transport::smtp;
  settings.mail.url = relay;
  settings.mail.tls = config::Settings::Mail::Tls::none;
  return must(deliver::make_transport(settings));
}

void Send(benchmark::State& state) {
  Morning world;
  world.build();
  const base::ManualClock clock(morning);
  std::size_t sent = 0;
  double wall = 0;
  for (auto _ : state) {
    const auto start = std::chrono::steady_clock::now();
    boost::asio::io_context io;
    net::HttpClient webhooks(io, {});
    deliver::OutboxOptions options;
    options.from = "sote@example.org";
    options.mails_per_second = 0;
    deliver::Outbox outbox({io, *world.database, webhooks, transport(), clock}, options);
    boost::asio::co_spawn(io, outbox.send_due(), [&](std::exception_ptr failure, const deliver::SendReport& report) {
      if (failure) std::rethrow_exception(failure);
      sent += report.sent;
    });
    io.run();
    wall += seconds_since(start);
  }
  if (sent == 0) state.SkipWithError("nothing was sent");
  state.counters["mails"] = static_cast<double>(sent);
  state.counters["mails/s"] = static_cast<double>(sent) / wall;
}
BENCHMARK(Send)->Unit(benchmark::kSecond)->Iterations(1);

}  // namespace
}  // namespace sotevahti::bench

BENCHMARK_MAIN();
