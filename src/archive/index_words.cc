#include "archive/index_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "archive/entry_index.h"
#include "archive/query.h"
#include "archive/terms.h"
#include "base/hash.h"

namespace sotevahti::archive {
namespace {

// Words as the tagger has them.
class ReadWords final : public TextWords {
 public:
  explicit ReadWords(std::span<const tag::Word> words) : words_(words) {}
  std::size_t size() const override { return words_.size(); }
  const text::Token& token(std::size_t i) const override { return words_[i].token; }
  std::string_view terms(std::size_t i) const override { return words_[i].form->terms.row(); }
  std::string_view head(std::size_t i) const override { return words_[i].form->terms.head(); }

 private:
  std::span<const tag::Word> words_;
};

std::string terms_of(const tag::EntryText& text, tag::Field field) {
  std::string terms = write_terms(text.in(field), ReadWords(text.words_of(field)));
  terms.shrink_to_fit();  // they wait to be written
  return terms;
}

}  // namespace

NameForms names_of(const config::Taxonomy& taxonomy) {
  NameForms names;
  for (const config::Area& area : taxonomy.areas)
    names.insert(names.end(), area.genitives.begin(), area.genitives.end());
  std::sort(names.begin(), names.end());
  // One name, one inflection, as the table keeps them.
  const auto same_name = [](const auto& a, const auto& b) { return a.first == b.first; };
  names.erase(std::unique(names.begin(), names.end(), same_name), names.end());
  return names;
}

std::string index_version(const NameForms& names) {
  std::string all;
  for (const auto& [nominative, genitive] : names) all += fmt::format("{}\n{}\n", nominative, genitive);
  return fmt::format("{}, names {}", terms_version(), base::to_hex(base::hash64(all)));
}

NameForms stored_names(Database& database) {
  NameForms names;
  Query rows(database, "SELECT nominative, genitive FROM names ORDER BY nominative");
  while (rows.step()) names.emplace_back(rows.text(0), rows.text(1));
  return names;
}

void use_names(Database& database, const config::Taxonomy& taxonomy, const Progress& progress) {
  const NameForms names = names_of(taxonomy);
  if (stored_names(database) == names) return;
  database.transaction([&] {
    run(database, "DELETE FROM names");
    for (const auto& [nominative, genitive] : names) {
      run(database, "INSERT INTO names(nominative, genitive) VALUES (?, ?)", nominative, genitive);
    }
  });
  database.forget_lexicon();
  bring_index_up_to_date(database, progress);
}

void WordPreparer::prepare(IncomingEntry& incoming, const tag::Reading& reading) const {
  const tag::EntryText& text = reading.text;
  const bool is_whole = text.is_whole(tag::Field::title) && text.is_whole(tag::Field::text);
  if (!is_whole || index_language(language_of(incoming)) != text.lang()) return;
  incoming.words = {version_, terms_of(text, tag::Field::title), terms_of(text, tag::Field::text)};
}

const std::string& language_of(const IncomingEntry& incoming) {
  return incoming.tags.language.empty() ? incoming.item.language : incoming.tags.language;
}

}  // namespace sotevahti::archive
