// A Finnish word, whoever knows it: the dictionary, the names told to us, the base of
// "HUS:n", the last part of "HUS-yhtymän", "sotepalvelut" and "Satasairaalan", or what its ending gives
// away. One dictionary handle; one thread.
#pragma once
#include <optional>
#include <string>
#include <utility>

#include "text/finnish.h"
#include "text/finnish_names.h"

namespace sotevahti::text {

class FinnishWords {
 public:
  explicit FinnishWords(Finnish dictionary);

  // `word` in composed letters, at most Finnish::max_word bytes. Always has a lemma.
  Analysis analyze(const std::string& word) const;
  void add_name(std::string_view nominative, std::string_view genitive);
  const NameForms& names() const { return names_; }

 private:
  Analysis abbreviation(const std::string& word, std::size_t colon) const;
  Analysis hyphenated(const std::string& word, std::size_t hyphen) const;
  Analysis unknown(const std::string& word) const;
  std::optional<Analysis> without_its_hyphen(const std::string& form) const;
  bool ends_in_known_word(Analysis& analysis, const std::string& form) const;

  Finnish dictionary_;
  NameForms names_;
};

}  // namespace sotevahti::text
