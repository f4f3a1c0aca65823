#include "config/taxonomy.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "base/hash.h"
#include "config/nearest.h"
#include "config/problems.h"
#include "config/taxonomy_bytes.h"
#include "config/taxonomy_checks.h"
#include "config/toml_table.h"
#include "config/values.h"

namespace sotevahti::config {
namespace {

using Words = std::vector<std::string_view>;
const Words area_kinds = {"county", "city", "hus", "aland", "country"};
const Words publisher_kinds = {"paper", "media", "wire", "field", "body", "company", "local"};
const Words languages = {"fi", "sv", "en"};
const Words applications = {"grant", "registration"};
const Words relevance_ids = {"relevant", "irrelevant", "animals", "abroad", "ours"};

// Ids or words that may stand in one place only, each with that place.
class Once {
 public:
  explicit Once(std::string_view what) : what_(what) {}
  void note(const Table& table, std::string_view key, std::string_view word) {
    const auto [first, is_new] = seen_.emplace(word, table.spot(key));
    if (is_new) return;
    table.refuse(key, fmt::format("{} \"{}\" stands already at {}: take one of them out", what_, word,
                                  to_string(first->second)));
  }

 private:
  std::string_view what_;
  std::unordered_map<std::string, Spot> seen_;
};

class Reader {
 public:
  base::Result<Taxonomy> read(const std::filesystem::path& dir, const std::filesystem::path& called);

 private:
  void open(const std::filesystem::path& dir, const std::filesystem::path& called);
  void add(std::optional<Document> document, std::string_view name);

  void read_areas(Table& root);
  void read_sets(Table& root);
  void read_municipalities(Table& root);
  void read_places(Table& root);
  void read_topics(Table& root, const std::string& file);
  void read_publishers(Table& root);
  void read_synonyms(Table& root);
  void read_vetoes(Table& root);

  Topic read_topic(Table& table, const std::string& file);
  TopicRules read_rules(Table& table);
  Names read_names(Table& table, std::string_view key, bool required);
  std::string read_id(Table& table, Once& once);
  std::string read_word(Table& table, std::string_view key, const Words& known);
  std::vector<std::string> read_areas_of(Table& table);
  std::string known_area(const Table& table, std::string_view key, std::string_view area);

  Taxonomy taxonomy_;
  Problems problems_;
  std::vector<Document> documents_;
  std::string hashes_;
  Words area_ids_;
  Words set_names_;
  std::vector<std::pair<std::size_t, Spot>> genitives_;  // of which area, and where
  Once areas_once_{"area"};
  Once codes_once_{"code"};
  Once topics_once_{"topic"};
  Once sets_once_{"set"};
  Once synonyms_once_{"word"};
};

base::Result<Taxonomy> Reader::read(const std::filesystem::path& dir, const std::filesystem::path& called) {
  open(dir, called);
  // Of what an unreadable file defines, every use would be one more complaint.
  if (!problems_.empty()) return problems_.failure();
  std::vector<Table> roots;
  roots.reserve(documents_.size());
  for (const Document& document : documents_) roots.push_back(document.root());
  // What others name comes first, in whichever file it stands.
  for (Table& root : roots) read_areas(root);
  for (Table& root : roots) read_sets(root);
  for (const Area& area : taxonomy_.areas) area_ids_.push_back(area.id);
  for (const WordSet& set : taxonomy_.sets) set_names_.push_back(set.name);
  for (std::size_t i = 0; i < roots.size(); ++i) {
    read_municipalities(roots[i]);
    read_places(roots[i]);
    read_topics(roots[i], documents_[i].name());
    read_publishers(roots[i]);
    read_synonyms(roots[i]);
    read_vetoes(roots[i]);
    roots[i].refuse_unknown();
  }
  for (const auto& [index, spot] : genitives_)
    check_genitives(taxonomy_.areas[index], taxonomy_.places, spot, problems_);
  if (problems_.empty() && taxonomy_.areas.empty()) {
    problems_.add({called.string()},
                  "has no [[area]]: put areas.toml there, or leave [tags] dir out for the built-in ones");
  }
  if (!problems_.empty()) return problems_.failure();
  taxonomy_.version = base::to_hex(base::hash64(hashes_));
  return std::move(taxonomy_);
}

void Reader::open(const std::filesystem::path& dir, const std::filesystem::path& called) {
  for (const auto& file : toml_files(dir, problems_)) {
    const std::filesystem::path name = file.filename();
    add(Document::read(file, (called / name).string(), problems_), name.native());
  }
}

// The version goes by what the files hold, not by where they stand.
void Reader::add(std::optional<Document> document, std::string_view name) {
  if (!document) return;
  hashes_ += fmt::format("{} {}\n", name, base::to_hex(document->content_hash()));
  documents_.push_back(std::move(*document));
}

Names Reader::read_names(Table& table, std::string_view key, bool required) {
  const std::string wanted = fmt::format("{} = {{fi = \"...\", sv = \"...\", en = \"...\"}}", key);
  if (required && !table.has(key)) table.refuse(key, fmt::format("{} needs {}: write {}", table.name(), key, wanted));
  auto names = table.table(key, wanted);
  if (!names) return {};
  Names read;
  read.fi = names->required_text("fi");
  read.sv = names->text("sv").value_or(read.fi);
  read.en = names->text("en").value_or(read.fi);
  names->refuse_unknown();
  return read;
}

std::string Reader::read_id(Table& table, Once& once) {
  std::string id(table.required_text("id"));
  if (id.empty()) return id;
  if (auto wrong = wrong_id(id); !wrong.empty()) {
    table.refuse("id", std::move(wrong));
  } else {
    once.note(table, "id", id);
  }
  return id;
}

std::string Reader::read_word(Table& table, std::string_view key, const Words& known) {
  const auto word = table.word(key, known);
  if (!table.has(key) || (word && word->empty())) {
    table.refuse(key, fmt::format("{} needs {}: write one of {}", table.name(), key, fmt::join(known, ", ")));
  }
  return std::string(word.value_or(""));
}

std::string Reader::known_area(const Table& table, std::string_view key, std::string_view area) {
  if (!area.empty() && std::find(area_ids_.begin(), area_ids_.end(), area) == area_ids_.end()) {
    table.refuse(key, fmt::format("unknown area \"{}\"{}", area, did_you_mean(area, area_ids_)));
  }
  return std::string(area);
}

std::vector<std::string> Reader::read_areas_of(Table& table) {
  std::vector<std::string> areas;
  for (const std::string_view area : table.texts("areas")) areas.push_back(known_area(table, "areas", area));
  return areas;
}

void Reader::read_areas(Table& root) {
  for (Table& table : root.tables("area")) {
    Area area;
    area.id = read_id(table, areas_once_);
    area.code = table.text("code").value_or("");
    if (!area.code.empty()) codes_once_.note(table, "code", "area " + area.code);
    area.kind = read_word(table, "kind", area_kinds);
    area.name = read_names(table, "name", true);
    area.short_name = read_names(table, "short_name", true);
    for (const std::string_view alias : table.texts("aliases")) area.aliases.emplace_back(alias);
    area.genitives = table.map("genitives");
    for (const std::string_view domain : table.texts("domains")) {
      if (const auto wrong = wrong_host_name(domain); !wrong.empty()) table.refuse("domains", "domains: " + wrong);
      area.domains.emplace_back(domain);
    }
    table.refuse_unknown();
    if (!area.genitives.empty()) genitives_.emplace_back(taxonomy_.areas.size(), table.spot("genitives"));
    taxonomy_.areas.push_back(std::move(area));
  }
}

void Reader::read_sets(Table& root) {
  auto sets = root.table("sets");
  if (!sets) return;
  for (const std::string_view name : sets->keys()) {
    WordSet set{std::string(name), {}, sets->spot(name).source, sets->spot(name).line};
    for (const std::string_view word : sets->texts(name)) set.words.emplace_back(word);
    if (set.words.empty()) sets->refuse(name, fmt::format("set \"{}\" is empty: give it words, or take it out", name));
    sets_once_.note(*sets, name, name);
    taxonomy_.sets.push_back(std::move(set));
  }
}

void Reader::read_municipalities(Table& root) {
  auto tables = root.tables("municipalities");
  taxonomy_.municipalities.reserve(taxonomy_.municipalities.size() + tables.size());
  for (Table& table : tables) {
    Municipality read;
    read.code = table.required_text("code");
    if (!read.code.empty()) codes_once_.note(table, "code", read.code);
    read.name_fi = table.required_text("fi");
    read.name_sv = table.text("sv").value_or(read.name_fi);
    read.area = known_area(table, "area", table.required_text("area"));
    read.common_word = table.flag("common_word").value_or(false);
    table.refuse_unknown();
    taxonomy_.municipalities.push_back(std::move(read));
  }
}

void Reader::read_places(Table& root) {
  auto tables = root.tables("places");
  taxonomy_.places.reserve(taxonomy_.places.size() + tables.size());
  for (Table& table : tables) {
    Place place;
    place.name = table.required_text("name");
    place.lang = read_word(table, "lang", languages);
    place.kind = table.required_text("kind");
    place.areas = read_areas_of(table);
    if (!table.has("areas")) table.refuse("areas", "[[places]] needs areas: write areas = [\"...\"]");
    place.common_word = table.flag("common_word").value_or(false);
    table.refuse_unknown();
    taxonomy_.places.push_back(std::move(place));
  }
}

void Reader::read_topics(Table& root, const std::string& file) {
  for (Table& table : root.tables("topic")) {
    Topic topic = read_topic(table, file);
    topic.id = read_id(table, topics_once_);
    topic.name = read_names(table, "name", true);
    topic.applications = table.word("applications", applications).value_or("");
    table.refuse_unknown();
    taxonomy_.topics.push_back(std::move(topic));
  }
  for (Table& table : root.tables("relevance")) {
    Topic topic = read_topic(table, file);
    topic.id = read_word(table, "id", relevance_ids);
    topic.name = read_names(table, "name", false);
    table.refuse_unknown();
    taxonomy_.relevance.push_back(std::move(topic));
  }
}

Topic Reader::read_topic(Table& table, const std::string& file) {
  Topic topic;
  topic.scope = table.text("scope").value_or("");
  topic.file = file;
  topic.line = table.line();
  bool any = false;
  for (Table& rules : table.tables("rules")) {
    topic.rules.push_back(read_rules(rules));
    const TopicRules& read = topic.rules.back();
    any = any || !read.strong.empty() || !read.title.empty() || !read.weak.empty() || !read.with.empty();
  }
  if (!any) {
    table.refuse("id",
                 fmt::format("{} has no rule by which it could be told: write {} with lang and strong = [\"...\"]",
                             table.name(), table.name() == "[[topic]]" ? "[[topic.rules]]" : "[[relevance.rules]]"));
  }
  return topic;
}

TopicRules Reader::read_rules(Table& table) {
  TopicRules rules;
  rules.line = table.line();
  rules.lang = read_word(table, "lang", languages);
  for (const std::string_view term : table.texts("strong")) rules.strong.emplace_back(term);
  for (const std::string_view term : table.texts("title")) rules.title.emplace_back(term);
  for (const std::string_view term : table.texts("weak")) rules.weak.emplace_back(term);
  rules.with = table.pairs("with");
  for (const std::string_view phrase : table.texts("not")) rules.except.emplace_back(phrase);
  table.refuse_unknown();
  check_rules(rules, table, set_names_);
  return rules;
}

void Reader::read_publishers(Table& root) {
  for (Table& table : root.tables("publishers")) {
    Publishers publishers;
    publishers.line = table.line();
    publishers.kind = read_word(table, "kind", publisher_kinds);
    publishers.areas = read_areas_of(table);
    for (const std::string_view name : table.texts("names")) publishers.names.emplace_back(name);
    if (publishers.names.empty()) table.refuse("names", "[[publishers]] needs names: write names = [\"...\"]");
    table.refuse_unknown();
    taxonomy_.publishers.push_back(std::move(publishers));
  }
}

// "2015-2019", "2023-", "-2016" or "2022".
bool is_years(std::string_view text) {
  const auto dash = text.find('-');
  const auto is_year = [](std::string_view year) {
    return year.size() == 4 && year.find_first_not_of("0123456789") == std::string_view::npos;
  };
  if (dash == std::string_view::npos) return is_year(text);
  const std::string_view from = text.substr(0, dash);
  const std::string_view to = text.substr(dash + 1);
  const bool whole = is_year(from) && is_year(to) && from <= to;
  return whole || (is_year(from) && to.empty()) || (from.empty() && is_year(to));
}

void Reader::read_synonyms(Table& root) {
  for (Table& table : root.tables("synonym")) {
    Synonym synonym;
    synonym.line = table.line();
    for (const std::string_view word : table.texts("words")) {
      synonyms_once_.note(table, "words", word);
      synonym.words.emplace_back(word);
    }
    if (synonym.words.size() < 2) table.refuse("words", "a synonym needs two words: write words = [\"...\", \"...\"]");
    for (const std::string_view years : table.texts("years")) {
      if (!is_years(years)) {
        table.refuse("years", fmt::format("\"{}\" are no years: write \"2015-2019\" or \"2023-\"", years));
      }
      synonym.years.emplace_back(years);
    }
    if (table.has("years") && synonym.years.size() != synonym.words.size()) {
      table.refuse("years", fmt::format("years holds {}, words {}: write as many of both", synonym.years.size(),
                                        synonym.words.size()));
    }
    table.refuse_unknown();
    taxonomy_.synonyms.push_back(std::move(synonym));
  }
}

void Reader::read_vetoes(Table& root) {
  for (const std::string_view phrase : root.texts("vetoes")) taxonomy_.vetoes.emplace_back(phrase);
}

}  // namespace

const Area* Taxonomy::area(std::string_view id) const {
  const auto found = std::find_if(areas.begin(), areas.end(), [&](const Area& a) { return a.id == id; });
  return found == areas.end() ? nullptr : &*found;
}

const Topic* Taxonomy::topic(std::string_view id) const {
  const auto found = std::find_if(topics.begin(), topics.end(), [&](const Topic& t) { return t.id == id; });
  return found == topics.end() ? nullptr : &*found;
}

std::vector<std::string> Taxonomy::area_ids() const {
  std::vector<std::string> ids;
  ids.reserve(areas.size());
  for (const Area& area : areas) ids.push_back(area.id);
  return ids;
}

base::Result<Taxonomy> read_taxonomy(const std::filesystem::path& dir, const std::filesystem::path& called) {
  return Reader().read(dir, called);
}

}  // namespace sotevahti::config
