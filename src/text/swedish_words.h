// Swedish nouns of the field with their inflection, and words that begin compounds: what
// lets "välfärdsområdenas" be välfärdsområde without a dictionary. Pure; any thread.
#pragma once
#include <boost/unordered/unordered_flat_map.hpp>
#include <functional>
#include <string>
#include <string_view>

#include "base/hash.h"

namespace sotevahti::text {

class SwedishNouns {
 public:
  SwedishNouns();
  // The noun that `form` is a form of (genitives too), or "".
  std::string_view lemma(std::string_view form) const;
  // The word that begins a compound as `beginning`, joint left on or off ("hälso",
  // "förenings", "social"), or "".
  std::string_view first_part(std::string_view beginning) const;

 private:
  // To a word of the tables in swedish_words.cc.
  using Forms = boost::unordered_flat_map<std::string, std::string_view, base::TextHash, std::equal_to<>>;
  void add_form(std::string form, std::string_view noun);

  Forms forms_;
  Forms beginnings_;
};

}  // namespace sotevahti::text
