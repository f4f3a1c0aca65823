// Stories: each new entry joins the story that it tells again, or is one of its own.
// Candidates are found by the signature's keys among entries of two weeks around it, so
// the cost does not grow with the archive. Within the caller's transaction.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "archive/database.h"
#include "archive/entry.h"
#include "archive/story_keys.h"
#include "tag/story.h"

namespace sotevahti::archive {

struct Joined {
  StoryId story = 0;
  bool is_new = true;
};

class StoryStore {
 public:
  explicit StoryStore(Database& database) : database_(database), keys_(database) {}

  // For an entry that was just added, with a story of its own.
  Joined join(EntryId entry, const tag::StorySignature& signature, base::Time arrived);
  // As it is kept; none of an entry that is too old to be told again.
  std::optional<tag::StorySignature> signature(EntryId entry);
  // After an edit; the entry stays in its story.
  void replace_signature(EntryId entry, const tag::StorySignature& signature);
  // Signatures are kept while a like entry may still come; the oldest ones of entries that
  // arrived long before `now` go, so many at a time.
  void forget_signatures(base::Time now, std::size_t at_most);

  // After a transaction that was taken back, or when others wrote: what was learnt may not be so.
  void forget_what_is_known();

 private:
  std::vector<EntryId> candidates(EntryId entry, const tag::StorySignature& signature);
  // From the story of which `candidate` is a telling.
  bool is_barred(EntryId candidate, const tag::StorySignature& signature);
  // Each holds until the other is called again.
  const tag::StorySignature& signature_of(EntryId entry);
  const tag::StorySignature& remember(EntryId entry, tag::StorySignature signature);
  void keep_signature(EntryId entry, const tag::StorySignature& signature, base::Time arrived);
  void forget_signature(EntryId entry);
  void add_telling(StoryId story, EntryId entry, const std::string& why);
  Database& database_;
  StoryKeys keys_;
  std::unordered_map<EntryId, tag::StorySignature> known_;  // read or kept lately
};

}  // namespace sotevahti::archive
