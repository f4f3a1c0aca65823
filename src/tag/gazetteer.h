// The names of places: counties, municipalities, hospitals, brands and regions of
// tags.d, met in any of their forms in Finnish, Swedish and English. The longest
// name wins: "Etelä-Pohjanmaa" is never "Pohjanmaa". It says what is named, not yet
// whether the place is meant (area_mentions.h). Immutable once built; any thread.
#pragma once
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "config/taxonomy.h"
#include "text/words.h"

namespace sotevahti::tag {

using NameWordId = std::uint32_t;
using NameId = std::uint32_t;

struct PlaceName {
  std::string name;                // "Kotka"
  std::string kind;                // county city hus aland municipality hospital rescue adjective inhabitants ...
  std::vector<std::string> areas;  // in which it lies
  bool common_word = false;        // a word or a surname too: needs context
  bool capital = true;             // written with a capital
  bool capitals = false;           // an abbreviation: HUS is no Hus
  bool organisation = false;       // of the field: a county's brand, a hospital, a rescue department
  std::uint8_t languages = 0;      // in whose texts it is looked for
};

class Gazetteer {
 public:
  // Makes the names' case forms known to `lexicon`.
  Gazetteer(const config::Taxonomy& taxonomy, text::Lexicon& lexicon);

  // The words of names that a form can be.
  std::vector<NameWordId> words_of(std::string_view surface, const text::Analysis& analysis,
                                   std::string_view lang) const;
  // Is one of them a name by itself?
  bool is_name(const std::vector<NameWordId>& words) const;
  std::optional<NameWordId> word(const std::string& key) const;
  // Of "keski-pohjanmaa" the word "pohjanmaa".
  std::optional<NameWordId> behind_hyphen(NameWordId word) const;

  // Walking name by name: a node is where the words so far lead; 0 is the root.
  using Node = std::uint32_t;
  std::vector<Node> step(const std::vector<Node>& from, const std::vector<NameWordId>& words) const;
  // The name that ends at a node.
  const PlaceName* at(Node node, std::string_view lang) const;

 private:
  struct Spelling {
    std::string_view name;
    std::string_view lang;  // fi, sv, en; empty: any
  };
  void add_areas(const config::Taxonomy& taxonomy);
  void add_municipalities(const config::Taxonomy& taxonomy);
  void add_places(const config::Taxonomy& taxonomy);
  PlaceName& add(Spelling spelling, std::string_view kind, const std::vector<std::string>& areas, bool common_word);
  void add_path(const std::vector<std::string>& keys, NameId name);
  void add_adjectives(std::string_view name, const std::vector<std::string>& areas);
  void add_inhabitants(std::string_view town, const std::vector<std::string>& areas);
  std::vector<std::string> keys_of(std::string_view name, std::string_view lang);

  text::Lexicon& lexicon_;
  std::vector<PlaceName> names_;
  std::unordered_map<std::string, NameWordId> words_;
  std::unordered_map<NameWordId, NameWordId> behind_hyphens_;
  boost::unordered_flat_map<std::uint64_t, Node> steps_;  // node and word to node
  std::vector<std::vector<NameId>> ends_;                 // of a node
  std::unordered_set<std::string> brands_;                // as written: Pirha, HUS
};

}  // namespace sotevahti::tag
