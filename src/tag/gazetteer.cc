#include "tag/gazetteer.h"

#include <algorithm>
#include <array>

#include "text/utf8.h"

namespace sotevahti::tag {
namespace {

enum Language : std::uint8_t { finnish = 1, swedish = 2, english = 4, any = 7 };

Language language_of(std::string_view lang) {
  if (lang == "sv") return swedish;
  if (lang == "fi") return finnish;
  return lang.empty() ? any : english;
}

std::vector<std::string_view> words_in(std::string_view name) {
  std::vector<std::string_view> words;
  for (const text::Token& token : text::tokenize(name)) words.push_back(token.surface);
  return words;
}

bool begins_with_capital(std::string_view word) {
  std::size_t at = 0;
  return !word.empty() && text::is_upper(text::next_code_point(word, at));
}

bool only_capitals(std::string_view name) {
  std::size_t letters = 0;
  for (std::size_t at = 0; at < name.size(); ++letters)
    if (!text::is_upper(text::next_code_point(name, at))) return false;
  return letters > 1;
}

// Nylands is Nyland, Finland's too: the genitive of names in Swedish and English.
std::string without_genitive(std::string word) {
  for (const std::string_view ending : {"'s", "’s", ":s"})
    if (word.ends_with(ending)) return word.substr(0, word.size() - ending.size());
  if (word.size() > 3 && word.ends_with('s')) word.pop_back();
  return word;
}

// The dictionary does not know every -lainen: päijäthämäläisiin is päijäthämäläinen.
std::string adjective_of(const std::string& form) {
  const std::size_t at = std::max(form.rfind("lais") + 1, form.rfind("läis") + 1);
  if (at == 0) return form;
  const std::size_t vowel = form[at] == 'a' ? 1 : 2;
  return form.substr(0, at + vowel) + "inen";
}

// The endings of those who live in a Swedish town, and the one that stands for them all: "borgåborna" as
// "borgåbor", "helsingforsarna" as "helsingforsare".
constexpr std::pair<std::string_view, std::string_view> inhabitant_endings[] = {
    {"bornas", "bor"}, {"borna", "bor"}, {"bors", "bor"},  {"bor", "bor"},  {"bons", "bor"},
    {"bon", "bor"},    {"bo", "bor"},    {"arnas", "are"}, {"arna", "are"}, {"ares", "are"},
    {"arens", "are"},  {"aren", "are"},  {"are", "are"}};

// Empty where nobody's ending stands there.
std::string inhabitants_of(std::string_view form) {
  constexpr std::size_t shortest_name = 3;  // Åbo, in bytes four
  for (const auto& [ending, common] : inhabitant_endings)
    if (form.size() >= ending.size() + shortest_name && form.ends_with(ending))
      return std::string(form.substr(0, form.size() - ending.size())) + std::string(common);
  return {};
}

// Of Jakobstad: jakobstadsbor; of Tammerfors: tammerforsare.
std::vector<std::string> inhabitants(std::string_view town) {
  const std::string name = text::lower(town);
  if (name.ends_with("fors") || name.ends_with("borg")) return {name + "bor", name + "are"};
  constexpr std::array open_ends = {"a", "e", "i", "o", "u", "y", "å", "ä", "ö", "s"};
  const bool joins = std::any_of(open_ends.begin(), open_ends.end(), [&](auto end) { return name.ends_with(end); });
  if (joins) return {name + "bor"};
  return {name + "bor", name + "sbor"};
}

bool replace_end(std::string& word, std::string_view end, std::string_view by) {
  if (!word.ends_with(end)) return false;
  word.replace(word.size() - end.size(), end.size(), by);
  return true;
}

// Of Lahti: lahte-, lahti-; of Kauniainen: kauniais-. All that may stand before -lainen.
std::vector<std::string> adjective_stems(std::string name) {
  std::erase(name, '-');
  for (const auto& [region, stem] : {std::pair{"suomi", "suoma"}, {"häme", "hämä"}, {"pohjanmaa", "pohja"}}) {
    std::string replaced = name;
    if (replace_end(replaced, region, stem)) return {replaced};
  }
  std::vector<std::string> stems{name};
  std::string other = name;
  if (replace_end(other, "nen", "s") || replace_end(other, "i", "e") || replace_end(other, "us", "ute"))
    stems.push_back(other);
  return stems;
}

}  // namespace

Gazetteer::Gazetteer(const config::Taxonomy& taxonomy, text::Lexicon& lexicon) : lexicon_(lexicon), ends_(1) {
  for (const config::Area& area : taxonomy.areas)
    for (const auto& [name, genitive] : area.genitives) lexicon.add_name(name, genitive);
  add_areas(taxonomy);
  add_municipalities(taxonomy);
  add_places(taxonomy);
}

void Gazetteer::add_areas(const config::Taxonomy& taxonomy) {
  for (const config::Area& area : taxonomy.areas) {
    if (area.kind == "country") continue;
    const std::vector<std::string> areas{area.id};
    for (const config::Names* names : {&area.name, &area.short_name}) {
      const bool organisation = area.kind == "hus" || (names == &area.name && area.kind == "county");
      add({names->fi, "fi"}, area.kind, areas, false).organisation = organisation;
      add({names->sv, "sv"}, area.kind, areas, false).organisation = organisation;
      add({names->en, "en"}, area.kind, areas, false).organisation = organisation;
    }
    if (area.kind == "hus") brands_.insert(area.short_name.fi);  // "HUS-johtaja", as "Pirha-johtaja"
    for (const std::string& alias : area.aliases) {
      add({alias, ""}, area.kind, areas, false).organisation = true;
      if (words_in(alias).size() == 1) brands_.insert(alias);
    }
    if (area.kind != "hus") add_adjectives(area.short_name.fi, areas);
  }
}

void Gazetteer::add_municipalities(const config::Taxonomy& taxonomy) {
  for (const config::Municipality& town : taxonomy.municipalities) {
    add({town.name_fi, "fi"}, "municipality", {town.area}, town.common_word);
    if (town.name_sv != town.name_fi) add({town.name_sv, "sv"}, "municipality", {town.area}, town.common_word);
    add_adjectives(town.name_fi, {town.area});
    add_inhabitants(town.name_sv, {town.area});
  }
}

void Gazetteer::add_places(const config::Taxonomy& taxonomy) {
  for (const config::Place& place : taxonomy.places) {
    add({place.name, place.lang}, place.kind, place.areas, place.common_word).organisation =
        place.kind == "hospital" || place.kind == "rescue" || place.kind == "cooperation_area";
    if (place.kind == "hospital" && words_in(place.name).size() == 1) brands_.insert(place.name);
  }
}

// What a text's words are looked up by: "Varkauden sairaalassa" has Varkauden as it stands,
// since "varkaus sairaalassa" is a theft, and the last word in its dictionary form.
std::vector<std::string> Gazetteer::keys_of(std::string_view name, std::string_view lang) {
  const auto words = words_in(name);
  std::vector<std::string> keys;
  for (const std::string_view word : words) {
    std::string key = text::lower(word);
    const bool is_last = &word == &words.back();
    if (words.size() > 1 && (lang == "sv" || lang == "en")) key = without_genitive(key);
    else if (words.size() > 1 && is_last) key = lexicon_.analyze(word, "fi").lemmas.front();
    keys.push_back(std::move(key));
  }
  return keys;
}

PlaceName& Gazetteer::add(Spelling spelling, std::string_view kind, const std::vector<std::string>& areas,
                          bool common_word) {
  const auto keys = keys_of(spelling.name, spelling.lang);
  PlaceName name{std::string(spelling.name),
                 std::string(kind),
                 areas,
                 common_word,
                 begins_with_capital(spelling.name),
                 only_capitals(spelling.name),
                 false,
                 any};
  // A Swedish name in a Finnish text is mostly a Finnish word: Vasa is a calf.
  const bool stays_swedish = keys.size() == 1 && areas.front() != "ahvenanmaa";
  if (spelling.lang == "sv" && stays_swedish) name.languages = swedish | english;
  if (spelling.lang == "en") name.languages = english;
  names_.push_back(std::move(name));
  const auto id = static_cast<NameId>(names_.size() - 1);
  if (keys.empty()) return names_.back();
  add_path(keys, id);
  // "Etelä-" at the end of a line, or the hyphen forgotten.
  const std::size_t hyphen = keys.front().find('-');
  if (keys.size() == 1 && hyphen != std::string::npos) {
    const std::string behind = keys.front().substr(hyphen + 1);
    add_path({keys.front().substr(0, hyphen), behind}, id);
    behind_hyphens_.emplace(words_.at(keys.front()), words_.at(behind));
  }
  if (spelling.lang.empty()) {  // an alias of several words may be in any of the languages
    const auto plain = keys_of(spelling.name, "sv");
    if (plain != keys) add_path(plain, id);
  }
  return names_.back();
}

void Gazetteer::add_path(const std::vector<std::string>& keys, NameId name) {
  Node node = 0;
  for (const std::string& key : keys) {
    const auto word = words_.emplace(key, static_cast<NameWordId>(words_.size())).first->second;
    const std::uint64_t step = static_cast<std::uint64_t>(node) << 32U | word;
    const auto [next, is_new] = steps_.emplace(step, static_cast<Node>(ends_.size()));
    if (is_new) ends_.emplace_back();
    node = next->second;
  }
  ends_[node].push_back(name);
}

// pirkanmaalainen, itäuusimaalainen: small letters, no hyphen, and no doubt of the place.
void Gazetteer::add_adjectives(std::string_view name, const std::vector<std::string>& areas) {
  if (words_in(name).size() != 1 || name == "Pohjanmaa") return;  // pohjalainen says little
  PlaceName adjective{{}, "adjective", areas, false, false, false, false, finnish};
  for (const std::string& stem : adjective_stems(text::lower(name))) {
    for (const std::string_view ending : {"lainen", "läinen"}) {
      adjective.name = stem + std::string(ending);
      names_.push_back(adjective);
      add_path({adjective.name}, static_cast<NameId>(names_.size() - 1));
    }
  }
}

// vasabor, jakobstadsbor: with a small letter or a capital, and no doubt of the place.
void Gazetteer::add_inhabitants(std::string_view town, const std::vector<std::string>& areas) {
  if (words_in(town).size() != 1) return;
  names_.push_back(PlaceName{std::string(town), "inhabitants", areas, false, false, false, false, swedish});
  for (const std::string& word : inhabitants(town)) add_path({word}, static_cast<NameId>(names_.size() - 1));
}

std::optional<NameWordId> Gazetteer::word(const std::string& key) const {
  const auto found = words_.find(key);
  return found == words_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<NameWordId> Gazetteer::behind_hyphen(NameWordId word) const {
  const auto found = behind_hyphens_.find(word);
  return found == behind_hyphens_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<NameWordId> Gazetteer::words_of(std::string_view surface, const text::Analysis& analysis,
                                            std::string_view lang) const {
  std::vector<NameWordId> found;
  const auto look_up = [&](const std::string& key) {
    const auto id = word(key);
    if (id && std::find(found.begin(), found.end(), *id) == found.end()) found.push_back(*id);
  };
  const std::string form = text::lower(surface);
  look_up(form);
  for (const std::string& lemma : analysis.lemmas) look_up(lemma);
  if (lang != "fi") look_up(without_genitive(form));
  if (lang == "fi" && !analysis.known) look_up(adjective_of(form));
  if (lang == "sv") look_up(inhabitants_of(form));
  const std::string_view head = surface.substr(0, surface.find('-'));
  if (head.size() < surface.size() && brands_.contains(std::string(head))) look_up(text::lower(head));
  return found;
}

bool Gazetteer::is_name(const std::vector<NameWordId>& words) const {
  const auto nodes = step({0}, words);
  return std::any_of(nodes.begin(), nodes.end(), [&](Node node) { return !ends_[node].empty(); });
}

std::vector<Gazetteer::Node> Gazetteer::step(const std::vector<Node>& from,
                                             const std::vector<NameWordId>& words) const {
  std::vector<Node> to;
  for (const Node node : from) {
    for (const NameWordId word : words) {
      const auto next = steps_.find(static_cast<std::uint64_t>(node) << 32U | word);
      if (next != steps_.end()) to.push_back(next->second);
    }
  }
  return to;
}

const PlaceName* Gazetteer::at(Node node, std::string_view lang) const {
  for (const NameId id : ends_[node])
    if ((names_[id].languages & language_of(lang)) != 0) return &names_[id];
  return nullptr;
}

}  // namespace sotevahti::tag
