#include "text/word_terms.h"

#include <algorithm>

#include "text/utf8.h"

namespace sotevahti::text {
namespace {

constexpr char between = '|';

// Until `each` returns false.
void for_each_term(std::string_view row, const auto& each) {
  while (!row.empty()) {
    const std::size_t end = std::min(row.find(between), row.size());
    if (!each(row.substr(0, end))) return;
    row.remove_prefix(std::min(end + 1, row.size()));
  }
}

std::size_t count_terms(std::string_view row) {
  return row.empty() ? 0 : static_cast<std::size_t>(std::count(row.begin(), row.end(), between)) + 1;
}

bool stands_in(std::string_view row, std::string_view term) {
  bool stands = false;
  for_each_term(row, [&](std::string_view each) {
    stands = each == term;
    return !stands;
  });
  return stands;
}

}  // namespace

bool has_lemmas(std::string_view surface) {
  const bool is_number = !surface.empty() && surface[0] >= '0' && surface[0] <= '9';
  return !is_number && surface.size() <= longest_term;
}

WordTerms word_terms(std::string_view surface, const Analysis& analysis) {
  WordTerms terms;
  if (!has_lemmas(surface)) {
    terms.row = lower(utf8_prefix(surface, longest_term));
    terms.lemmas = 1;
    terms.whole = false;
    return terms;
  }
  std::size_t wanted = 0;
  const auto add = [&](const std::vector<std::string>& words) {
    for (const std::string& word : words) {
      add_term(terms.row, word);
      terms.whole = terms.whole && word.size() <= longest_term;
    }
    wanted += words.size();
  };
  add(analysis.lemmas);
  terms.lemmas = static_cast<std::uint8_t>(count_terms(terms.row));
  add(analysis.parts);
  terms.whole = terms.whole && wanted == count_terms(terms.row);
  return terms;
}

Analysis analysis_of(const WordTerms& terms, const WordTraits& traits) {
  Analysis analysis{traits, {}, {}};
  for_each_term(terms.row, [&](std::string_view term) {
    (analysis.lemmas.size() < terms.lemmas ? analysis.lemmas : analysis.parts).emplace_back(term);
    return true;
  });
  return analysis;
}

void add_term(std::string& row, std::string_view term) {
  term = utf8_prefix(term, longest_term);
  if (term.empty()) return;
  if (row.empty()) {
    row = term;
  } else if (!stands_in(row, term) && count_terms(row) < most_terms) {
    (row += between) += term;
  }
}

std::string_view last_part(const WordTerms& terms) {
  if (count_terms(terms.row) < terms.lemmas + std::size_t{2}) return {};
  return std::string_view(terms.row).substr(terms.row.rfind(between) + 1);
}

}  // namespace sotevahti::text
