// Swedish: a word's dictionary form and the parts of a compound, by a table of the
// field's words with their inflection, and for the rest by Snowball's stemmer and
// rules for what it leaves (bidraget, områdena). One stemmer each; one thread.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "text/words.h"

struct sb_stemmer;

namespace sotevahti::text {

class Swedish {
 public:
  Swedish();
  // `word` in lower case and composed letters. Always has a lemma.
  Analysis analyze(const std::string& word) const;

 private:
  struct Close {
    void operator()(sb_stemmer* stemmer) const;
  };
  std::string stem(std::string word) const;
  std::unique_ptr<sb_stemmer, Close> stemmer_;
};

}  // namespace sotevahti::text
