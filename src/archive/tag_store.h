// The archive's tags brought to other rules than those by which they were made: from the
// first entry to the last, each step a transaction that keeps how far it came and what it
// changed, so that a kill loses nothing and repeats nothing. Texts and stories stay as they
// are, and nobody is told of an old entry anew. Belongs to its database's thread.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "archive/database.h"
#include "archive/entry.h"
#include "archive/entry_index.h"
#include "tag/story.h"
#include "tag/tags.h"

namespace sotevahti::archive {

// What an entry is tagged by.
struct UntaggedEntry {
  EntryId id = 0;
  std::uint64_t content_hash = 0;
  std::string feed_id, publisher, url, language;
  text::PlainText title, text;
  base::Time when{};
  std::optional<tag::StorySignature> signature;  // while a like entry may still come
};

struct RetaggedEntry {
  EntryId id = 0;
  std::uint64_t content_hash = 0;  // of the text that was read: an entry edited since has its tags
  tag::Tags tags;
  std::optional<tag::StorySignature> signature;
};

// What the present rules changed.
struct TagChanges {
  struct Count {
    std::size_t added = 0, removed = 0;
  };
  std::string version;                // of the rules; empty: there never were others
  std::size_t entries = 0;            // looked at
  std::size_t changed = 0;            // of these
  std::map<std::string, Count> tags;  // of "area:lappi", "topic:hyte", "deadline:grant", "lang:sv", "relevant"
};

class TagStore {
 public:
  explicit TagStore(Database& database) : database_(database) {}

  // Entries come by the rules of this version from now on. Where older ones were made by others
  // they are to be tagged anew; what was begun for the same rules is gone on with. `anew`: all of
  // them in any case.
  void use_rules(std::string_view version, bool anew = false);

  // Are all entries tagged by these rules?
  bool is_of(std::string_view version);
  // Are entries waiting to be tagged anew? How many, of how many?
  struct Waiting {
    std::size_t entries = 0, of = 0;
  };
  std::optional<Waiting> waiting();
  // The next ones; none at the end.
  std::vector<UntaggedEntry> next(std::size_t at_most);
  // What was made of them, in one transaction with the mark of how far it came. None: the end.
  void write(std::span<const RetaggedEntry> entries);
  // So far, or of the last time.
  TagChanges changes();

 private:
  void retag(const RetaggedEntry& entry, IndexChanges& index, TagChanges& changes);
  Database& database_;
};

}  // namespace sotevahti::archive
