// The taxonomy: tags.d/*.toml read into checked structs: what areas, places and
// topics there are, by which words they are known, and which words mean the same.
// Data that an admin may read and change; the rooms above give it its meaning.
// Values: read once, then shared by any threads.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace sotevahti::config {

// A name in the three languages of the interface.
struct Names {
  std::string fi, sv, en;
  const std::string& in(std::string_view lang) const { return lang == "sv" ? sv : lang == "en" ? en : fi; }
};

struct Area {
  std::string id;
  std::string code;                  // the wellbeing counties' own number, "01".."21"; may be empty
  std::string kind;                  // county, city, hus, aland, country
  Names name;                        // "Pirkanmaan hyvinvointialue"
  Names short_name;                  // "Pirkanmaa"
  std::vector<std::string> aliases;  // brands, abbreviations, predecessors: nominatives
  // Genitives of aliases whose inflection voikko does not know: "Pohde" = "Pohteen".
  std::vector<std::pair<std::string, std::string>> genitives;
  std::vector<std::string> domains;  // hosts of the publisher: evidence
};

struct Municipality {
  std::string code;
  std::string name_fi, name_sv;
  std::string area;
  bool common_word = false;  // means something else too (Ii, Salo): a place only where its surroundings say so
};

struct Place {
  std::string name;
  std::string lang;
  std::string kind;  // hospital old_municipality rescue subregion cooperation_area maakunta historic_region ...
  std::vector<std::string> areas;
  bool common_word = false;  // as a municipality's
};

// One rule of a topic or of relevance. Terms are written in their dictionary form;
// they meet any inflection, and compounds of which they are a part ("avustus" meets
// "järjestöavustusten"). "=HUS" is the exact form; "a b" words that follow each
// other; "a ... b" both in one sentence; "a|b" either; "barnskydd*" and "*vård" begin
// or end so; "@closing" any word of that set.
struct TopicRules {
  std::string lang;  // fi, sv, en
  std::vector<std::string> strong;
  std::vector<std::string> title;  // strong in a title, weak in the text
  std::vector<std::string> weak;
  std::vector<std::pair<std::string, std::string>> with;  // a counts as strong where b is in the text
  std::vector<std::string> except;                        // `not` in the file: phrases that do not count
  int line = 0;
};

struct Topic {
  std::string id;
  Names name;
  std::string scope;
  std::string applications;  // what is applied for in such an entry: a deadline's kind, or empty
  std::vector<TopicRules> rules;
  std::filesystem::path file;
  int line = 0;
};

// Old and new words for the same thing, with the years in which each was said.
struct Synonym {
  std::vector<std::string> words;
  std::vector<std::string> years;  // beside each word: "2015-2019", "2023-"; empty when none are given
  int line = 0;
};

// Words that many rules share: "@closing" in a rule stands for any of them.
struct WordSet {
  std::string name;
  std::vector<std::string> words;
  std::filesystem::path file;
  int line = 0;
};

// Who speaks is prior evidence: a newspaper for its own county, a ministry for the whole country.
struct Publishers {
  std::string kind;                // paper, media, wire, field and body (national), company, local
  std::vector<std::string> areas;  // empty: of the whole country
  std::vector<std::string> names;
  int line = 0;
};

struct Taxonomy {
  std::vector<Area> areas;
  std::vector<Municipality> municipalities;
  std::vector<Place> places;
  std::vector<Topic> topics;
  std::vector<Topic> relevance;  // ids "relevant" and "irrelevant"; the rules as a topic's
  std::vector<WordSet> sets;     // topics.toml and relevance.toml: [sets]
  std::vector<Publishers> publishers;
  std::vector<Synonym> synonyms;
  // Phrases in which a place's name is no place: newspapers, courts, universities, persons.
  std::vector<std::string> vetoes;
  std::string version;  // of the contents: retag when it changes

  const Area* area(std::string_view id) const;
  const Topic* topic(std::string_view id) const;
  std::vector<std::string> area_ids() const;
};

// An empty path gives the built-in tags.d. Refused whole with FILE:LINE: unknown
// keys, unknown areas, topics without a rule, a rule that can never match, a
// synonym that stands in two groups.
base::Result<Taxonomy> load_taxonomy(const std::filesystem::path& dir);

}  // namespace sotevahti::config
