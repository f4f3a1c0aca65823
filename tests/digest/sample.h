// Stories, taxonomy and material that the tests of this room share.
#pragma once
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "base/zone.h"
#include "config/taxonomy.h"
#include "digest/digest.h"

namespace sotevahti::digest::sample {

using namespace std::chrono_literals;  // NOLINT(google-build-using-namespace)
using std::chrono::year_month_day;

inline year_month_day day(int year, unsigned month, unsigned of_month) {
  return {std::chrono::year(year), std::chrono::month(month), std::chrono::day(of_month)};
}

inline base::Time helsinki(int year, unsigned month, unsigned of_month, int hour = 7, int minute = 0) {
  return base::Zone::helsinki().to_utc({day(year, month, of_month), hour, minute, 0});
}

// Friday, seven in the morning.
inline const base::Time now = helsinki(2026, 2, 20);

inline config::Area area(std::string id, std::string fi, std::string sv) {
  config::Area made;
  made.id = std::move(id);
  made.short_name.fi = std::move(fi);
  made.short_name.sv = sv;
  made.short_name.en = std::move(sv);
  return made;
}

inline config::Topic topic(std::string id, std::string fi, std::string sv, std::string en) {
  config::Topic made;
  made.id = std::move(id);
  made.name.fi = std::move(fi);
  made.name.sv = std::move(sv);
  made.name.en = std::move(en);
  return made;
}

inline config::Taxonomy taxonomy() {
  config::Taxonomy made;
  made.areas = {area("pirkanmaa", "Pirkanmaa", "Birkaland"), area("kanta-hame", "Kanta-Häme", "Egentliga Tavastland"),
                area("kainuu", "Kainuu", "Kajanaland"), area("ahvenanmaa", "Ahvenanmaa", "Åland"),
                area("koko-maa", "Koko maa", "Hela landet")};
  made.topics = {topic("jarjestot", "Järjestöt", "Organisationer", "NGOs"),
                 topic("jarjestoavustukset", "Järjestöavustukset", "Bidrag till organisationer", "Grants to NGOs"),
                 topic("rahoitus", "Rahoitus ja talous", "Finansiering och ekonomi", "Funding and economy")};
  return made;
}

inline Story story(std::int64_t id, std::string title, std::string area_id = "pirkanmaa",
                   std::string topic_id = "jarjestoavustukset") {
  Story made;
  made.id = id;
  made.story = 1000 + id;
  made.title = text::PlainText::from(title);
  made.lead = text::PlainText::from("Ensimmäinen virke kertoo, mistä on kyse.");
  made.url = "https://www.pirha.fi/-/" + std::to_string(id);
  made.page = "https://sote.example.org/entry/" + std::to_string(id);
  made.language = "fi";
  made.publisher = "Pirkanmaan hyvinvointialue";
  made.kind = "news";
  made.official = true;
  made.areas = {std::move(area_id)};
  made.topics = {std::move(topic_id)};
  made.reasons = {{"Pirkanmaa", "Tampereella"}, {"Järjestöavustukset", "järjestöavustus"}};
  made.published = helsinki(2026, 2, 19, 12);
  made.arrived = helsinki(2026, 2, 19, 13);
  return made;
}

inline Deadline deadline(year_month_day closes, tag::DeadlineKind kind = tag::DeadlineKind::grant) {
  Deadline made;
  made.kind = kind;
  made.closes = closes;
  return made;
}

inline Section section(std::int64_t id, std::string name, std::vector<Story> stories) {
  Section made;
  made.subscription = id;
  made.name = std::move(name);
  made.filter = "area:pirkanmaa topic:jarjestoavustukset";
  made.cadence = {Cadence::Kind::daily, 7h, std::chrono::Monday, 1};
  made.from = helsinki(2026, 2, 19);
  made.to = now;
  made.stories = std::move(stories);
  made.unsubscribe_url = "https://sote.example.org/unsubscribe/u" + std::to_string(id);
  return made;
}

inline Material material(std::vector<Section> sections) {
  Material made;
  made.at = now;
  made.organisation = "Järjestöjen sote-verkosto ry";
  made.sections = std::move(sections);
  made.sources.read = made.sources.total = 150;
  made.page_url = "https://sote.example.org/digests/abc";
  made.manage_url = "https://sote.example.org/manage/m1";
  made.home_url = "https://sote.example.org/";
  return made;
}

}  // namespace sotevahti::digest::sample
