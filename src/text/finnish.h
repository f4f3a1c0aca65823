// Finnish by libvoikko: the readings of a word, most likely first, and the parts of
// a compound. One object holds one dictionary handle and belongs to one thread.
// Knows nothing of caches and names; Lexicon is what other rooms use.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "text/words.h"

struct VoikkoHandle;

namespace sotevahti::text {

class Finnish {
 public:
  static base::Result<Finnish> open();

  // `word` in composed letters, case as written, at most max_word bytes. An unknown
  // word gives an analysis without lemmas.
  Analysis analyze(const std::string& word) const;

  static constexpr std::size_t max_word = 100;

 private:
  struct Close {
    void operator()(VoikkoHandle* handle) const;
  };
  explicit Finnish(VoikkoHandle* handle) : handle_(handle) {}
  std::unique_ptr<VoikkoHandle, Close> handle_;
};

// The parts of a compound from voikko's own terms: BASEFORM "järjestöavustus", WORDBASES
// "+järjestö(järjestö)+avust(avustaa)+us(+us)", STRUCTURE "=pppppppp=pppppppppp" give
// järjestö and avustus; of three parts and more also the compounds within the compound
// (perusterveydenhuolto: terveydenhuolto). Empty for what is no compound.
std::vector<std::string> compound_parts(std::string_view baseform, std::string_view wordbases,
                                        std::string_view structure);

}  // namespace sotevahti::text
