#include "text/swedish.h"

#include <libstemmer.h>

#include <stdexcept>

namespace sotevahti::text {

void Swedish::Close::operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }

Swedish::Swedish() : stemmer_(sb_stemmer_new("swedish", "UTF_8")) {
  if (!stemmer_) throw std::runtime_error("libstemmer has no Swedish");
}

std::string Swedish::stem(std::string word) const {
  const auto once = [this](const std::string& from) {
    const sb_symbol* stemmed = sb_stemmer_stem(
        stemmer_.get(), reinterpret_cast<const sb_symbol*>(from.data()), static_cast<int>(from.size()));
    return std::string(reinterpret_cast<const char*>(stemmed),
                       static_cast<std::size_t>(sb_stemmer_length(stemmer_.get())));
  };
  word = once(word);
  if (word.size() > 5 && word.ends_with("et")) word = once(word.substr(0, word.size() - 2));
  return word;
}

Analysis Swedish::analyze(const std::string& word) const {
  Analysis analysis;
  analysis.lemmas.push_back(stem(word));
  return analysis;
}

}  // namespace sotevahti::text
