// A title or a text with its dates, and what each of its words says of them. Pure; one thread.
#pragma once
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "tag/date_mentions.h"
#include "tag/deadline_phrases.h"
#include "tag/tags.h"

namespace sotevahti::tag {

// What it is made of must outlive it.
class CuedText {
 public:
  CuedText(Field which, const DatedText& of, std::string_view in_language)
      : field(which),
        text(of.text),
        pieces(of.pieces),
        dates(of.dates),
        language(in_language),
        known_(of.pieces.size()) {}

  const Field field;
  const std::string_view text;
  const Pieces& pieces;
  const std::vector<DateMention>& dates;
  const std::string_view language;

  Cues cues(std::size_t i) const {
    if (!known_[i]) known_[i] = cues_at(pieces, i, language);
    return *known_[i];
  }
  // Of all the pieces [first, last).
  Cues cues(std::size_t first, std::size_t last) const {
    Cues all = 0;
    for (std::size_t i = first; i < last; ++i) all |= cues(i);
    return all;
  }

 private:
  // Looked up when asked for: what stands far from every date seldom is.
  mutable std::vector<std::optional<Cues>> known_;
};

}  // namespace sotevahti::tag
