// The archive: storing what polls bring, and questions to a large archive.
//   archive_bench --benchmark_filter=Store       a first poll, in rounds of 50 feeds of 20 entries
//   SOTEVAHTI_BENCH_ENTRIES=1000000 archive_bench --benchmark_filter=Find
//   SOTEVAHTI_BENCH_ARCHIVE=FILE keeps the large archive and uses it again.
// Rates are entries a second of this thread's CPU; "bytes" is the file's size an entry and
// "text" the plain text's.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <memory>

#include "archive/database.h"
#include "archive/feed_store.h"
#include "archive/index_words.h"
#include "archive/search.h"
#include "archive_corpus.h"
#include "config/taxonomy.h"

namespace sotevahti::bench {
namespace {

constexpr base::Time corpus_start = base::Time(std::chrono::sys_days(std::chrono::year(2016) / 1 / 1));
constexpr std::size_t feeds_a_round = 50;
constexpr std::size_t entries_a_poll = 20;

std::unique_ptr<archive::Database> open(const std::filesystem::path& file,
                                        archive::Access access = archive::Access::write) {
  archive::OpenOptions options;
  options.access = access;
  auto database = archive::Database::open(file, options);
  if (!database) throw std::runtime_error(database.error().message);
  return std::move(*database);
}

archive::PollOutcome poll_of(std::size_t feed, std::uint64_t first_entry, base::Time at, base::Seconds apart,
                             bool prepared = true) {
  archive::PollOutcome outcome;
  outcome.kind = archive::PollOutcome::Kind::updated;
  outcome.state.feed_id = "feed-" + std::to_string(feed);
  outcome.state.first_poll_done = true;
  outcome.at = at;
  for (std::size_t i = 0; i < entries_a_poll; ++i) {
    const base::Seconds some(static_cast<std::int64_t>(Random(first_entry + i).below(86400)));
    outcome.entries.push_back(make_entry(first_entry + i, at - apart * static_cast<std::int64_t>(i) - some, prepared));
  }
  return outcome;
}

std::filesystem::path scratch() {
  const auto folder = std::filesystem::temp_directory_path() / "sotevahti-bench";
  std::filesystem::create_directories(folder);
  return folder;
}

void remove_archive(const std::filesystem::path& file) {
  for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(file.string() + suffix);
}

void FirstPollStore(benchmark::State& state) {
  const auto file = scratch() / "store.db";
  const auto rounds = static_cast<std::size_t>(state.range(0)) / (feeds_a_round * entries_a_poll);
  std::size_t text_bytes = 0;
  std::size_t stored = 0;
  std::uintmax_t file_bytes = 0;
  for (auto _ : state) {
    state.PauseTiming();
    remove_archive(file);
    auto database = open(file);
    (void)database->lexicon();
    archive::use_names(*database, taxonomy());
    for (std::size_t round = 0; round < rounds; ++round) {
      std::vector<archive::PollOutcome> outcomes;
      for (std::size_t i = 0; i < feeds_a_round; ++i) {
        const std::size_t feed = round * feeds_a_round + i;
        outcomes.push_back(poll_of(feed, feed * entries_a_poll, corpus_start + std::chrono::days(3000),
                                   std::chrono::hours(37), state.range(1) == 1));
        for (const auto& entry : outcomes.back().entries) text_bytes += entry.item.text.str().size();
      }
      state.ResumeTiming();
      for (const auto& report : archive::FeedStore(*database).store_polls(outcomes)) stored += report.new_entries;
      state.PauseTiming();
    }
    state.ResumeTiming();
    database.reset();
    state.PauseTiming();
    file_bytes = std::filesystem::file_size(file);
    state.ResumeTiming();
  }
  if (stored == 0) state.SkipWithError("nothing was stored");
  const auto entries = static_cast<double>(stored);
  state.SetItemsProcessed(static_cast<std::int64_t>(stored));
  state.counters["bytes"] = static_cast<double>(file_bytes) * static_cast<double>(state.iterations()) / entries;
  state.counters["text"] = static_cast<double>(text_bytes) / entries;
}
BENCHMARK(FirstPollStore)
    ->ArgNames({"entries", "prepared"})
    ->Args({2000, 0})
    ->Args({2000, 1})
    ->Args({20000, 0})
    ->Args({20000, 1})
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1);

// An archive that grew for ten years.
class LargeArchive {
 public:
  LargeArchive() {
    const char* wanted = std::getenv("SOTEVAHTI_BENCH_ENTRIES");
    const char* kept = std::getenv("SOTEVAHTI_BENCH_ARCHIVE");
    const std::uint64_t entries = wanted != nullptr ? std::strtoull(wanted, nullptr, 10) : 100000;
    file_ = kept != nullptr ? std::filesystem::path(kept) : scratch() / "large.db";
    if (kept == nullptr) remove_archive(file_);
    if (!std::filesystem::exists(file_)) fill(file_, entries);
    database_ = open(file_, archive::Access::read);
  }
  const std::filesystem::path& file() const { return file_; }
  archive::Search search() { return {*database_, taxonomy(), corpus_start + std::chrono::days(3650)}; }

 private:
  static void fill(const std::filesystem::path& file, std::uint64_t entries) {
    auto database = open(file);
    const std::uint64_t polls = entries / entries_a_poll;
    const auto a_poll = std::chrono::duration_cast<base::Seconds>(std::chrono::days(3650)) / polls;
    std::vector<archive::PollOutcome> outcomes;
    for (std::uint64_t poll = 0; poll < polls; ++poll) {
      outcomes.push_back(poll_of(poll % 1000, poll * entries_a_poll, corpus_start + a_poll * poll, base::Seconds(600)));
      if (outcomes.size() < feeds_a_round && poll + 1 < polls) continue;
      archive::FeedStore(*database).store_polls(outcomes);
      outcomes.clear();
    }
  }

  std::filesystem::path file_;
  std::unique_ptr<archive::Database> database_;
};

LargeArchive& large_archive() {
  static LargeArchive archive;
  return archive;
}

// One new entry in an archive of ten years: its rows, its story, its words, in a transaction of its own.
void StoreOneEntry(benchmark::State& state) {
  const auto database = open(large_archive().file());
  archive::FeedStore store(*database);
  std::uint64_t number = std::uint64_t{1} << 40;
  for (auto _ : state) {
    state.PauseTiming();
    archive::PollOutcome outcome =
        poll_of(7, ++number * entries_a_poll, corpus_start + std::chrono::days(3650), base::Seconds(60));
    outcome.entries.resize(1);
    const std::vector<archive::PollOutcome> outcomes{std::move(outcome)};
    state.ResumeTiming();
    benchmark::DoNotOptimize(store.store_polls(outcomes));
  }
}
BENCHMARK(StoreOneEntry)->Unit(benchmark::kMicrosecond)->Iterations(2000);

void Find(benchmark::State& state, const std::string& text) {
  archive::Search search = large_archive().search();
  const auto filter = archive::parse_filter(text);
  std::size_t found = 0;
  for (auto _ : state) found += search.find(*filter).entries.size();
  state.counters["found"] = static_cast<double>(found) / static_cast<double>(state.iterations());
}
#define FIND(name, text) BENCHMARK_CAPTURE(Find, name, text)->Unit(benchmark::kMillisecond)
FIND(everything, "");
FIND(common_word, "palvelu");
FIND(common_inflected, "hyvinvointialueella");
FIND(rare_word, "mielilääke");
FIND(two_words, "palvelu avustus");
FIND(word_area, "palvelu area:lappi");
FIND(rare_and_area, "mielilääke area:lappi");
FIND(area_topic, "area:lappi topic:hyte");
FIND(phrase, "\"uusi palvelu\"");
FIND(prefix_5, "mieli*");
FIND(prefix_3, "pal*");
FIND(exact, "=palvelussa");
FIND(without, "palvelu -avustus");
FIND(only_without, "-palvelu -on -ja");
FIND(nothing, "palvelu lang:sv area:lappi");
FIND(old_times, "palvelu until:2017-01-01");
FIND(either, "palvelu OR avustus OR lang:sv");

void FindFacets(benchmark::State& state, const std::string& text) {
  archive::Search search = large_archive().search();
  const auto filter = archive::parse_filter(text);
  for (auto _ : state) benchmark::DoNotOptimize(search.facets(*filter));
}
BENCHMARK_CAPTURE(FindFacets, everything, "")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(FindFacets, common, "palvelu")->Unit(benchmark::kMillisecond);

void FindRanked(benchmark::State& state, const std::string& text) {
  archive::Search search = large_archive().search();
  const auto filter = archive::parse_filter(text);
  archive::Page page;
  page.order = archive::Order::rank;
  for (auto _ : state) benchmark::DoNotOptimize(search.find(*filter, page));
}
BENCHMARK_CAPTURE(FindRanked, common, "palvelu avustus")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace sotevahti::bench

BENCHMARK_MAIN();
