#include "archive/term_range.h"

#include <algorithm>

#include "archive/query.h"

namespace sotevahti::archive {
namespace {

constexpr std::size_t kMostNamed = 400;
constexpr std::size_t kMostRead = 4000;
constexpr int kMostPlaces = 48;  // of one term that are stepped over before the next is sought

// Reads the terms from `letters` on, in order, without reading all places of a common one.
class TermWalk {
 public:
  TermWalk(Database& database, std::string_view letters) : database_(database), next_(letters) {}

  // False behind the last term.
  bool step() {
    for (int places = 0; places < kMostPlaces; ++places) {
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

// Does the index have every entry of `term` under one of the named ones too?
bool is_covered(std::string_view term, const std::vector<std::string>& named, text::Lexicon& lexicon) {
  constexpr std::size_t kShortestPart = 3;
  const auto begins = [&](const std::string& part) { return part.size() >= kShortestPart && term.starts_with(part); };
  if (std::none_of(named.rbegin(), named.rend(), begins)) return false;
  const std::vector<std::string>& parts = lexicon.analyze(term, "fi").parts;
  return std::any_of(parts.begin(), parts.end(), [&](const std::string& part) {
    return begins(part) && std::binary_search(named.begin(), named.end(), part);
  });
}

}  // namespace

std::optional<std::vector<std::string>> terms_beginning(Database& database, std::string_view letters) {
  std::vector<std::string> named;
  TermWalk walk(database, letters);
  for (std::size_t read = 0; walk.step() && walk.term().starts_with(letters); ++read) {
    if (read == kMostRead || named.size() == kMostNamed) return std::nullopt;
    if (!is_covered(walk.term(), named, database.lexicon())) named.push_back(walk.term());
  }
  return named;
}

}  // namespace sotevahti::archive
