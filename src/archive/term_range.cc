#include "archive/term_range.h"

#include <algorithm>
#include <functional>

#include "archive/query.h"

namespace sotevahti::archive {
namespace {

// More are left to the index's own gathering: each named term keeps a page of it in memory.
constexpr std::size_t most_read = 8000;
constexpr int most_places = 8;  // of one term that are stepped over before the next is sought

// Reads the terms from `letters` on, in order, without reading all places of a common one.
class TermWalk {
 public:
  TermWalk(Database& database, std::string_view letters) : database_(database), next_(letters) {}

  // False behind the last term.
  bool step() {
    for (int places = 0; places < most_places; ++places) {
      if (!rows_) seek();
      if (!rows_->step()) return false;
      if (rows_->view(0) == term_) continue;
      term_ = rows_->text(0);
      return true;
    }
    next_ = term_ + '\x01';
    rows_.reset();
    return step();
  }
  const std::string& term() const { return term_; }

 private:
  void seek() {
    rows_.emplace(database_, "SELECT term FROM index_terms WHERE term >= ?");
    rows_->with(next_);
  }

  Database& database_;
  std::string next_;
  std::string term_;
  std::optional<Query> rows_;
};

constexpr std::size_t shortest_part = 3;

bool is_named(std::string_view term, const std::vector<std::string>& named) {
  return std::binary_search(named.begin(), named.end(), term, std::less<>());
}

// Does the index have every entry of `term` under one of the named ones too? They are in order.
bool is_covered(std::string_view term, const std::vector<std::string>& named, text::Lexicon& lexicon) {
  bool may_be = false;
  for (std::size_t length = shortest_part; length < term.size() && !may_be; ++length)
    may_be = is_named(term.substr(0, length), named);
  if (!may_be) return false;
  const std::vector<std::string>& parts = lexicon.analyze(term, "fi").parts;
  return std::any_of(parts.begin(), parts.end(), [&](const std::string& part) {
    return part.size() >= shortest_part && term.starts_with(part) && is_named(part, named);
  });
}

}  // namespace

std::optional<std::vector<std::string>> terms_beginning(Database& database, std::string_view letters) {
  std::vector<std::string> named;
  TermWalk walk(database, letters);
  for (std::size_t read = 0; walk.step() && walk.term().starts_with(letters); ++read) {
    if (read == most_read) return std::nullopt;
    if (!is_covered(walk.term(), named, database.lexicon())) named.push_back(walk.term());
  }
  return named;
}

}  // namespace sotevahti::archive
