#include "archive/rank.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <unordered_set>

#include "archive/query.h"
#include "archive/tokenizer.h"

namespace sotevahti::archive {
namespace {

// Okapi BM25's usual constants; a word of the title counts as so many of the text.
constexpr double saturation = 1.2;
constexpr double length_share = 0.75;
constexpr double usual_length = 150;
constexpr double title_weight = 6;
// What is a year old counts half as much as news.
constexpr double half_life_days = 365;

// For each phrase of the question, as a blob of floats: its saturated frequency in the entry.
void word_weights(const Fts5ExtensionApi* api, Fts5Context* fts, sqlite3_context* context, int, sqlite3_value**) {
  const int phrases = api->xPhraseCount(fts);
  int hits = 0;
  int words = 0;
  int result = api->xInstCount(fts, &hits);
  if (result == SQLITE_OK) result = api->xColumnSize(fts, 1, &words);
  std::vector<float> weights(static_cast<std::size_t>(phrases), 0.0F);
  for (int i = 0; i < hits && result == SQLITE_OK; ++i) {
    int phrase = 0, column = 0, offset = 0;
    result = api->xInst(fts, i, &phrase, &column, &offset);
    weights[static_cast<std::size_t>(phrase)] += static_cast<float>(column == 0 ? title_weight : 1.0);
  }
  if (result != SQLITE_OK) return sqlite3_result_error_code(context, result);
  const double length = 1 - length_share + length_share * words / usual_length;
  for (float& weight : weights) {
    weight = static_cast<float>(weight * (saturation + 1) / (weight + saturation * length));
  }
  sqlite3_result_blob(context, weights.data(), static_cast<int>(weights.size() * sizeof(float)), SQLITE_TRANSIENT);
}

struct Candidate {
  EntryId id = 0;
  StoryId story = 0;
  base::Time shown{};
  std::vector<float> weights;
  double score = 0;
};

std::vector<Candidate> newest(Database& database, const FilterSql& filter) {
  const std::string sql = fmt::format(
      "SELECT e.id, e.story, min(coalesce(e.published, e.arrived), e.arrived), word_weights(entry_index) {} "
      "ORDER BY {} LIMIT {}",
      filter.from_where(), filter.order(), ranked_window);
  std::vector<Candidate> window;
  Query rows(database, sql);
  filter.bind(rows, 0, INT64_MAX);
  while (rows.step()) {
    Candidate candidate{rows.integer(0), rows.integer(1), rows.time(2), {}, 0};
    const std::string_view bytes = rows.view(3);
    candidate.weights.resize(bytes.size() / sizeof(float));
    std::memcpy(candidate.weights.data(), bytes.data(), candidate.weights.size() * sizeof(float));
    window.push_back(std::move(candidate));
  }
  return window;
}

// Words that few of the window have tell more.
std::vector<double> rarities(const std::vector<Candidate>& window) {
  std::vector<double> rarity(window.empty() ? 0 : window.front().weights.size(), 0);
  for (const Candidate& candidate : window) {
    for (std::size_t i = 0; i < rarity.size(); ++i) rarity[i] += candidate.weights[i] > 0 ? 1 : 0;
  }
  const auto entries = static_cast<double>(window.size());
  for (double& each : rarity) each = std::log(1 + (entries - each + 0.5) / (each + 0.5));
  return rarity;
}

void judge(std::vector<Candidate>& window, base::Time now) {
  const std::vector<double> rarity = rarities(window);
  for (Candidate& candidate : window) {
    for (std::size_t i = 0; i < rarity.size(); ++i) candidate.score += rarity[i] * candidate.weights[i];
    const double days = static_cast<double>((now - candidate.shown).count()) / 86400;
    candidate.score *= std::exp2(-std::max(0.0, days) / half_life_days);
  }
}

}  // namespace

std::vector<EntryId> best_first(Database& database, const FilterSql& filter, base::Time now) {
  std::vector<Candidate> window = newest(database, filter);
  judge(window, now);
  std::stable_sort(window.begin(), window.end(),
                   [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
  std::vector<EntryId> best;
  std::unordered_set<StoryId> told;
  for (const Candidate& candidate : window) {
    if (!filter.folds_stories || told.insert(candidate.story).second) best.push_back(candidate.id);
  }
  return best;
}

void register_word_weights(sqlite3* connection) {
  fts5_api* api = full_text_api(connection);
  if (api->xCreateFunction(api, "word_weights", nullptr, word_weights, nullptr) != SQLITE_OK) {
    throw ArchiveError("the index's function could not be registered");
  }
}

}  // namespace sotevahti::archive
