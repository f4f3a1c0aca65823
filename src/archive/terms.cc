#include "archive/terms.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "text/utf8.h"
#include "text/word_terms.h"

namespace sotevahti::archive {
namespace {

constexpr int rules_version = 1;
constexpr std::size_t most_lemmas = 8;  // readings of one word
constexpr std::size_t look_ahead = 4;   // words from "sosiaali-" to "terveydenhuolto"

// Does a hyphen hang on the word's end, as in "sosiaali- ja terveydenhuolto"?
bool hangs(std::string_view text, const text::Token& token) {
  const std::string_view after = text.substr(token.end);
  if (after.empty() || (after[0] != '-' && after[0] != '\xE2')) return false;  // most words: a space comes
  for (const std::string_view hyphen :
       {std::string_view("-"), std::string_view("\u2010"), std::string_view("\u2011"), std::string_view("\u2013")}) {
    if (after.starts_with(hyphen)) {
      return after.size() > hyphen.size() && std::string_view(" \n\t,").find(after[hyphen.size()]) != after.npos;
    }
  }
  return false;
}

// What a word stands under beside its own terms: "sosiaali-" before "terveydenhuolto" is sosiaalihuolto too.
std::optional<std::string> joined_term(std::string_view text, const TextWords& words, std::size_t at) {
  if (!hangs(text, words.token(at)) || !text::has_lemmas(words.token(at).surface)) return std::nullopt;
  const std::size_t end = std::min(words.size(), at + 1 + look_ahead);
  for (std::size_t next = at + 1; next < end; ++next) {
    const text::Token& token = words.token(next);
    if (hangs(text, token) || token.surface.size() > text::longest_term) continue;
    const std::string_view head = words.head(next);
    if (!head.empty()) return text::lower(words.token(at).surface).append(head);
  }
  return std::nullopt;
}

// Words that a lexicon is asked for as they come.
class AskedWords final : public TextWords {
 public:
  AskedWords(std::string_view text, std::string_view lang, text::Lexicon& lexicon)
      : tokens_(text::tokenize(text)), lang_(lang), lexicon_(lexicon) {}

  std::size_t size() const override { return tokens_.size(); }
  const text::Token& token(std::size_t i) const override { return tokens_[i]; }
  std::string_view terms(std::size_t i) const override {
    const std::string_view word = tokens_[i].surface;
    terms_ = text::WordTerms(word, text::has_lemmas(word) ? lexicon_.analyze(word, lang_) : text::Analysis());
    return terms_.row();
  }
  std::string_view head(std::size_t i) const override {
    return text::head_of(lexicon_.analyze(tokens_[i].surface, lang_));
  }

 private:
  std::vector<text::Token> tokens_;
  std::string_view lang_;
  text::Lexicon& lexicon_;
  mutable text::WordTerms terms_;  // of the word that was asked for last
};

void add(std::vector<std::string>& to, const std::string& term) {
  if (std::find(to.begin(), to.end(), term) == to.end()) to.push_back(term);
}

}  // namespace

std::string terms_version() { return fmt::format("terms {}, {}", rules_version, text::Lexicon::version()); }

std::string_view index_language(std::string_view lang) {
  if (lang.empty()) return "fi";
  return lang == "fi" || lang == "sv" ? lang : "en";
}

bool each_term(std::string_view text, std::string_view lang, text::Lexicon& lexicon, const TermSink& sink) {
  const AskedWords words(text, lang, lexicon);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const text::Token& token = words.token(i);
    std::string row(words.terms(i));
    if (const auto joined = joined_term(text, words, i)) text::add_term(row, *joined);
    const bool goes_on = each_written_term(row, [&](const Term& term) {
      return sink(Term{term.term, token.begin, token.end, term.same_place});
    });
    if (!goes_on) return false;
  }
  return true;
}

bool each_place(std::string_view text, const TermSink& sink) {
  const std::vector<text::Token> tokens = text::tokenize(text);
  return std::all_of(tokens.begin(), tokens.end(), [&](const text::Token& token) {
    return sink(Term{token.surface, token.begin, token.end, false});
  });
}

bool each_written_term(std::string_view written, const TermSink& sink) {
  bool same_place = false;
  std::size_t at = 0;
  while (at < written.size()) {
    std::size_t end = at;
    while (end < written.size() && written[end] != ' ' && written[end] != '|') ++end;
    if (end > at) {
      const Term term{written.substr(at, end - at), static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end),
                      same_place};
      if (!sink(term)) return false;
    }
    same_place = end < written.size() && written[end] == '|';
    at = end + 1;
  }
  return true;
}

std::string write_terms(std::string_view text, std::string_view lang, text::Lexicon& lexicon) {
  return write_terms(text, AskedWords(text, lang, lexicon));
}

std::string write_terms(std::string_view text, const TextWords& words) {
  std::string written;
  written.reserve(text.size() * 2);  // what most come to
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!written.empty()) written += ' ';
    if (const auto joined = joined_term(text, words, i)) {
      std::string row(words.terms(i));
      text::add_term(row, *joined);
      written += row;
    } else {
      written += words.terms(i);
    }
  }
  return written;
}

std::string question_terms(std::string_view word, std::string_view lang, text::Lexicon& lexicon) {
  word = text::utf8_prefix(word, text::longest_term);
  if (!text::has_lemmas(word)) return text::lower(word);
  std::vector<std::string> found;
  const auto add_lemmas = [&](std::string_view in) {
    const text::Analysis& analysis = lexicon.analyze(word, in);
    for (std::size_t i = 0; i < std::min(analysis.lemmas.size(), most_lemmas); ++i) add(found, analysis.lemmas[i]);
  };
  if (lang.empty()) {
    for (const std::string_view each : {"fi", "sv", "en"}) add_lemmas(each);
  } else {
    add_lemmas(lang);
  }
  return fmt::format("{}", fmt::join(found, "|"));
}

std::vector<std::string> lemmas_of_stem(std::string_view stem, text::Lexicon& lexicon) {
  constexpr std::array<std::string_view, 14> endings = {"a",  "ä",   "n",   "en",  "an",  "än",  "in",
                                                        "on", "ssa", "ssä", "lla", "llä", "ita", "itä"};
  const std::string form = text::lower(stem);
  std::vector<std::string> found;
  for (const std::string_view ending : endings) {
    const text::Analysis& word = lexicon.analyze(form + std::string(ending), "fi");
    if (!word.known) continue;
    for (const std::string& lemma : word.lemmas) {
      if (!lemma.starts_with(form)) add(found, lemma);
    }
  }
  return found;
}

bool says_form(std::string_view text, std::string_view form) {
  const std::vector<text::Token> words = text::tokenize(form);
  const std::vector<text::Token> tokens = text::tokenize(text);
  const auto same = [](const text::Token& token, const text::Token& word) {
    return text::lower(token.surface) == word.surface;
  };
  return !words.empty() && std::search(tokens.begin(), tokens.end(), words.begin(), words.end(), same) != tokens.end();
}

std::string as_text_column(std::string_view lang, std::string_view text) {
  std::string column;
  column.reserve(text.size() + 2);
  column += text_column;
  column += index_language(lang).front();
  column += text;
  return column;
}

std::string as_written_column(std::string_view written) { return written_column + std::string(written); }

std::string marks_column(std::int64_t feed, std::string_view lang, std::string_view areas, std::string_view topics,
                         bool has_deadline) {
  std::string marks(1, written_column);
  marks += fmt::format("{} @feed:{}", every_entry, feed);
  const auto add = [&marks](std::string_view kind, std::string_view ids) {
    while (!ids.empty()) {
      const std::size_t end = std::min(ids.find(' '), ids.size());
      if (end > 0) marks += fmt::format(" @{}:{}", kind, ids.substr(0, end));
      ids.remove_prefix(std::min(end + 1, ids.size()));
    }
  };
  add("lang", lang);
  add("area", areas);
  add("topic", topics);
  if (has_deadline) marks += " @has:deadline";
  return marks;
}

}  // namespace sotevahti::archive
