// Words: text into tokens, and tokens into lemmas and compound parts, Finnish by
// libvoikko, Swedish by libstemmer with rules of our own, English as it is. ä, ö
// and å are letters of their own, never folded away.
//
// A Lexicon holds the dictionary handle and a bounded cache: one for each thread,
// never shared. Making one reads the dictionary (some 10 ms): make it when first needed.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace sotevahti::text {

// A token's place in the text, in bytes, and its form in lower case.
struct Token {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool capital = false;         // begins with a capital letter
  bool all_capitals = false;    // HUS
  bool sentence_start = false;  // a capital here says nothing
  std::string_view surface;     // as written, in the text given
};

// Splits at everything that is neither letter, digit nor a joining hyphen, apostrophe
// or colon inside a word ("HUS:n" is one token). Linear; no allocation but the vector.
std::vector<Token> tokenize(std::string_view utf8);

// What is said of a word beside its lemmas.
struct WordTraits {
  bool place_name = false;  // a reading is a place's or other proper name's
  bool local_case = false;  // a reading is in a local case (inessive, elative, illative, adessive ...)
  bool genitive = false;
  bool known = false;     // the dictionary knows it
  bool any_case = false;  // with other capitals it would be the same
};

// What a word can be. Every string is in lower case, proper names too.
struct Analysis : WordTraits {
  std::vector<std::string> lemmas;  // all readings, most likely first; never empty (an unknown word is its own)
  std::vector<std::string> parts;   // compound parts' lemmas, without the lemmas themselves
};

class Lexicon {
 public:
  // `cache_bytes` bounds the memory of the cache. Fails when the Finnish dictionary is not installed.
  static base::Result<std::unique_ptr<Lexicon>> open(std::size_t cache_bytes);
  virtual ~Lexicon() = default;

  // `lang` is fi, sv, en, or empty (fi). The reference holds until the next call.
  virtual const Analysis& analyze(std::string_view word, std::string_view lang) = 0;

  // Words that voikko does not know, with their genitive: Pirha, Pirhan. Their case
  // forms are recognised from then on. Exact case forms only, so varhain is no Varha.
  // An empty genitive is guessed; a name of several words is left to its words.
  virtual void add_name(std::string_view nominative, std::string_view genitive) = 0;

  struct CacheStatistics {
    std::uint64_t hits = 0;
    std::uint64_t misses = 0;
    std::size_t bytes = 0;
  };
  virtual CacheStatistics statistics() const = 0;
  // Changes when the dictionary or our rules do: what was indexed with another is stale.
  static std::string version();
};

// What token `at` leaves to its neighbour: in "sosiaali- ja terveydenhuolto" the first one
// is also sosiaalihuolto, in "aluevaltuusto ja -hallitus" the last one aluehallitus; over lists
// ("lasten-, nuorten- ja perhepalvelut") and in Swedish too. Lemmas; mostly none.
std::vector<std::string> unfinished_compounds(std::string_view text, const std::vector<Token>& tokens, std::size_t at,
                                              std::string_view lang, Lexicon& lexicon);

// Unicode's simple lower case of Latin, Greek and Cyrillic letters; ä stays ä.
std::string lower(std::string_view utf8);

}  // namespace sotevahti::text
