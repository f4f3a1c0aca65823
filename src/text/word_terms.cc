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

std::string_view head_of(const Analysis& analysis) {
  return analysis.parts.size() < 2 ? std::string_view() : std::string_view(analysis.parts.back());
}

WordTerms::WordTerms(std::string_view surface, const Analysis& analysis) {
  if (has_lemmas(surface)) {
    std::size_t wanted = 0;
    const auto add = [&](const std::vector<std::string>& words) {
      for (const std::string& word : words) {
        add_term(text_, word);
        whole_ = whole_ && word.size() <= longest_term;
      }
      wanted += words.size();
    };
    add(analysis.lemmas);
    lemmas_ = static_cast<std::uint8_t>(count_terms(text_));
    add(analysis.parts);
    whole_ = whole_ && wanted == count_terms(text_);
  } else {
    add_term(text_, lower(utf8_prefix(surface, longest_term)));
    whole_ = false;
  }
  row_ = static_cast<std::uint16_t>(text_.size());
  const std::string_view head = utf8_prefix(head_of(analysis), 2 * longest_term);
  const std::size_t place = text_.rfind(head);
  head_ = static_cast<std::uint16_t>(std::min(place, text_.size()));
  head_bytes_ = static_cast<std::uint8_t>(head.size());
  if (place == std::string::npos) text_ += head;
}

Analysis WordTerms::analysis(const WordTraits& traits) const {
  Analysis analysis{traits, {}, {}};
  for_each_term(row(), [&](std::string_view term) {
    (analysis.lemmas.size() < lemmas_ ? analysis.lemmas : analysis.parts).emplace_back(term);
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

}  // namespace sotevahti::text
