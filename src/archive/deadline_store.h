// Deadlines of entries, and what became of them: moved and withdrawn ones stay on
// record, since people were told of them. Within the caller's transaction.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "archive/database.h"
#include "archive/entry.h"
#include "tag/story.h"

namespace sotevahti::archive {

class DeadlineStore {
 public:
  explicit DeadlineStore(Database& database) : database_(database) {}

  void add(EntryId entry, const std::vector<tag::Deadline>& deadlines);
  // After an edit: the same ones stay, of a kind that has another day now the deadline
  // moved, what is gone is withdrawn. True when a day was moved or withdrawn.
  bool revise(EntryId entry, const std::vector<tag::Deadline>& deadlines, base::Time at);
  struct Corrected {
    std::vector<tag::DeadlineKind> added, removed;
  };
  // By other rules than before. Nobody moved or withdrew anything: no history is written, and
  // what was moved, withdrawn or declared by the platform stays.
  Corrected correct(EntryId entry, const std::vector<tag::Deadline>& deadlines);
  // The entry says that an earlier deadline was moved ("hakuaikaa jatketaan"): finds it among
  // the feed's entries about the same, and notes the move on both.
  void follow_extensions(EntryId entry, const tag::StorySignature& signature, base::Time at);
  // In order of their days; withdrawn ones too.
  std::vector<StoredDeadline> of(EntryId entry);

 private:
  std::optional<StoredDeadline> extended_by(EntryId entry, const StoredDeadline& extension,
                                            const tag::StorySignature& signature);
  void rewrite(std::int64_t id, const tag::Deadline& now);
  void move(const StoredDeadline& old, const tag::Deadline& now, base::Time at);
  void withdraw(const StoredDeadline& old, base::Time at);
  Database& database_;
};

class Query;
// Columns as deadline_columns names them, from `first` on.
StoredDeadline read_deadline(const Query& row, int first);
inline constexpr std::string_view deadline_columns =
    "d.id, d.kind, d.opens, d.closes, d.minute, d.confidence, d.extended, d.withdrawn, d.moved_from, d.quote, "
    "d.field, d.at, d.until, d.rule, (SELECT max(m.at) FROM deadline_moves m WHERE m.deadline = d.id)";
inline constexpr int deadline_column_count = 15;

}  // namespace sotevahti::archive
