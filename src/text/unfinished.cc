#include <algorithm>
#include <array>

#include "text/words.h"

namespace sotevahti::text {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::size_t farthest = 8;  // tokens between the unfinished word and the one that finishes it

bool is_conjunction(std::string_view word) {
  static constexpr std::array words = {"ja"sv, "tai"sv, "sekä"sv, "eli"sv, "och"sv, "eller"sv, "samt"sv};
  return std::find(words.begin(), words.end(), word) != words.end();
}

// The bytes of a hyphen at the beginning of `text`; 0 when there is none.
std::size_t hyphen_before(std::string_view text) {
  if (text.starts_with('-')) return 1;
  return text.starts_with("\u2010") || text.starts_with("\u2011") ? 3 : 0;
}

bool ends_in_hyphen(std::string_view text, const Token& token) {
  const std::string_view rest = text.substr(token.end);
  const std::size_t hyphen = hyphen_before(rest);
  return hyphen > 0 && (rest.size() == hyphen || rest[hyphen] == ' ' || rest[hyphen] == ',' || rest[hyphen] == '\n');
}

bool begins_with_hyphen(std::string_view text, const Token& token) {
  const std::size_t at = token.begin;
  return at >= 2 && text[at - 1] == '-' && text[at - 2] == ' ';
}

// The ends of a compound that are words: of perusterveydenhuolto terveydenhuolto and huolto.
std::vector<std::string> heads(const Analysis& analysis) {
  std::vector<std::string> found;
  const std::string& lemma = analysis.lemmas.front();
  for (const std::string& part : analysis.parts)
    if (lemma.size() > part.size() && lemma.ends_with(part)) found.push_back(part);
  return found;
}

// The word that finishes token `at`: the first without a hyphen behind a conjunction.
const Token* finisher(std::string_view text, const std::vector<Token>& tokens, std::size_t at) {
  bool joined = false;
  for (std::size_t i = at + 1; i < tokens.size() && i <= at + farthest; ++i) {
    if (is_conjunction(tokens[i].surface)) joined = true;
    else if (joined) return ends_in_hyphen(text, tokens[i]) ? nullptr : &tokens[i];
    else if (!ends_in_hyphen(text, tokens[i])) return nullptr;
  }
  return nullptr;
}

}  // namespace

std::vector<std::string> unfinished_compounds(std::string_view text, const std::vector<Token>& tokens, std::size_t at,
                                              std::string_view lang, Lexicon& lexicon) {
  std::vector<std::string> lemmas;
  const Token& token = tokens[at];
  if (ends_in_hyphen(text, token)) {
    if (const Token* last = finisher(text, tokens, at))
      for (const std::string& head : heads(lexicon.analyze(last->surface, lang)))
        lemmas.push_back(lower(token.surface) + head);
  } else if (begins_with_hyphen(text, token) && at >= 2 && is_conjunction(tokens[at - 1].surface)) {
    const std::string own = lexicon.analyze(token.surface, lang).lemmas.front();
    const Analysis& first = lexicon.analyze(tokens[at - 2].surface, lang);
    for (const std::string& head : heads(first))
      lemmas.push_back(first.lemmas.front().substr(0, first.lemmas.front().size() - head.size()) + own);
  }
  return lemmas;
}

}  // namespace sotevahti::text
