// An entry's words, looked at once: areas, topics, relevance, the story's signature and
// the full-text index all read from here. A form's meaning is kept between entries in a
// table of bounded size. One thread.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "base/hash.h"
#include "tag/gazetteer.h"
#include "tag/rule_walk.h"
#include "tag/story_words.h"
#include "tag/subject.h"
#include "tag/tags.h"
#include "text/word_terms.h"
#include "text/words.h"

namespace sotevahti::tag {

// What a written form means in one language.
struct Form {
  std::string surface;
  FormSlots slots;                // of the rules
  std::vector<NameWordId> names;  // of the gazetteer
  StoryWord story;
  text::WordTerms terms;
  text::WordTraits traits;
};

// The forms of one language, oldest half forgotten when they take more than `most_bytes`.
class FormTable {
 public:
  FormTable(const RuleIndex& rules, const Gazetteer& names, text::Lexicon& lexicon, std::size_t most_bytes)
      : rules_(rules), names_(names), lexicon_(lexicon), generation_bytes_(most_bytes / 2) {}

  // Valid until forget_some().
  const Form& look_up(std::string_view surface);
  // Between entries only: keeps the table within its bounds.
  void forget_some();

  const RuleIndex& rules() const { return rules_; }
  const Gazetteer& names() const { return names_; }
  text::Lexicon& lexicon() const { return lexicon_; }

 private:
  // The key is the form's own surface.
  using Forms = boost::unordered_flat_map<std::string_view, std::unique_ptr<Form>, base::TextHash>;

  std::unique_ptr<Form> make(std::string_view surface) const;
  text::Analysis analyze(std::string_view surface) const;
  const Form* known(std::string_view surface) const;

  const RuleIndex& rules_;
  const Gazetteer& names_;
  text::Lexicon& lexicon_;
  std::size_t generation_bytes_;
  std::size_t young_bytes_ = 0;
  Forms young_, old_;
};

struct Word {
  text::Token token;
  Field field = Field::text;
  std::uint32_t sentence = 0;
  const Form* form = nullptr;
  std::vector<SlotId> more;  // of what the word leaves to its neighbour
};

// Title, text and publisher as one row of words; a sentence never crosses a field.
class EntryText {
 public:
  // Reads no more of a field than an entry can need: bounded time, however hostile.
  EntryText(const Subject& subject, std::string_view lang, FormTable& forms);

  const std::vector<Word>& words() const { return words_; }
  // The words of one field, in their order.
  std::span<const Word> words_of(Field field) const;
  // Did the bounds leave the end of a field unread?
  bool is_whole(Field field) const;
  std::string_view lang() const { return lang_; }
  std::uint32_t lead() const;  // the sentence with which the text begins
  std::string_view in(Field field) const;
  // What stands between a word and the next of its field.
  std::string_view gap_after(std::size_t at) const;
  bool has_next(std::size_t at) const;  // in the same field
  bool has_previous(std::size_t at) const;
  Evidence evidence(Span span, std::string rule) const;
  std::vector<IndexedWord> indexed() const;

 private:
  void add(Field field, std::string_view text, FormTable& forms);

  std::string lang_;
  std::string_view title_, text_, publisher_;
  std::vector<Word> words_;
};

}  // namespace sotevahti::tag
