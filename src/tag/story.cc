#include "tag/story.h"

#include <algorithm>
#include <array>

#include "base/hash.h"
#include "tag/story_facts.h"
#include "tag/story_words.h"
#include "text/url.h"

namespace sotevahti::tag {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::size_t most_key_words = 7;
constexpr std::size_t most_key_areas = 2;

// How the items begin that every meeting has.
constexpr std::array routine_items = {"kokouksen avaus"sv,
                                      "kokouksen avaaminen"sv,
                                      "kokouksen laillisuus"sv,
                                      "laillisuus ja"sv,
                                      "päätösvaltaisuu"sv,
                                      "pöytäkirjan tark"sv,
                                      "pöytäkirjantark"sv,
                                      "kokouksen pöytäkirjan tark"sv,
                                      "edellisen kokouksen"sv,
                                      "työjärjestyk"sv,
                                      "kokouksen työjärjesty"sv,
                                      "esityslistan hyväk"sv,
                                      "asialistan hyväk"sv,
                                      "ilmoitusasia"sv,
                                      "muut asiat"sv,
                                      "muut esille"sv,
                                      "kokouksen päättäminen"sv,
                                      "kokouksen päättymi"sv,
                                      "viranhaltijapäätökset"sv,
                                      "viranhaltijoiden päätökset"sv,
                                      "otto-oikeu"sv,
                                      "tiedoksi merkittävät"sv,
                                      "tiedoksiannot"sv,
                                      "seuraava kokous"sv,
                                      "ääntenlaskij"sv,
                                      "nimenhuuto"sv,
                                      "läsnäolo- ja puhe"sv,
                                      "sammanträdets öppn"sv,
                                      "mötets öppn"sv,
                                      "öppnande av samman"sv,
                                      "öppnande av mötet"sv,
                                      "mötets laglighet"sv,
                                      "sammanträdets laglig"sv,
                                      "laglighet och"sv,
                                      "konstaterande av laglig"sv,
                                      "protokolljuster"sv,
                                      "val av protokolljuster"sv,
                                      "justering av protokoll"sv,
                                      "föredragningslista"sv,
                                      "godkännande av föredrag"sv,
                                      "anmälningsären"sv,
                                      "delgivningsären"sv,
                                      "avslutande av"sv,
                                      "mötets avslut"sv,
                                      "sammanträdets avslut"sv,
                                      "övriga ärenden"sv,
                                      "tjänsteinnehavarbeslut"sv};

// Hosts where many publishers speak.
constexpr std::array shared_hosts = {"sttinfo.fi"sv, "epressi.com"sv,       "mynewsdesk.com"sv, "cision.com"sv,
                                     "yle.fi"sv,     "valtioneuvosto.fi"sv, "innokyla.fi"sv,    "oncloudos.com"sv};

constexpr std::array corrections = {"korjau"sv,   "korjattu"sv,    "oikaisu"sv,   "korjaa:"sv,
                                    "rättelse"sv, "korrigering"sv, "correction"sv};

bool has_any(std::string_view text, const auto& phrases) {
  return std::any_of(phrases.begin(), phrases.end(),
                     [&](std::string_view phrase) { return text.find(phrase) != std::string_view::npos; });
}

// "Aluehallitus 9.2.2026 / Kokouksen avaus": the item behind the meeting.
std::string_view item_of(std::string_view title) {
  const std::size_t slash = title.find(" / ");
  return slash == std::string_view::npos ? title : title.substr(slash + 3);
}

bool is_routine(std::string_view title) {
  constexpr std::size_t longest = 90;
  const std::string item = text::lower(item_of(title));
  return item.size() <= longest && std::any_of(routine_items.begin(), routine_items.end(),
                                               [&](std::string_view beginning) { return item.starts_with(beginning); });
}

// Midnight, here or in UTC, is a date without a clock.
bool tells_minutes(base::Time time) {
  const auto of_day = time - std::chrono::floor<std::chrono::days>(time);
  return of_day != std::chrono::hours(0) && of_day != std::chrono::hours(21) && of_day != std::chrono::hours(22);
}

// The number of a release that its language versions and copies share.
std::string platform_of(std::string_view url) {
  if (!text::url_host(url).ends_with("sttinfo.fi")) return {};
  if (const std::string id = text::query_parameter(url, "releaseId"); !id.empty()) return "stt:" + id;
  for (const std::string_view path : {"/tiedote/", "/release/", "/pressmeddelande/"}) {
    const std::size_t at = url.find(path);
    if (at == std::string_view::npos) continue;
    const std::string_view number = url.substr(at + path.size());
    const std::size_t end = std::min(number.find_first_not_of("0123456789"), number.size());
    if (end >= 5) return "stt:" + std::string(number.substr(0, end));
  }
  return {};
}

bool is_county(std::string_view publisher) {
  static constexpr std::array words = {"hyvinvointialue"sv, "välfärdsområde"sv, "wellbeing services county"sv};
  return has_any(publisher, words);
}

// Who speaks: a county under any of its names, else the name.
std::string source_of(std::string_view publisher, const std::vector<std::string>& areas) {
  const std::string name = text::lower(publisher);
  return is_county(name) && areas.size() == 1 ? "county " + areas.front() : name;
}

// "" of a host where many publishers speak.
std::string own_host(std::string_view url) {
  std::string host = text::url_host(url);
  if (host.starts_with("www.")) host.erase(0, 4);
  return has_any(host, shared_hosts) ? std::string() : host;
}

std::uint64_t key(std::string_view kind, std::string_view what) {
  return base::hash64(std::string(kind) + ' ' + std::string(what));
}

// The words that tell most: names and compounds, of the title first.
std::vector<std::uint32_t> key_words(const StorySignature& s) {
  std::vector<std::pair<int, std::uint32_t>> ranked;
  const auto rank = [&](const std::vector<std::uint32_t>& words, int bonus) {
    for (const std::uint32_t word : words)
      if ((word & 3U) != 0) ranked.emplace_back(-static_cast<int>(word & 3U) * 2 - bonus, word_of(word));
  };
  rank(s.title_lemmas, 1);
  rank(s.minhash, 0);
  std::sort(ranked.begin(), ranked.end());
  std::vector<std::uint32_t> chosen;
  for (const auto& [order, word] : ranked) {
    if (chosen.size() == most_key_words) break;
    if (std::find(chosen.begin(), chosen.end(), word) == chosen.end()) chosen.push_back(word);
  }
  return chosen;
}

std::vector<std::uint64_t> keys_of(const StorySignature& s) {
  std::vector<std::uint64_t> keys;
  if (s.routine) return keys;
  if (!s.platform_id.empty()) keys.push_back(key("platform", s.platform_id));
  if (!s.canonical_url.empty()) keys.push_back(key("url", s.canonical_url));
  const auto day = std::chrono::floor<std::chrono::days>(s.published).time_since_epoch().count();
  // A translation comes within a day: each day's key and the next one's.
  for (const auto each : {day, day + 1}) {
    keys.push_back(key("source", s.source + ' ' + std::to_string(each)));
    if (!s.host.empty()) keys.push_back(key("host", s.host + ' ' + std::to_string(each)));
  }
  std::vector<std::string> areas = s.areas;
  if (areas.size() > 1) std::erase(areas, "koko-maa");
  if (areas.size() > most_key_areas) areas.resize(most_key_areas);
  if (areas.empty()) areas.emplace_back("none");
  for (const std::string& area : areas) {
    for (const std::uint32_t word : key_words(s)) keys.push_back(key(area, "word " + std::to_string(word)));
    std::size_t facts = 0;
    for (const std::uint32_t fact : s.facts)
      if ((fact & 3U) >= 2 && facts++ < 4) keys.push_back(key(area, "fact " + std::to_string(word_of(fact))));
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

// A deadline is a fact beside its date: two calls may well end on one day, of one kind hardly.
void add_deadlines(std::vector<std::uint32_t>& facts, const std::vector<Deadline>& deadlines) {
  for (const Deadline& deadline : deadlines) {
    const auto day = std::chrono::sys_days(deadline.closes).time_since_epoch().count();
    const std::string what = "deadline " + std::to_string(static_cast<int>(deadline.kind)) + ' ' + std::to_string(day);
    facts.push_back(with_weight(hash32(what), Weight::ordinary));
  }
  std::sort(facts.begin(), facts.end());
}

}  // namespace

StorySignature sign(const Reading& reading, const Tags& tags, const StoryOrigin& origin) {
  const Subject& subject = reading.subject;
  StorySignature s;
  s.language = tags.language;
  s.publisher = subject.publisher;
  for (const Tag& area : tags.areas) s.areas.push_back(area.id);
  std::sort(s.areas.begin(), s.areas.end());
  for (const Tag& topic : tags.topics) s.topics.push_back(hash32(topic.id));
  std::sort(s.topics.begin(), s.topics.end());
  s.source = source_of(subject.publisher, s.areas);
  s.host = own_host(subject.url);
  s.platform_id = origin.platform_id.empty() ? platform_of(subject.url) : origin.platform_id;
  s.canonical_url = origin.canonical_url.empty() ? text::canonical_url(subject.url) : origin.canonical_url;
  s.official = origin.official;
  s.to_the_minute = origin.published && origin.is_dated && tells_minutes(*origin.published);
  s.published = origin.published ? *origin.published : base::Time(std::chrono::sys_days(subject.published));
  s.routine = is_routine(subject.title);
  s.correction = has_any(text::lower(subject.title), corrections);

  s.title_lemmas = story_words(reading.text.words_of(Field::title));
  s.minhash = story_sketch(s.title_lemmas, reading.text.words_of(Field::text));
  StoryFacts facts = story_facts(reading.title_dates, reading.text_dates, subject.published);
  add_deadlines(facts.all, tags.deadlines);
  s.facts = std::move(facts.all);
  s.dates = std::move(facts.dates);
  s.series = std::move(facts.series);
  s.keys = keys_of(s);
  return s;
}

}  // namespace sotevahti::tag
