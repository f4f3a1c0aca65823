// Speed of the feed room: bytes of feed documents a second, from the bytes to the
// model with sanitised HTML and plain text, and on to items with identity and facts.
// What a document takes of memory is counted in tests/feed/memory_test.cc.
//
// Documents: the folder named by SOTEVAHTI_FEEDS (as make_feeds.py writes it), else
// the sample feeds of tests/data. bench/feedparser_bench.py compares with feedparser.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "feed/document.h"
#include "feed/item.h"
#include "feed/xml_repair.h"
#include "text/html.h"

namespace sotevahti::feed {
namespace {

std::string content_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

const std::vector<std::string>& documents() {
  static const std::vector<std::string> all = [] {
    const char* folder = std::getenv("SOTEVAHTI_FEEDS");
    std::vector<std::string> read;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(folder ? folder : SOTEVAHTI_SOURCE_DIR "/tests/data/feeds")) {
      const auto extension = entry.path().extension();
      if (!entry.is_regular_file() || extension == ".toml" || extension == ".gz") continue;
      if (entry.path().filename() != "manifest.json") read.push_back(content_of(entry.path()));
    }
    return read;
  }();
  return all;
}

std::int64_t total_bytes() {
  std::int64_t bytes = 0;
  for (const std::string& document : documents()) bytes += static_cast<std::int64_t>(document.size());
  return bytes;
}

void count_bytes(benchmark::State& state) {
  state.SetBytesProcessed(total_bytes() * static_cast<std::int64_t>(state.iterations()));
}

std::size_t plain_text_of(const Part& part) {
  std::size_t length = 0;
  const auto add = [&](const Text& text) {
    length += text.type == "text" ? text.value.size()
                                  : text::to_plain_text(text::SafeHtml::trusted(text.value)).view().size();
  };
  for (const auto* text : {&part.title, &part.summary}) {
    if (*text) add(**text);
  }
  for (const Text& text : part.content) add(text);
  return length;
}

void parse_alone(benchmark::State& state) {
  for (auto _ : state) {
    for (const std::string& bytes : documents()) benchmark::DoNotOptimize(parse(bytes, {}));
  }
  count_bytes(state);
}
BENCHMARK(parse_alone)->Unit(benchmark::kMillisecond);

void parse_with_plain_text(benchmark::State& state) {
  for (auto _ : state) {
    for (const std::string& bytes : documents()) {
      const Document document = parse(bytes, {});
      for (const Entry& entry : document.entries) benchmark::DoNotOptimize(plain_text_of(entry));
    }
  }
  count_bytes(state);
}
BENCHMARK(parse_with_plain_text)->Unit(benchmark::kMillisecond);

void parse_to_items(benchmark::State& state) {
  for (auto _ : state) {
    for (const std::string& bytes : documents()) benchmark::DoNotOptimize(to_items(parse(bytes, {}), {}));
  }
  count_bytes(state);
}
BENCHMARK(parse_to_items)->Unit(benchmark::kMillisecond);

void repair_alone(benchmark::State& state) {
  for (auto _ : state) {
    for (const std::string& bytes : documents()) benchmark::DoNotOptimize(repair_xml(bytes));
  }
  count_bytes(state);
}
BENCHMARK(repair_alone)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace sotevahti::feed

BENCHMARK_MAIN();
