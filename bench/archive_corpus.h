// Entries without end for benchmarks of the archive: Finnish and Swedish words of the field,
// inflected and compounded, some 150 a text, in the frequencies of running text.
// The same entry for the same number, always.
#pragma once
#include <array>
#include <cmath>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "archive/feed_store.h"
#include "archive/index_words.h"
#include "base/hash.h"
#include "tag/story.h"
#include "tag/tagger.h"
#include "text/words.h"

namespace sotevahti::bench {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {  // splitmix64
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }
  double unit() { return static_cast<double>(next() >> 11) * 0x1p-53; }
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(unit() * static_cast<double>(n)); }

 private:
  std::uint64_t state_;
};

class Vocabulary {
 public:
  Vocabulary(std::vector<std::string_view> nouns, std::vector<std::string_view> endings,
             std::vector<std::string_view> others, std::uint64_t seed)
      : nouns_(std::move(nouns)), others_(std::move(others)) {
    for (const auto noun : nouns_) {
      for (const auto ending : endings) inflected_.push_back(std::string(noun) + std::string(ending));
    }
    Random random(seed);
    for (int i = 0; i < 20000; ++i) {
      compounds_.push_back(std::string(nouns_[random.below(nouns_.size())]) +
                           std::string(nouns_[random.below(nouns_.size())]) +
                           (random.unit() < 0.5 ? std::string(endings[random.below(endings.size())]) : ""));
    }
  }

  std::string_view word(Random& random) const {
    const double which = random.unit();
    if (which < 0.3) return pick(others_, random);
    if (which < 0.5) return pick(nouns_, random);
    if (which < 0.85) return pick(inflected_, random);
    return compounds_[random.below(compounds_.size())];
  }
  const std::vector<std::string_view>& nouns() const { return nouns_; }
  const std::vector<std::string>& compounds() const { return compounds_; }

 private:
  // The first ones often, the last ones seldom.
  template <class Words>
  static std::string_view pick(const Words& words, Random& random) {
    const auto n = static_cast<double>(words.size());
    const auto at = static_cast<std::size_t>(3.0 * (std::pow((n + 3.0) / 3.0, random.unit()) - 1.0));
    return words[at < words.size() ? at : words.size() - 1];
  }
  std::vector<std::string_view> nouns_, others_;
  std::vector<std::string> inflected_, compounds_;
};

inline const Vocabulary& finnish() {
  static const Vocabulary words(
      {"palvelu", "alue",        "potilas",   "asiakas",  "hoitaja",   "sairaala",   "kunta",    "asema",
       "tuki",    "raha",        "laki",      "talo",     "lapsi",     "perhe",      "vanhus",   "kuntoutus",
       "avustus", "hanke",       "kokous",    "hallitus", "valtuusto", "lautakunta", "talous",   "maksu",
       "lääke",   "työ",         "koulu",     "apu",      "koti",      "hoiva",      "terveys",  "sosiaali",
       "neuvola", "vastaanotto", "päivystys", "leikkaus", "rokote",    "tutkimus",   "raportti", "lausunto",
       "päätös",  "ohjelma",     "strategia", "verkosto", "järjestö",  "yhdistys",   "säästö",   "budjetti",
       "muutos",  "uudistus",    "vaali",     "tila",     "aika",      "jono",       "takuu",    "asunto",
       "sopimus", "kilpailu",    "hankinta",  "tieto",    "laite",     "kuljetus",   "auto",     "pelastus",
       "turva",   "osallisuus",  "kulttuuri", "liikunta", "ravinto",   "mieli",      "päihde",   "kriisi",
       "puhelin", "verkko",      "lomake",    "ohje",     "opas",      "kysely",     "tulos",    "tavoite",
       "mittari", "johtaja",     "lääkäri",   "keskus"},
      {"", "n", "a", "ssa", "sta", "lla", "lle", "lta", "t", "kin", "jen", "ihin"},
      {"ja",
       "on",
       "ei",
       "se",
       "että",
       "oli",
       "myös",
       "kun",
       "tai",
       "joka",
       "mukaan",
       "sekä",
       "uusi",
       "voi",
       "tulee",
       "vuonna",
       "nyt",
       "hyvä",
       "kaikki",
       "mutta",
       "yli",
       "suuri",
       "alkaa",
       "jatkuu",
       "kertoo",
       "esittää",
       "saa",
       "ensi",
       "viime",
       "Suomen",
       "Pirkanmaan",
       "Helsingin",
       "Lapin",
       "Oulun",
       "Kainuun",
       "hyvinvointialue",
       "hyvinvointialueen",
       "2024",
       "2025",
       "2026",
       "15",
       "prosenttia",
       "euroa",
       "miljoonaa"},
      11);
  return words;
}

inline const Vocabulary& swedish() {
  static const Vocabulary words({"tjänst",   "område",       "patient",      "klient",         "skötare",   "sjukhus",
                                 "kommun",   "station",      "stöd",         "pengar",         "lag",       "hus",
                                 "barn",     "familj",       "äldre",        "rehabilitering", "bidrag",    "projekt",
                                 "möte",     "styrelse",     "fullmäktige",  "nämnd",          "ekonomi",   "avgift",
                                 "medicin",  "arbete",       "skola",        "hjälp",          "hem",       "vård",
                                 "hälsa",    "social",       "rådgivning",   "mottagning",     "jour",      "operation",
                                 "vaccin",   "undersökning", "rapport",      "utlåtande",      "beslut",    "program",
                                 "strategi", "nätverk",      "organisation", "förening",       "besparing", "budget",
                                 "ändring",  "reform",       "val"},
                                {"", "en", "et", "er", "ar", "erna", "s", "ens"},
                                {"och",
                                 "är",
                                 "inte",
                                 "det",
                                 "att",
                                 "var",
                                 "också",
                                 "när",
                                 "eller",
                                 "som",
                                 "enligt",
                                 "samt",
                                 "ny",
                                 "kan",
                                 "blir",
                                 "år",
                                 "nu",
                                 "god",
                                 "alla",
                                 "men",
                                 "över",
                                 "stor",
                                 "börjar",
                                 "fortsätter",
                                 "berättar",
                                 "föreslår",
                                 "får",
                                 "nästa",
                                 "förra",
                                 "Österbottens",
                                 "Nylands",
                                 "välfärdsområde",
                                 "välfärdsområdet",
                                 "2025",
                                 "2026",
                                 "procent",
                                 "euro"},
                                13);
  return words;
}

inline std::string sentence(const Vocabulary& vocabulary, std::size_t words, Random& random) {
  std::string text;
  for (std::size_t i = 0; i < words; ++i) {
    if (i > 0) text += i % 11 == 0 ? ". " : " ";
    text += vocabulary.word(random);
  }
  return text;
}

inline constexpr std::array<std::string_view, 8> corpus_areas = {"pirkanmaa", "lappi",     "kainuu",    "helsinki",
                                                                 "hus",       "satakunta", "pohjanmaa", "koko-maa"};
inline constexpr std::array<std::string_view, 6> corpus_topics = {
    "jarjestoavustukset", "paatokset", "talous", "hyte", "lapset", "digipalvelut"};

inline const config::Taxonomy& taxonomy() {
  static const config::Taxonomy built_in = *config::load_taxonomy({});
  return built_in;
}

inline tag::Tagger& tagger() {
  static const std::unique_ptr<text::Lexicon> lexicon = std::move(*text::Lexicon::open(std::size_t{8} << 20));
  static tag::Tagger made(taxonomy(), *lexicon);
  return made;
}

// As an intake makes it; its words may be left for the archive to analyse.
inline archive::IncomingEntry make_entry(std::uint64_t number, base::Time published, bool prepared = true) {
  Random random(number * 7919 + 1);
  const bool is_swedish = random.unit() < 0.2;
  const Vocabulary& vocabulary = is_swedish ? swedish() : finnish();
  archive::IncomingEntry incoming;
  feed::Item& item = incoming.item;
  const std::string publisher = "julkaisija-" + std::to_string(number / 20 % 1000);
  const std::string host = publisher + ".example";
  item.key = "https://www." + host + "/ajankohtaista/" + std::to_string(number);
  item.url = item.key;
  item.canonical_url = host + "/ajankohtaista/" + std::to_string(number);
  item.title = text::PlainText::from(sentence(vocabulary, 7, random));
  const std::string text = sentence(vocabulary, 110 + random.below(80), random);
  item.text = text::PlainText::from(text);
  item.html =
      text::SafeHtml::trusted("<p>" + text + "</p>\n<p><a href=\"" + item.url + "\">" + item.title.str() + "</a></p>");
  item.published = published;
  item.content_hash = base::hash64(text);
  item.facts = {"2026-03-01", "15"};
  incoming.tags.language = is_swedish ? "sv" : "fi";
  const auto tag = [&](std::string_view id) {
    return tag::Tag{std::string(id), 1.2, {{tag::Field::text, 3, 12, text.substr(3, 9), "strong: palvelu"}}};
  };
  incoming.tags.areas.push_back(tag(corpus_areas[random.below(corpus_areas.size())]));
  if (random.unit() < 0.7) incoming.tags.topics.push_back(tag(corpus_topics[random.below(corpus_topics.size())]));
  const tag::Subject subject{item.title.view(),
                             item.text.view(),
                             item.url,
                             publisher,
                             std::chrono::floor<std::chrono::days>(published),
                             "",
                             {},
                             false};
  static const archive::WordPreparer preparer(taxonomy());
  const tag::Reading reading = tagger().read(subject, incoming.tags.language);
  incoming.signature = tag::sign(reading, incoming.tags, {"", item.canonical_url, published, true});
  if (prepared) preparer.prepare(incoming, reading);
  return incoming;
}

}  // namespace sotevahti::bench
