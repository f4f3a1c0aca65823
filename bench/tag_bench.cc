// The tagger on the entries of the gold set: cold is the first meeting with their words,
// warm the second and later ones. Run with the preset "bench": build/bench/bench/tag_bench.
#include <benchmark/benchmark.h>

#include <chrono>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "config/taxonomy.h"
#include "tag/tagger.h"
#include "text/words.h"

namespace sotevahti {
namespace {

constexpr std::size_t cache_bytes = 32U << 20U;

struct Entry {
  std::string title, text, url, publisher;
};

std::vector<Entry> read_entries() {
  std::ifstream file(SOTEVAHTI_SOURCE_DIR "/tests/data/gold.jsonl");
  std::vector<Entry> entries;
  for (std::string line; std::getline(file, line);) {
    const auto row = nlohmann::json::parse(line);
    entries.push_back({row["title"], row["summary"], row["url"], row["publisher"]});
  }
  return entries;
}

// Some 150 words, as a release has them: each entry with the texts of its followers.
std::vector<Entry> lengthened(const std::vector<Entry>& entries) {
  std::vector<Entry> longer = entries;
  for (std::size_t i = 0; i < entries.size(); ++i)
    for (std::size_t next = 1; next < 8; ++next) longer[i].text += "\n" + entries[(i + next) % entries.size()].text;
  return longer;
}

tag::Subject subject_of(const Entry& entry) {
  using namespace std::chrono;
  tag::Subject subject;
  subject.title = entry.title;
  subject.text = entry.text;
  subject.url = entry.url;
  subject.publisher = entry.publisher;
  subject.published = year(2025) / 10 / 1;
  return subject;
}

struct Workbench {
  config::Taxonomy taxonomy = *config::load_taxonomy(SOTEVAHTI_SOURCE_DIR "/tags.d");
  std::unique_ptr<text::Lexicon> lexicon = *text::Lexicon::open(cache_bytes);
  tag::Tagger tagger{taxonomy, *lexicon};
};

void tag_warm(benchmark::State& state, const std::vector<Entry>& entries) {
  Workbench bench;
  for (const Entry& entry : entries) bench.tagger.tag(subject_of(entry));
  for (auto _ : state)
    for (const Entry& entry : entries) benchmark::DoNotOptimize(bench.tagger.tag(subject_of(entry)));
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(entries.size()));
}

void tag_cold(benchmark::State& state, const std::vector<Entry>& entries) {
  for (auto _ : state) {
    state.PauseTiming();
    auto bench = std::make_unique<Workbench>();
    state.ResumeTiming();
    for (const Entry& entry : entries) benchmark::DoNotOptimize(bench->tagger.tag(subject_of(entry)));
    state.PauseTiming();
    bench.reset();
    state.ResumeTiming();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(entries.size()));
}

// The rules of a language are made when it is met.
void start(benchmark::State& state) {
  tag::Subject subject;
  subject.title = "sote";
  for (auto _ : state) {
    Workbench bench;
    for (const char* language : {"fi", "sv", "en"}) benchmark::DoNotOptimize(bench.tagger.read(subject, language));
  }
}

const std::vector<Entry> headlines = read_entries();
const std::vector<Entry> releases = lengthened(headlines);

BENCHMARK_CAPTURE(tag_warm, headlines, headlines)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(tag_warm, releases, releases)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(tag_cold, headlines, headlines)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(tag_cold, releases, releases)->Unit(benchmark::kMillisecond);
BENCHMARK(start)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace sotevahti

BENCHMARK_MAIN();
