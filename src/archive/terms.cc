#include "archive/terms.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "text/utf8.h"

namespace sotevahti::archive {
namespace {

constexpr int kTermsVersion = 1;
constexpr std::size_t kLongestWord = 64;  // bytes
constexpr std::size_t kMostLemmas = 8;    // readings of one word
constexpr std::size_t kLookAhead = 4;     // words from "sosiaali-" to "terveydenhuolto"

bool begins_with_digit(std::string_view word) { return !word.empty() && word[0] >= '0' && word[0] <= '9'; }

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

// Emits a place's terms, each once.
template <class Sink>
class Place {
 public:
  Place(const text::Token& token, const Sink& sink) : token_(token), sink_(sink) {}

  bool add(std::string_view term) {
    if (term.empty() || count_ >= said_.size()) return true;
    term = text::utf8_prefix(term, kLongestWord);
    const auto end = said_.begin() + static_cast<std::ptrdiff_t>(count_);
    if (std::find(said_.begin(), end, term) != end) return true;
    said_[count_++] = term;
    return sink_(Term{term, token_.begin, token_.end, count_ > 1});
  }

 private:
  const text::Token& token_;
  const Sink& sink_;
  std::array<std::string_view, 16> said_;
  std::size_t count_ = 0;
};

template <class Sink>
class TermWalk {
 public:
  TermWalk(std::string_view text, const std::vector<text::Token>& tokens, const AnalysisOf& analysis, const Sink& sink)
      : text_(text), tokens_(tokens), analysis_(analysis), sink_(sink) {}

  bool run() {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (!place(i)) return false;
    }
    return true;
  }

 private:
  bool place(std::size_t i) {
    const text::Token& token = tokens_[i];
    Place place(token, sink_);
    if (begins_with_digit(token.surface) || token.surface.size() > kLongestWord) {
      return place.add(text::lower(text::utf8_prefix(token.surface, kLongestWord)));
    }
    const std::optional<std::string> joined = hangs(text_, token) ? joined_word(i) : std::nullopt;
    const text::Analysis& word = analysis_(i);
    for (const std::string& lemma : word.lemmas) {
      if (!place.add(lemma)) return false;
    }
    for (const std::string& part : word.parts) {
      if (!place.add(part)) return false;
    }
    return !joined || place.add(*joined);
  }

  // "sosiaali-" before "terveydenhuolto" is sosiaalihuolto too.
  std::optional<std::string> joined_word(std::size_t i) {
    const std::size_t end = std::min(tokens_.size(), i + 1 + kLookAhead);
    for (std::size_t next = i + 1; next < end; ++next) {
      if (hangs(text_, tokens_[next]) || tokens_[next].surface.size() > kLongestWord) continue;
      const text::Analysis& word = analysis_(next);
      if (word.parts.size() >= 2) return text::lower(tokens_[i].surface) + word.parts.back();
    }
    return std::nullopt;
  }

  std::string_view text_;
  const std::vector<text::Token>& tokens_;
  const AnalysisOf& analysis_;
  const Sink& sink_;
};

void add(std::vector<std::string>& to, const std::string& term) {
  if (std::find(to.begin(), to.end(), term) == to.end()) to.push_back(term);
}

// Written out, with room for what a text of so many bytes comes to.
template <class Walk>
std::string written_by(std::size_t bytes, const Walk& walk) {
  std::string written;
  written.reserve(bytes * 2);
  walk([&](const Term& term) {
    if (!written.empty()) written += term.same_place ? '|' : ' ';
    written += term.term;
    return true;
  });
  return written;
}

}  // namespace

std::string terms_version() { return fmt::format("terms {}, {}", kTermsVersion, text::Lexicon::version()); }

std::string_view index_language(std::string_view lang) {
  if (lang.empty()) return "fi";
  return lang == "fi" || lang == "sv" ? lang : "en";
}

bool each_term(std::string_view text, std::string_view lang, text::Lexicon& lexicon, const TermSink& sink) {
  const std::vector<text::Token> tokens = text::tokenize(text);
  const AnalysisOf analysis = [&](std::size_t token) -> const text::Analysis& {
    return lexicon.analyze(tokens[token].surface, lang);
  };
  return TermWalk(text, tokens, analysis, sink).run();
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
  return written_by(text.size(), [&](const TermSink& sink) { each_term(text, lang, lexicon, sink); });
}

std::string write_terms(std::string_view text, const std::vector<text::Token>& tokens, const AnalysisOf& analysis) {
  return written_by(text.size(), [&](const auto& sink) { TermWalk(text, tokens, analysis, sink).run(); });
}

std::string question_terms(std::string_view word, std::string_view lang, text::Lexicon& lexicon) {
  word = text::utf8_prefix(word, kLongestWord);
  if (begins_with_digit(word)) return text::lower(word);
  std::vector<std::string> found;
  const auto add_lemmas = [&](std::string_view in) {
    const text::Analysis& analysis = lexicon.analyze(word, in);
    for (std::size_t i = 0; i < std::min(analysis.lemmas.size(), kMostLemmas); ++i) add(found, analysis.lemmas[i]);
  };
  if (lang.empty()) {
    for (const std::string_view each : {"fi", "sv", "en"}) add_lemmas(each);
  } else {
    add_lemmas(lang);
  }
  return fmt::format("{}", fmt::join(found, "|"));
}

std::vector<std::string> lemmas_of_stem(std::string_view stem, text::Lexicon& lexicon) {
  constexpr std::array<std::string_view, 14> kEndings = {"a",  "ä",   "n",   "en",  "an",  "än",  "in",
                                                         "on", "ssa", "ssä", "lla", "llä", "ita", "itä"};
  const std::string form = text::lower(stem);
  std::vector<std::string> found;
  for (const std::string_view ending : kEndings) {
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
  column += kTextColumn;
  column += index_language(lang).front();
  column += text;
  return column;
}

std::string as_written_column(std::string_view written) { return kWrittenColumn + std::string(written); }

std::string marks_column(std::int64_t feed, std::string_view lang, std::string_view areas, std::string_view topics,
                         bool has_deadline) {
  std::string marks(1, kWrittenColumn);
  marks += fmt::format("{} @feed:{}", kEveryEntry, feed);
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
