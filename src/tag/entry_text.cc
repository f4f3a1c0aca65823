#include "tag/entry_text.h"

#include <algorithm>

#include "text/utf8.h"

namespace sotevahti::tag {
namespace {

constexpr std::size_t most_title_bytes = 2000;
constexpr std::size_t most_text_bytes = 40000;
constexpr std::uint32_t longest_sentence = 80;
constexpr std::size_t longest_form = 120;  // bytes; what is longer is no word

std::size_t most_bytes(Field field) { return field == Field::text ? most_text_bytes : most_title_bytes; }

// "1.8. alkaen" goes on, "1.8. Haku" does not: what follows begins with a capital, or a new line.
bool ends_sentence(std::string_view gap, const text::Token& next) {
  if (gap == " ") return false;
  if (gap.find('\n') != std::string_view::npos) return true;
  return next.capital && gap.size() > 1 && gap.find_first_of(".!?") != std::string_view::npos;
}

bool is_unfinished(std::string_view text, const text::Token& token) {
  const bool before = token.begin > 0 && text[token.begin - 1] == '-';
  const bool after = token.end < text.size() && text[token.end] == '-';
  return before || after;
}

// Of "Valitus" and "VALITUS" valitus, of "valitus" Valitus; empty where there is no other.
std::string in_other_case(std::string_view word) {
  std::string other = text::lower(word);
  if (other != word || other.empty()) return other;
  const std::size_t letter = other[0] == '\xC3' && other.size() > 1 ? 1 : 0;  // of ä, ö, å the second byte
  const bool is_small = letter == 1 ? other[1] >= '\xA0' && other[1] <= '\xB6' : other[0] >= 'a' && other[0] <= 'z';
  if (!is_small) return {};
  other[letter] = static_cast<char>(other[letter] - ('a' - 'A'));
  return other;
}

std::size_t bytes_of(const Form& form) {
  constexpr std::size_t table = 64;  // its place in the table, and what the heap adds
  return sizeof(Form) + table + form.surface.capacity() + form.terms.bytes() +
         sizeof(SlotId) * (form.slots.all.capacity() + form.slots.beginnings.capacity()) +
         sizeof(std::uint32_t) * (form.names.capacity() + form.story.parts.capacity());
}

}  // namespace

const Form& FormTable::look_up(std::string_view surface) {
  if (const auto found = young_.find(surface); found != young_.end()) return *found->second;
  std::unique_ptr<Form> form;
  if (const auto kept = old_.find(surface); kept != old_.end()) {
    form = std::move(kept->second);
    old_.erase(kept);
  } else {
    form = make(surface);
  }
  young_bytes_ += bytes_of(*form);
  const std::string_view key = form->surface;
  return *young_.emplace(key, std::move(form)).first->second;
}

void FormTable::forget_some() {
  if (young_bytes_ < generation_bytes_) return;
  old_ = std::move(young_);
  young_.clear();
  young_bytes_ = 0;
}

std::unique_ptr<Form> FormTable::make(std::string_view surface) const {
  auto form = std::make_unique<Form>();
  form->surface = surface;
  const text::Analysis analysis = analyze(surface);
  form->names = names_.words_of(surface, analysis, rules_.lang());
  form->slots = rules_.slots_of(surface, analysis, names_.is_name(form->names));
  form->story = story_word(surface, analysis, rules_.lang());
  form->terms = text::WordTerms(surface, analysis);
  form->traits = analysis;
  return form;
}

// Many a word begins a sentence as well: the dictionary need not be asked for it again.
text::Analysis FormTable::analyze(std::string_view surface) const {
  const std::string other = in_other_case(surface);
  const Form* twin = other.empty() ? nullptr : known(other);
  if (twin != nullptr && twin->traits.any_case && twin->terms.whole()) return twin->terms.analysis(twin->traits);
  return lexicon_.analyze(surface, rules_.lang());
}

const Form* FormTable::known(std::string_view surface) const {
  for (const Forms* forms : {&young_, &old_})
    if (const auto found = forms->find(surface); found != forms->end()) return found->second.get();
  return nullptr;
}

EntryText::EntryText(const Subject& subject, std::string_view lang, FormTable& forms)
    : lang_(lang), title_(subject.title), text_(subject.text), publisher_(subject.publisher) {
  add(Field::title, title_, forms);
  add(Field::text, text_, forms);
  add(Field::publisher, publisher_, forms);
}

void EntryText::add(Field field, std::string_view text, FormTable& forms) {
  text = text::utf8_prefix(text, most_bytes(field));
  const std::vector<text::Token> tokens = text::tokenize(text);
  words_.reserve(words_.size() + tokens.size());
  std::uint32_t sentence = words_.empty() ? 0 : words_.back().sentence + 1;
  std::uint32_t length = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const text::Token& token = tokens[i];
    const std::uint32_t before = i == 0 ? 0 : tokens[i - 1].end;
    const bool is_new =
        field == Field::text && i > 0 && ends_sentence(text.substr(before, token.begin - before), token);
    if (is_new || length == longest_sentence) {
      ++sentence;
      length = 0;
    }
    ++length;
    Word word{token, field, sentence, &forms.look_up(text::utf8_prefix(token.surface, longest_form)), {}};
    if (is_unfinished(text, token)) {
      for (const std::string& lemma : text::unfinished_compounds(text, tokens, i, lang_, forms.lexicon())) {
        const auto slots = forms.rules().slots_of_lemma(lemma);
        word.more.insert(word.more.end(), slots.begin(), slots.end());
      }
      std::sort(word.more.begin(), word.more.end());
    }
    words_.push_back(std::move(word));
  }
}

std::string_view EntryText::in(Field field) const {
  if (field == Field::title) return title_;
  return field == Field::publisher ? publisher_ : text_;
}

std::span<const Word> EntryText::words_of(Field field) const {
  const auto is_there = [field](const Word& word) { return word.field == field; };
  const auto first = std::find_if(words_.begin(), words_.end(), is_there);
  return {first, std::find_if_not(first, words_.end(), is_there)};
}

bool EntryText::is_whole(Field field) const { return in(field).size() <= most_bytes(field); }

std::uint32_t EntryText::lead() const {
  const auto first = std::find_if(words_.begin(), words_.end(), [](const Word& w) { return w.field == Field::text; });
  return first == words_.end() ? 0 : first->sentence;
}

bool EntryText::has_next(std::size_t at) const {
  return at + 1 < words_.size() && words_[at + 1].field == words_[at].field;
}

bool EntryText::has_previous(std::size_t at) const { return at > 0 && has_next(at - 1); }

std::string_view EntryText::gap_after(std::size_t at) const {
  const std::string_view text = in(words_[at].field);
  const std::size_t end = words_[at].token.end;
  return text.substr(end, has_next(at) ? words_[at + 1].token.begin - end : std::string_view::npos);
}

Evidence EntryText::evidence(Span span, std::string rule) const {
  const Word& first = words_[span.first];
  const std::uint32_t end = words_[span.last].token.end;
  return {first.field, first.token.begin, end,
          std::string(in(first.field).substr(first.token.begin, end - first.token.begin)), std::move(rule)};
}

std::vector<IndexedWord> EntryText::indexed() const {
  std::vector<IndexedWord> indexed;
  indexed.reserve(words_.size());
  for (const Word& word : words_)
    indexed.push_back({&word.form->slots, word.more.empty() ? nullptr : &word.more, word.sentence});
  return indexed;
}

}  // namespace sotevahti::tag
