#include "tag/story_words.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_set>

#include "base/hash.h"
#include "tag/entry_text.h"
#include "tag/glossary.h"

namespace sotevahti::tag {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::size_t most_words = 300;

// Lemmas that say nothing of a story.
constexpr std::array stop_words = {
    // Finnish
    "ja"sv, "tai"sv, "sekä"sv, "että"sv, "joka"sv, "jotka"sv, "mikä"sv, "kuka"sv, "se"sv, "tämä"sv, "hän"sv, "he"sv,
    "ne"sv, "olla"sv, "ei"sv, "voida"sv, "saada"sv, "tulla"sv, "tehdä"sv, "pitää"sv, "antaa"sv, "ottaa"sv, "mukaan"sv,
    "myös"sv, "kun"sv, "jos"sv, "niin"sv, "kuin"sv, "mutta"sv, "vaan"sv, "vain"sv, "nyt"sv, "sitten"sv, "jo"sv,
    "vielä"sv, "noin"sv, "yli"sv, "alle"sv, "muu"sv, "oma"sv, "kaikki"sv, "moni"sv, "usea"sv, "eri"sv, "sama"sv,
    "toinen"sv, "ensi"sv, "viime"sv, "kanssa"sv, "aikana"sv, "jälkeen"sv, "ennen"sv, "asti"sv, "saakka"sv, "mennessä"sv,
    "klo"sv, "kello"sv, "vuosi"sv, "päivä"sv, "aika"sv, "kertoa"sv, "sanoa"sv, "lisätieto"sv, "puh"sv, "jatko"sv,
    "jatkossa"sv, "enintään"sv, "vähintään"sv, "koko"sv, "osa"sv, "asia"sv, "esimerkki"sv, "itse"sv, "maanantai"sv,
    "tiistai"sv, "keskiviikko"sv, "torstai"sv, "perjantai"sv, "lauantai"sv, "sunnuntai"sv,
    // Swedish
    "och"sv, "att"sv, "som"sv, "den"sv, "det"sv, "de"sv, "en"sv, "ett"sv, "är"sv, "var"sv, "inte"sv, "på"sv, "av"sv,
    "till"sv, "från"sv, "med"sv, "för"sv, "om"sv, "kan"sv, "ska"sv, "har"sv, "blir"sv, "får"sv, "även"sv, "samt"sv,
    "vid"sv, "hos"sv, "eller"sv, "men"sv, "när"sv, "än"sv, "också"sv, "sig"sv, "sin"sv, "år"sv, "enlig"sv, "enligt"sv,
    "dag"sv, "kl"sv, "under"sv, "över"sv, "efter"sv, "före"sv, "där"sv, "dem"sv, "man"sv, "ny"sv, "nya"sv, "ås"sv,
    // English
    "the"sv, "and"sv, "of"sv, "to"sv, "in"sv, "a"sv, "an"sv, "is"sv, "are"sv, "be"sv, "by"sv, "for"sv, "with"sv, "on"sv,
    "at"sv, "from"sv, "has"sv, "have"sv, "will"sv, "new"sv, "its"sv, "it"sv, "that"sv, "their"sv, "as"sv, "not"sv,
    "says"sv, "said"sv, "more"sv, "than"sv, "can"sv, "or"sv};

// Words that every other text of the field has; within one county its own name says nothing either.
constexpr std::array common_words = {"hyvinvointialue"sv,
                                     "alue"sv,
                                     "palvelu"sv,
                                     "sosiaali"sv,
                                     "terveys"sv,
                                     "sote"sv,
                                     "aluevaltuusto"sv,
                                     "aluehallitus"sv,
                                     "kunta"sv,
                                     "asukas"sv,
                                     "uusi"sv,
                                     "päättää"sv,
                                     "päätös"sv,
                                     "hyväksyä"sv,
                                     "kehittää"sv,
                                     "toiminta"sv,
                                     "työ"sv,
                                     "asiakas"sv,
                                     "potilas"sv,
                                     "henkilöstö"sv,
                                     "hallinto"sv,
                                     "kokous"sv,
                                     "ihminen"sv,
                                     "kaupunki"sv,
                                     "järjestää"sv,
                                     "alkaa"sv,
                                     "jatkua"sv,
                                     "jatkaa"sv,
                                     "suomi"sv,
                                     "euro"sv,
                                     "miljoona"sv,
                                     "prosentti"sv,
                                     "hoito"sv,
                                     "keskus"sv,
                                     "hyvinvointi"sv,
                                     "terveydenhuolto"sv,
                                     "sosiaalihuolto"sv,
                                     "huolto"sv,
                                     "hyvinvointialuejohtaja"sv,
                                     "suunnitelma"sv,
                                     "pirkanmaa"sv,
                                     "varsinais-suomi"sv,
                                     "satakunta"sv,
                                     "kanta-häme"sv,
                                     "päijät-häme"sv,
                                     "kymenlaakso"sv,
                                     "pohjanmaa"sv,
                                     "etelä-karjala"sv,
                                     "etelä-savo"sv,
                                     "pohjois-savo"sv,
                                     "pohjois-karjala"sv,
                                     "keski-suomi"sv,
                                     "etelä-pohjanmaa"sv,
                                     "keski-pohjanmaa"sv,
                                     "keskussairaala"sv,
                                     "yliopistosairaala"sv,
                                     "sairaala"sv,
                                     "terveysasema"sv,
                                     "pohjois-pohjanmaa"sv,
                                     "kainuu"sv,
                                     "lappi"sv,
                                     "itä-uusimaa"sv,
                                     "keski-uusimaa"sv,
                                     "länsi-uusimaa"sv,
                                     "vantaa"sv,
                                     "kerava"sv,
                                     "helsinki"sv,
                                     "ahvenanmaa"sv,
                                     "uusimaa"sv,
                                     "välfärdsområde"sv,
                                     "område"sv,
                                     "service"sv,
                                     "vård"sv,
                                     "hälsovård"sv,
                                     "socialvård"sv,
                                     "kommun"sv,
                                     "invånare"sv,
                                     "personal"sv,
                                     "österbotten"sv,
                                     "nyland"sv,
                                     "finland"sv,
                                     "tavastland"sv,
                                     "savolax"sv,
                                     "karelen"sv,
                                     "wellbeing"sv,
                                     "services"sv,
                                     "county"sv,
                                     "counties"sv,
                                     "health"sv,
                                     "care"sv,
                                     "social"sv,
                                     "finnish"sv};

using Words = std::unordered_set<std::string_view>;

bool is_stop_word(std::string_view lemma) {
  static const Words words(stop_words.begin(), stop_words.end());
  return words.contains(lemma);
}

bool is_common(std::string_view lemma) {
  static const Words words(common_words.begin(), common_words.end());
  return words.contains(lemma);
}

std::uint32_t hash_of(std::string_view lemma, std::string_view language) {
  const std::uint32_t number = concept_of(lemma, language);
  return number == 0 ? hash32(lemma) : hash32("concept " + std::to_string(number));
}

// The lemma to compare by: one that the glossary knows; else the likeliest, where a capital
// may be the sentence's the last one ("Försöket" is no name).
const std::string& lemma_of(const text::Analysis& analysis, bool at_start, std::string_view language) {
  for (const std::string& lemma : analysis.lemmas)
    if (concept_of(lemma, language) != 0) return lemma;
  return language == "sv" && at_start ? analysis.lemmas.back() : analysis.lemmas.front();
}

bool is_word(std::string_view surface) {
  return surface.size() >= 3 && !(surface.front() >= '0' && surface.front() <= '9');
}

Weight weight_of_lemma(const std::string& lemma, const text::Token& token, bool at_start,
                       const text::Analysis& analysis) {
  constexpr std::size_t long_word = 12;
  if (is_common(lemma)) return Weight::common;
  if (token.all_capitals || (token.capital && !at_start)) return Weight::name;
  if (analysis.place_name && token.capital) return Weight::name;
  return analysis.parts.size() >= 2 || lemma.size() >= long_word ? Weight::specific : Weight::ordinary;
}

// Sorts by word and keeps of each the greatest weight.
void keep_each_once(std::vector<std::uint32_t>& words) {
  std::sort(words.begin(), words.end());
  std::vector<std::uint32_t> once;
  for (const std::uint32_t word : words) {
    if (!once.empty() && word_of(once.back()) == word_of(word)) once.back() = std::max(once.back(), word);
    else once.push_back(word);
  }
  words = std::move(once);
}

void for_story_words(std::span<const Word> words, const auto& each) {
  for (const Word& word : words.first(std::min(words.size(), most_words))) {
    const StoryWord& story = word.form->story;
    const std::uint32_t hash = word.token.sentence_start ? story.at_start : story.within;
    if (hash == 0) continue;
    each(hash);
    for (const std::uint32_t part : story.parts) each(part);
  }
}

// Of a text's hundreds of words most are too great for a full sketch.
void keep_if_small(std::vector<std::uint32_t>& sketch, std::uint32_t hash) {
  const bool is_full = sketch.size() == story_sketch_size;
  if (is_full && word_of(hash) > word_of(sketch.back())) return;
  const auto place = std::lower_bound(sketch.begin(), sketch.end(), hash & ~3U);
  if (place != sketch.end() && word_of(*place) == word_of(hash)) {
    *place = std::max(*place, hash);
    return;
  }
  const auto at = place - sketch.begin();
  if (is_full) sketch.pop_back();
  sketch.insert(sketch.begin() + at, hash);
}

}  // namespace

std::uint32_t hash32(std::string_view text) { return static_cast<std::uint32_t>(base::hash64(text)); }

StoryWord story_word(std::string_view surface, const text::Analysis& analysis, std::string_view language) {
  StoryWord word;
  const std::vector<text::Token> tokens = text::tokenize(surface);
  if (tokens.size() != 1 || !is_word(surface)) return word;
  const auto weighed = [&](bool at_start) {
    const std::string& lemma = lemma_of(analysis, at_start, language);
    const Weight weight = weight_of_lemma(lemma, tokens.front(), at_start, analysis);
    return is_stop_word(lemma) ? 0 : with_weight(hash_of(lemma, language), weight);
  };
  word.within = weighed(false);
  word.at_start = weighed(true);
  for (const std::string& part : analysis.parts)
    if (!is_common(part)) word.parts.push_back(with_weight(hash_of(part, language), Weight::common));
  return word;
}

std::vector<std::uint32_t> story_words(std::span<const Word> words) {
  std::vector<std::uint32_t> hashes;
  for_story_words(words, [&](std::uint32_t hash) { hashes.push_back(hash); });
  keep_each_once(hashes);
  return hashes;
}

std::vector<std::uint32_t> story_sketch(std::vector<std::uint32_t> title, std::span<const Word> text) {
  std::vector<std::uint32_t> sketch = std::move(title);
  sketch.resize(std::min(sketch.size(), story_sketch_size));
  for_story_words(text, [&](std::uint32_t hash) { keep_if_small(sketch, hash); });
  return sketch;
}

}  // namespace sotevahti::tag
