// Questions to an archive, one after the other, as search and the pages ask them (20 entries with
// snippets, deadlines and other tellings):
//   archive_search_bench ARCHIVE QUESTIONS.tsv [ROUNDS]      (bench/questions.py makes them)
// One JSON line a class and one for all: milliseconds of CPU and on the wall. The first round, with the
// connection's caches empty, is told apart ("first"); then come the slowest questions.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <map>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "archive/database.h"
#include "archive/filter.h"
#include "archive/query.h"
#include "archive/search.h"
#include "config/taxonomy.h"

namespace sotevahti::bench {
namespace {

constexpr std::size_t slowest_shown = 12;

template <class T>
T must(base::Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return std::move(*result);
}

double cpu_milliseconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) * 1e-6;
}

double wall_milliseconds() {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

struct Question {
  std::string kind, text;
  archive::Filter filter;
};

std::vector<Question> read_questions(const char* file) {
  std::vector<Question> questions;
  std::ifstream lines(file);
  for (std::string line; std::getline(lines, line);) {
    const auto tab = line.find('\t');
    auto filter = archive::parse_filter(line.substr(tab + 1));
    if (!filter) throw std::runtime_error(line + ": no filter");
    questions.push_back({line.substr(0, tab), line.substr(tab + 1), std::move(*filter)});
  }
  return questions;
}

struct Times {
  std::vector<double> cpu, wall, first_wall;
  std::size_t found = 0, cut = 0;
};

double part(std::vector<double> times, double which) {
  if (times.empty()) return 0;
  std::sort(times.begin(), times.end());
  return times[std::min(times.size() - 1, static_cast<std::size_t>(which * static_cast<double>(times.size())))];
}

double mean(const std::vector<double>& times) {
  return std::accumulate(times.begin(), times.end(), 0.0) / static_cast<double>(std::max<std::size_t>(1, times.size()));
}

void print(const std::string& kind, const Times& times) {
  fmt::print(
      "{{\"class\":\"{}\",\"asked\":{},\"found\":{},\"cut\":{},\"cpu_mean\":{:.3f},\"cpu_p50\":{:.2f},\"cpu_p90\":{:."
      "2f},\"cpu_p99\":{:.2f}"
      ","
      "\"cpu_max\":{:.2f},\"p50\":{:.2f},\"p99\":{:.2f},\"first_p50\":{:.2f},\"first_p99\":{:.2f}}}\n",
      kind, times.cpu.size(), times.found, times.cut, mean(times.cpu), part(times.cpu, 0.5), part(times.cpu, 0.9),
      part(times.cpu, 0.99), part(times.cpu, 1), part(times.wall, 0.5), part(times.wall, 0.99),
      part(times.first_wall, 0.5), part(times.first_wall, 0.99));
}

void measure(const char* file, const std::vector<Question>& questions, int rounds) {
  archive::OpenOptions options;
  options.access = archive::Access::read;
  const auto database = must(archive::Database::open(file, options));
  const auto taxonomy = must(config::load_taxonomy({}));
  const auto newest = archive::first_integer(*database, "SELECT max(arrived) FROM entries").value_or(0);
  archive::Search search(*database, taxonomy, base::from_unix(newest));
  std::map<std::string, Times> kinds;
  Times all;
  std::vector<std::pair<double, std::size_t>> slowest;
  std::mt19937 shuffle(3);
  std::vector<std::size_t> order(questions.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  for (int round = 0; round <= rounds; ++round) {
    std::shuffle(order.begin(), order.end(), shuffle);
    for (const std::size_t i : order) {
      const double wall = wall_milliseconds();
      const double cpu = cpu_milliseconds();
      const archive::Found found = search.find(questions[i].filter);
      const double cpu_taken = cpu_milliseconds() - cpu;
      const double wall_taken = wall_milliseconds() - wall;
      for (Times* times : {&kinds[questions[i].kind], &all}) {
        if (round == 0) {
          times->first_wall.push_back(wall_taken);
          times->found += found.entries.size();
          times->cut += found.cut ? 1 : 0;
        } else {
          times->cpu.push_back(cpu_taken);
          times->wall.push_back(wall_taken);
        }
      }
      if (round == rounds) slowest.emplace_back(cpu_taken, i);
    }
  }
  for (const auto& [kind, times] : kinds) print(kind, times);
  print("all", all);
  std::sort(slowest.rbegin(), slowest.rend());
  for (std::size_t i = 0; i < std::min(slowest_shown, slowest.size()); ++i)
    fmt::print(stderr, "{:8.2f} ms  {}\n", slowest[i].first, questions[slowest[i].second].text);
}

}  // namespace
}  // namespace sotevahti::bench

int main(int argc, char** argv) {
  if (argc < 3) {
    fmt::print(stderr, "archive_search_bench ARCHIVE QUESTIONS.tsv [ROUNDS]\n");
    return 2;
  }
  try {
    sotevahti::bench::measure(argv[1], sotevahti::bench::read_questions(argv[2]), argc > 3 ? std::atoi(argv[3]) : 5);
  } catch (const std::exception& problem) {
    fmt::print(stderr, "archive_search_bench: {}\n", problem.what());
    return 1;
  }
}
