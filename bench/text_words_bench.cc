// Speed of the lexicon: words a second that it has seen before and that it has not.
#include <benchmark/benchmark.h>

#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "text/language.h"
#include "text/words.h"

namespace sotevahti::text {
namespace {

std::unique_ptr<Lexicon> lexicon(std::size_t megabytes = 32) {
  auto opened = Lexicon::open(megabytes << 20);
  if (!opened) throw std::runtime_error(opened.error().message);
  return std::move(*opened);
}

// The forms of the gold list, in its order.
std::vector<std::string> forms(const std::string& lang) {
  std::ifstream in(std::string(SOTEVAHTI_SOURCE_DIR "/tests/data/lemmas_") + lang + ".tsv");
  std::vector<std::string> words;
  for (std::string line; std::getline(in, line);)
    if (!line.empty() && line[0] != '#') words.push_back(line.substr(0, line.find('\t')));
  return words;
}

void warm(benchmark::State& state, const std::string& lang) {
  const auto words = forms(lang);
  const auto lexicon_ = lexicon();
  for (const std::string& word : words) lexicon_->analyze(word, lang);
  for (auto _ : state)
    for (const std::string& word : words) benchmark::DoNotOptimize(&lexicon_->analyze(word, lang));
  state.SetItemsProcessed(static_cast<std::int64_t>(words.size()) * static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK_CAPTURE(warm, finnish, "fi");
BENCHMARK_CAPTURE(warm, swedish, "sv");

void cold(benchmark::State& state, const std::string& lang) {
  const auto words = forms(lang);
  for (auto _ : state) {
    state.PauseTiming();
    const auto lexicon_ = lexicon();
    state.ResumeTiming();
    for (const std::string& word : words) benchmark::DoNotOptimize(&lexicon_->analyze(word, lang));
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(words.size()) * static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK_CAPTURE(cold, finnish, "fi");
BENCHMARK_CAPTURE(cold, swedish, "sv");

// 100,000 forms in the cache: as many as a year of news has.
void full_cache(benchmark::State& state) {
  const auto lexicon_ = lexicon(256);
  std::vector<std::string> words;
  for (int i = 0; i < 100'000; ++i) words.push_back("sana" + std::to_string(i));
  for (const std::string& word : words) lexicon_->analyze(word, "sv");
  std::size_t at = 0;
  for (auto _ : state) benchmark::DoNotOptimize(&lexicon_->analyze(words[at = (at + 7919) % words.size()], "sv"));
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
  state.counters["MB"] = static_cast<double>(lexicon_->statistics().bytes) / 1e6;
}
BENCHMARK(full_cache);

void tokens(benchmark::State& state) {
  std::string text;
  for (const std::string& word : forms("fi")) text += word + ", ";
  for (auto _ : state) benchmark::DoNotOptimize(tokenize(text));
  state.SetBytesProcessed(static_cast<std::int64_t>(text.size()) * static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK(tokens);

void language(benchmark::State& state) {
  const std::string text =
      "Aluevaltuusto hyväksyi talousarvion ja palveluverkkosuunnitelman pitkän istunnon jälkeen. "
      "Sote-asemien määrä "
      "vähenee asteittain, ja samalla hyväksyttiin palvelustrategia.";
  for (auto _ : state) benchmark::DoNotOptimize(detect_language(text, "fi"));
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK(language);

}  // namespace
}  // namespace sotevahti::text

BENCHMARK_MAIN();
