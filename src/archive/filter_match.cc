#include "archive/filter_match.h"

#include <fmt/format.h>

#include <algorithm>

#include "archive/term_range.h"
#include "archive/terms.h"

namespace sotevahti::archive {
namespace {

std::string in_quotes(std::string_view written) {
  std::string text = "\"";
  for (const char c : written) {
    if (c == '"') text += '"';
    text += c;
  }
  return text + '"';
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  return fmt::format("{}", fmt::join(parts, between));
}

std::string in_brackets(const std::vector<std::string>& parts, std::string_view between) {
  return parts.size() == 1 ? parts.front() : fmt::format("({})", joined(parts, between));
}

void add(std::vector<std::string>& to, std::string text) {
  if (std::find(to.begin(), to.end(), text) == to.end()) to.push_back(std::move(text));
}

// The terms of one place, apart.
std::vector<std::string> lemmas_in(std::string_view terms) {
  std::vector<std::string> lemmas;
  each_written_term(terms, [&](const Term& term) {
    lemmas.emplace_back(term.term);
    return true;
  });
  return lemmas;
}

bool is_any(const std::vector<std::string>& lemmas, std::string_view name) {
  const std::string lower = text::lower(name);
  return std::find(lemmas.begin(), lemmas.end(), lower) != lemmas.end();
}

bool names(const config::Area& area, const std::vector<std::string>& lemmas) {
  const config::Names& name = area.short_name;
  return is_any(lemmas, name.fi) || is_any(lemmas, name.sv) || is_any(lemmas, name.en) ||
         std::any_of(area.aliases.begin(), area.aliases.end(),
                     [&](const std::string& alias) { return is_any(lemmas, alias); });
}

}  // namespace

std::string quoted_mark(std::string_view kind, std::string_view value) {
  if (value.find_first_of(" |") != std::string_view::npos) return in_quotes("@none");
  return in_quotes(fmt::format("@{}:{}", kind, value));
}

std::string any_of(const std::vector<std::string>& expressions) { return in_brackets(expressions, " OR "); }
std::string all_of(const std::vector<std::string>& expressions) { return in_brackets(expressions, " AND "); }

std::vector<std::string> WordMatcher::places_of(std::string_view text) {
  std::vector<std::string> places;
  for (const text::Token& token : text::tokenize(text)) {
    places.push_back(question_terms(token.surface, lang_, lexicon_));
  }
  return places;
}

void WordMatcher::add_synonyms(const std::string& text, const std::vector<std::string>& terms,
                               std::vector<std::string>& any) {
  const auto meant = [&](const std::string& word) { return text::lower(word) == text || is_any(terms, word); };
  for (const config::Synonym& synonym : taxonomy_.synonyms) {
    if (std::none_of(synonym.words.begin(), synonym.words.end(), meant)) continue;
    for (const std::string& word : synonym.words) {
      if (const auto places = places_of(word); !places.empty()) add(any, in_quotes(joined(places, " ")));
    }
  }
}

// An area's name means whatever is about the area; a municipality is known by its
// names in both languages.
void WordMatcher::add_places(const std::vector<std::string>& lemmas, std::vector<std::string>& any) {
  for (const config::Area& area : taxonomy_.areas) {
    if (names(area, lemmas)) add(any, quoted_mark("area", area.id));
  }
  for (const config::Municipality& place : taxonomy_.municipalities) {
    if (place.name_fi == place.name_sv || place.name_sv.empty()) continue;
    if (!is_any(lemmas, place.name_fi) && !is_any(lemmas, place.name_sv)) continue;
    add(any, in_quotes(question_terms(place.name_fi, "fi", lexicon_)));
    add(any, in_quotes(question_terms(place.name_sv, "sv", lexicon_)));
  }
}

// The last word's beginning; words before it, where punctuation parts them, are whole.
std::string WordMatcher::match_prefix(const std::string& text) {
  const std::vector<text::Token> tokens = text::tokenize(text);
  if (tokens.empty()) return in_quotes("@none");
  std::vector<std::string> places;
  for (const text::Token& token : tokens) places.push_back(question_terms(token.surface, lang_, lexicon_));
  const std::string letters = text::lower(tokens.back().surface);
  std::vector<std::string> lemmas = lemmas_of_stem(letters, lexicon_);
  std::vector<std::string> any;
  if (auto terms = terms_beginning(database_, letters)) {
    lemmas.insert(lemmas.end(), terms->begin(), terms->end());
  } else {
    places.back() = letters;
    any.push_back(in_quotes(joined(places, " ")) + " *");
  }
  if (!lemmas.empty()) {
    places.back() = joined(lemmas, "|");
    any.push_back(in_quotes(joined(places, " ")));
  }
  return any.empty() ? in_quotes("@none") : any_of(any);
}

// Within so many words of each other, in any order.
std::string WordMatcher::match_near(const std::vector<std::string>& places) {
  constexpr int words_apart = 10;
  std::vector<std::string> phrases;
  for (const std::string& place : places) phrases.push_back(in_quotes(place));
  return fmt::format("NEAR({}, {})", joined(phrases, " "), words_apart);
}

const std::string& WordMatcher::match(const Filter& filter) {
  const auto [place, is_new] = matched_.try_emplace({filter.kind, filter.values.front()});
  if (is_new) place->second = match_anew(filter);
  return place->second;
}

std::string WordMatcher::match_anew(const Filter& filter) {
  const std::string& text = filter.values.front();
  if (filter.kind == Filter::Kind::prefix) return match_prefix(text);
  const std::vector<std::string> places = places_of(text);
  if (places.empty()) return in_quotes("@none");
  if (filter.kind == Filter::Kind::near && places.size() > 1) return match_near(places);
  std::vector<std::string> any = {in_quotes(joined(places, " "))};
  if (filter.kind == Filter::Kind::exact) return any.front();
  const std::vector<std::string> lemmas = places.size() == 1 ? lemmas_in(places.front()) : std::vector<std::string>{};
  add_synonyms(text::lower(text), lemmas, any);
  if (filter.kind == Filter::Kind::word) add_places(lemmas, any);
  return any_of(any);
}

}  // namespace sotevahti::archive
