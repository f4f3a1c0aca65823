// By which words the full-text index is made: the lexicon's, with the names of tags.d that
// the dictionary does not know. Their version stands in the archive; who analyses
// with other words is not believed. Belongs to its database's thread, but for WordPreparer.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "archive/database.h"
#include "archive/feed_store.h"
#include "archive/migrations.h"
#include "config/taxonomy.h"
#include "tag/reading.h"
#include "text/words.h"

namespace sotevahti::archive {

// Nominatives and genitives, sorted.
using NameForms = std::vector<std::pair<std::string, std::string>>;
NameForms names_of(const config::Taxonomy& taxonomy);
std::string index_version(const NameForms& names);

NameForms stored_names(Database& database);

// Takes the taxonomy's names into the archive. Where they are others than before the index
// is made anew, which takes some minutes for a million entries.
void use_names(Database& database, const config::Taxonomy& taxonomy, const Progress& progress = {});

// Makes an entry's words ready for the index where it is tagged: on another thread than the
// writer's, from words that have been looked up already. The tagger must be the taxonomy's.
class WordPreparer {
 public:
  explicit WordPreparer(const config::Taxonomy& taxonomy) : version_(index_version(names_of(taxonomy))) {}
  // Of `incoming`, read as `reading` after its tags were set. Where the two do not fit, the
  // archive is left to analyse the text itself.
  void prepare(IncomingEntry& incoming, const tag::Reading& reading) const;

 private:
  std::string version_;
};

// An entry's language as it is kept: what was found, else what the item says.
const std::string& language_of(const IncomingEntry& incoming);

}  // namespace sotevahti::archive
