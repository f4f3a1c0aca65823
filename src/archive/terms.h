// The terms under which texts stand in the full-text index, and the written form in
// which a question names them. One thread for each lexicon.
//
//   avustus       a lemma, or a compound's part at the same place
//   @area:lappi   a mark: a property of the entry that questions combine with words
//
// Forms as written are not indexed: it would take a third more room. Who asks for an
// exact form finds its lemmas and looks into the texts (says_form()). Written terms have a
// space between places and `|` between the terms of one place.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "text/word_terms.h"
#include "text/words.h"

namespace sotevahti::archive {

// Of these rules, of the lexicon and its dictionary: an index made by others is stale.
std::string terms_version();

struct Term {
  std::string_view term;
  std::uint32_t begin = 0, end = 0;  // bytes of the text
  bool same_place = false;           // as the term before
};
// Returns false to stop.
using TermSink = std::function<bool(const Term&)>;

// As which language a text is indexed: fi, sv or en.
std::string_view index_language(std::string_view lang);

// Terms of a text in a language, in the text's order. Bounded: words are cut at 64 bytes.
bool each_term(std::string_view text, std::string_view lang, text::Lexicon& lexicon, const TermSink& sink);
// The same places, each under its word as written: for who asks where they are, not what they mean.
bool each_place(std::string_view text, const TermSink& sink);
// Terms written out, read back; begin and end point into `written`.
bool each_written_term(std::string_view written, const TermSink& sink);
std::string write_terms(std::string_view text, std::string_view lang, text::Lexicon& lexicon);

// A text's words, looked up before. What is given holds until it is asked again.
class TextWords {
 public:
  virtual ~TextWords() = default;
  virtual std::size_t size() const = 0;
  virtual const text::Token& token(std::size_t i) const = 0;
  virtual std::string_view terms(std::size_t i) const = 0;  // text::WordTerms::row()
  virtual std::string_view head(std::size_t i) const = 0;
};
std::string write_terms(std::string_view text, const TextWords& words);

// The terms by which one word of a question is found, for a phrase's place: its
// lemmas, without parts. In every language where `lang` is empty.
std::string question_terms(std::string_view word, std::string_view lang, text::Lexicon& lexicon);
// Lemmas of the words that a beginning may begin, where a stem is no beginning of its
// lemma: "avustuks" begins avustuksen, which stands under avustus.
std::vector<std::string> lemmas_of_stem(std::string_view stem, text::Lexicon& lexicon);

// Does the text hold this word or these words, in this form (of lower case)?
bool says_form(std::string_view text, std::string_view form);

// A column's value as the tokenizer takes it: what it is stands in its first bytes.
inline constexpr char text_column = '\x01';  // then f, s or e, then the text
inline constexpr char written_column = '\x02';
std::string as_text_column(std::string_view lang, std::string_view text);
std::string as_written_column(std::string_view written);

// The marks of an entry. `areas` and `topics` are ids with a space between.
std::string marks_column(std::int64_t feed, std::string_view lang, std::string_view areas, std::string_view topics,
                         bool has_deadline);
inline constexpr std::string_view every_entry = "@all";

}  // namespace sotevahti::archive
