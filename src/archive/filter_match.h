// Words of a filter as a full-text expression: lemmas in the languages that may be
// meant, old and new words for the same thing, areas by all their names. Every word is
// quoted; no text of a user reaches the index's query language. Belongs to its database's thread.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "archive/database.h"
#include "archive/filter.h"
#include "config/taxonomy.h"
#include "text/words.h"

namespace sotevahti::archive {

class WordMatcher {
 public:
  // `lang`: of the entries asked for, empty where it may be any.
  WordMatcher(Database& database, const config::Taxonomy& taxonomy, std::string lang)
      : database_(database), taxonomy_(taxonomy), lexicon_(database.lexicon()), lang_(std::move(lang)) {}

  // Of a word, prefix, phrase or words near each other; of an exact form what is to be looked through for it.
  const std::string& match(const Filter& filter);

 private:
  std::string match_anew(const Filter& filter);
  std::string match_prefix(const std::string& text);
  static std::string match_near(const std::vector<std::string>& places);
  std::vector<std::string> places_of(std::string_view text);
  void add_synonyms(const std::string& text, const std::vector<std::string>& terms, std::vector<std::string>& any);
  void add_places(const std::vector<std::string>& terms, std::vector<std::string>& any);

  Database& database_;
  const config::Taxonomy& taxonomy_;
  text::Lexicon& lexicon_;
  std::string lang_;
  std::map<std::pair<Filter::Kind, std::string>, std::string> matched_;  // a filter's words are asked for twice
};

// One term, as the index writes it, quoted. Values with a space or `|` meet nothing.
std::string quoted_mark(std::string_view kind, std::string_view value);
std::string any_of(const std::vector<std::string>& expressions);
std::string all_of(const std::vector<std::string>& expressions);

}  // namespace sotevahti::archive
