// Lines of lists, read from the database: summary_columns of `entries e`. Belongs to its database's thread.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "archive/database.h"
#include "archive/entry.h"

namespace sotevahti::archive {

class Query;

inline constexpr std::string_view summary_columns =
    "e.id, e.story, e.url, e.title, e.lang, e.arrived, e.published, e.event_at, e.board, e.revised, e.areas, "
    "e.topics, e.publisher, e.feed";
inline constexpr int summary_column_count = 14;

// Names of feeds are read as they are met, once for a list: there may be twenty thousand.
class Summaries {
 public:
  explicit Summaries(Database& database) : database_(database) {}

  EntrySummary read(const Query& row);
  std::optional<EntrySummary> of(EntryId entry);
  // Deadlines, and the publishers of other tellings: for what is shown, after choosing.
  void complete(EntrySummary& summary);

 private:
  struct FeedNames {
    std::string id, publisher, kind, role;
  };
  const FeedNames& feed(std::int64_t number);

  Database& database_;
  std::unordered_map<std::int64_t, FeedNames> feeds_;  // by number
};

// Ids with a space between, apart.
std::vector<std::string> split_ids(std::string_view ids);
// The beginning of a text, for a line without hits.
std::string beginning_of(std::string_view text);

}  // namespace sotevahti::archive
