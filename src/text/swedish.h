// Swedish: a word's dictionary form and the parts of a compound, by a table of the
// field's words with their inflection, and for the rest by Snowball's stemmer and
// rules for what it leaves (bidraget, områdena). One stemmer each; one thread.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "text/compound.h"
#include "text/swedish_words.h"
#include "text/words.h"

struct sb_stemmer;

namespace sotevahti::text {

class Swedish {
 public:
  Swedish();
  // `word` in composed letters, case as written. Always has a lemma.
  Analysis analyze(const std::string& word) const;

 private:
  struct Close {
    void operator()(sb_stemmer* stemmer) const;
  };
  std::string stem(const std::string& word) const;
  std::string stem_once(const std::string& word) const;
  bool split(std::string_view form, std::vector<CompoundPart>& parts, bool& told) const;
  void split_off_beginning(std::string_view form, Analysis& analysis) const;
  bool split_beginning(std::string_view beginning, std::vector<CompoundPart>& parts, int deeper) const;

  SwedishNouns nouns_;
  std::unique_ptr<sb_stemmer, Close> stemmer_;
};

}  // namespace sotevahti::text
