// How much of what was asked for is found: by our index, and by SQLite's plain one beside it.
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "archive/index_words.h"
#include "archive/search.h"
#include "samples.h"

namespace sotevahti::archive {
namespace {

constexpr double least_recall = 0.97;
constexpr double least_precision = 0.9;
constexpr double most_of_plain = 0.5;
constexpr std::size_t questions_at_least = 60;

using Ids = std::set<std::string>;

std::vector<std::vector<std::string>> rows_of(const std::string& file) {
  std::ifstream in(std::string(SOTEVAHTI_TEST_DATA) + "/" + file);
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::vector<std::string> cells;
    std::istringstream cut(line);
    for (std::string cell; std::getline(cut, cell, '\t');) cells.push_back(cell);
    rows.push_back(std::move(cells));
  }
  return rows;
}

struct Entry {
  std::string id, lang, title, text;
  base::Time published{};
};

std::vector<Entry> read_entries() {
  std::vector<Entry> entries;
  for (const auto& row : rows_of("search_entries.tsv")) {
    const auto day = base::parse_iso_date(row.at(2));
    entries.push_back({row.at(0), row.at(1), row.at(3), row.at(4), base::Time(std::chrono::sys_days(*day))});
  }
  return entries;
}

struct Question {
  std::string filter;
  Ids answers;
};

std::vector<Question> read_questions() {
  std::vector<Question> questions;
  for (const auto& row : rows_of("search_questions.tsv")) {
    std::istringstream ids(row.at(1));
    Question question{row.at(0), {}};
    for (std::string id; ids >> id;) question.answers.insert(id);
    questions.push_back(std::move(question));
  }
  return questions;
}

class Ours {
 public:
  explicit Ours(const std::vector<Entry>& entries) {
    use_names(*database_, samples::taxonomy());
    std::vector<IncomingEntry> incoming;
    for (const Entry& entry : entries)
      incoming.push_back(samples::entry(entry.id, entry.title, entry.text, entry.published, entry.lang));
    samples::store(*database_, "sample", samples::start(), std::move(incoming));
  }
  Ids find(const std::string& question) {
    const auto filter = parse_filter(question + " story:all");
    EXPECT_TRUE(filter) << question;
    Search search(*database_, samples::taxonomy(), samples::start());
    Page page;
    page.limit = 1000;
    Ids found;
    for (const EntrySummary& entry : search.find(*filter, page).entries) found.insert(entry.url.substr(19));
    return found;
  }

 private:
  test_support::TempFolder folder_;
  std::unique_ptr<Database> database_ = samples::open(folder_ / "archive.db");
};

class Plain {
 public:
  explicit Plain(const std::vector<Entry>& entries) {
    sqlite_.exec("CREATE VIRTUAL TABLE entries USING fts5(id UNINDEXED, title, text, tokenize = 'unicode61')");
    for (const Entry& entry : entries) {
      SQLite::Statement add(sqlite_, "INSERT INTO entries VALUES (?, ?, ?)");
      add.bind(1, entry.id);
      add.bind(2, entry.title);
      add.bind(3, entry.text);
      add.exec();
    }
  }
  Ids find(const std::string& question) {
    SQLite::Statement rows(sqlite_, "SELECT id FROM entries WHERE entries MATCH ?");
    rows.bind(1, as_plain(question));
    Ids found;
    while (rows.executeStep()) found.insert(rows.getColumn(0).getString());
    return found;
  }

 private:
  static std::string as_plain(std::string question) {
    if (question.starts_with('"')) return question;
    if (question.starts_with("near:")) {
      question = question.substr(6, question.size() - 7);
      return fmt::format("NEAR(\"{}\", 10)", fmt::join(words_of(question), "\" \""));
    }
    if (question.starts_with('=')) question.erase(0, 1);
    if (question.ends_with('*')) return fmt::format("\"{}\" *", question.substr(0, question.size() - 1));
    return fmt::format("\"{}\"", fmt::join(words_of(question), "\" AND \""));
  }
  static std::vector<std::string> words_of(const std::string& text) {
    std::istringstream cut(text);
    std::vector<std::string> words;
    for (std::string word; cut >> word;) words.push_back(word);
    return words;
  }
  SQLite::Database sqlite_{":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE};
};

struct Score {
  std::size_t wanted = 0, found = 0, right = 0;
  void add(const Ids& answers, const Ids& given) {
    wanted += answers.size();
    found += given.size();
    for (const std::string& id : given) right += answers.count(id);
  }
  double recall() const { return static_cast<double>(right) / static_cast<double>(std::max<std::size_t>(1, wanted)); }
  double precision() const { return static_cast<double>(right) / static_cast<double>(std::max<std::size_t>(1, found)); }
};

Ids without(const Ids& a, const Ids& b) {
  Ids left;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::inserter(left, left.end()));
  return left;
}

TEST(SearchGold, FindsWhatAPlainIndexDoesNot) {
  const auto entries = read_entries();
  const auto questions = read_questions();
  ASSERT_GE(questions.size(), questions_at_least);
  Ours ours(entries);
  Plain plain(entries);
  Score our_score, plain_score;
  for (const Question& question : questions) {
    const Ids found = ours.find(question.filter);
    our_score.add(question.answers, found);
    plain_score.add(question.answers, plain.find(question.filter));
    for (const std::string& id : without(question.answers, found)) fmt::print("{}: {} missed\n", question.filter, id);
    for (const std::string& id : without(found, question.answers)) fmt::print("{}: {} too much\n", question.filter, id);
  }
  fmt::print("{} questions: recall {:.3f}, precision {:.3f}; SQLite's unicode61: recall {:.3f}, precision {:.3f}\n",
             questions.size(), our_score.recall(), our_score.precision(), plain_score.recall(),
             plain_score.precision());
  EXPECT_GE(our_score.recall(), least_recall);
  EXPECT_GE(our_score.precision(), least_precision);
  EXPECT_LT(plain_score.recall(), most_of_plain);
}

}  // namespace
}  // namespace sotevahti::archive
