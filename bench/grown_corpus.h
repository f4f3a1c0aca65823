// Entries as an archive of many years has them, on the words of archive_corpus.h: feeds that bring
// much and little, places in the texts, names and numbers that come once, stories told by several,
// areas and topics as unequal as they are. The same entry for the same number, always.
#pragma once
#include <algorithm>
#include <string>
#include <vector>

#include "archive_corpus.h"
#include "config/catalogue.h"

namespace sotevahti::bench {

class GrownCorpus {
 public:
  static constexpr std::int64_t entries_a_day = 274;  // a million in ten years

  GrownCorpus(const config::Catalogue& catalogue, base::Time start) : catalogue_(catalogue), start_(start) {
    for (const auto& each : taxonomy().municipalities) places_.push_back(each.name_fi);
    for (const auto& each : taxonomy().areas) areas_.push_back(each.id);
    for (const auto& each : taxonomy().topics) topics_.push_back(each.id);
    Random random(29);
    for (int i = 0; i < 30000; ++i) surnames_.push_back(surname(random));
  }

  base::Time published(std::uint64_t number) const {
    return start_ + base::Seconds(static_cast<std::int64_t>(number) * 86400 / entries_a_day);
  }

  // A few feeds bring most.
  const config::Feed& feed_of(std::uint64_t number) const {
    Random random(number * 31 + 5);
    const double part = random.unit() * random.unit();
    return catalogue_.feeds()[static_cast<std::size_t>(part * static_cast<double>(catalogue_.feeds().size()))];
  }

  archive::IncomingEntry make(std::uint64_t number) const {
    const config::Feed& feed = feed_of(number);
    Random random(number * 7919 + 1);
    // One in ten tells what another told within a day.
    const bool retells = number > 200 && random.unit() < 0.1;
    const std::uint64_t story = retells ? number - 1 - random.below(200) : number;
    archive::IncomingEntry incoming;
    feed::Item& item = incoming.item;
    item.url = feed.url + "/" + std::to_string(number);
    item.key = item.url;
    item.canonical_url = item.url.substr(item.url.find("//") + 2);
    item.published = published(number);
    item.facts = {std::to_string(number % 97)};
    write(story, incoming);
    if (retells) add_own_words(number, incoming);  // else the same feed's next retelling would be the same item
    item.content_hash = base::hash64(item.text.view());
    tag(feed, story, incoming);
    prepare(feed, incoming);
    return incoming;
  }

  const std::vector<std::string>& places() const { return places_; }
  const std::vector<std::string>& surnames() const { return surnames_; }

 private:
  static std::string surname(Random& random) {
    constexpr std::array<std::string_view, 18> begins = {"Aalto", "Hako",  "Hieta", "Kivi",  "Korpi", "Koski",
                                                         "Kuusi", "Lahti", "Lampi", "Lehto", "Mäki",  "Niemi",
                                                         "Ranta", "Salmi", "Suo",   "Tuuli", "Vesi",  "Virta"};
    constexpr std::array<std::string_view, 9> middles = {"",      "vaara", "joki",   "saari", "harju",
                                                         "pelto", "luoma", "kangas", "mettä"};
    constexpr std::array<std::string_view, 6> ends = {"nen", "la", "lä", "o", "ri", "sto"};
    constexpr std::array<std::string_view, 8> tails = {"", "", "", "-Aro", "-Ek", "-Holm", "-Lind", "-Oja"};
    return std::string(begins[random.below(begins.size())]) + std::string(middles[random.below(middles.size())]) +
           std::string(ends[random.below(ends.size())]) + std::string(tails[random.below(tails.size())]) +
           (random.unit() < 0.5 ? "" : std::string(1, static_cast<char>('a' + random.below(26))));
  }

  // The first ones often, the last ones seldom.
  template <class Names>
  static const std::string& pick(const Names& names, Random& random) {
    const auto n = static_cast<double>(names.size());
    const auto at = static_cast<std::size_t>(3.0 * (std::pow((n + 3.0) / 3.0, random.unit()) - 1.0));
    return names[std::min(at, names.size() - 1)];
  }

  std::string running_text(const Vocabulary& vocabulary, std::size_t words, Random& random) const {
    std::string text;
    for (std::size_t i = 0; i < words; ++i) {
      if (i > 0) text += i % 11 == 0 ? ". " : " ";
      const double which = random.unit();
      if (which < 0.02) text += pick(places_, random);
      else if (which < 0.03) text += surnames_[random.below(surnames_.size())];
      else if (which < 0.04)
        text += std::to_string(random.below(20000)) + "/" + std::to_string(2016 + random.below(11));
      else text += vocabulary.word(random);
    }
    return text;
  }

  void write(std::uint64_t story, archive::IncomingEntry& incoming) const {
    Random random(story * 104729 + 3);
    const bool is_swedish = random.unit() < 0.15;
    const Vocabulary& vocabulary = is_swedish ? swedish() : finnish();
    incoming.tags.language = is_swedish ? "sv" : "fi";
    std::string title = running_text(vocabulary, 5 + random.below(5), random);
    std::string text = running_text(vocabulary, 60 + random.below(180), random);
    incoming.item.title = text::PlainText::from(std::move(title));
    set_text(std::move(text), incoming.item);
  }

  void add_own_words(std::uint64_t number, archive::IncomingEntry& incoming) const {
    Random random(number * 7907 + 11);
    const Vocabulary& vocabulary = incoming.tags.language == "sv" ? swedish() : finnish();
    set_text(incoming.item.text.str() + " " + running_text(vocabulary, 12, random), incoming.item);
  }

  static void set_text(std::string text, feed::Item& item) {
    item.html = text::SafeHtml::trusted("<p>" + text + "</p>\n<p><a href=\"" + item.url + "\">" + item.title.str() +
                                        "</a></p>");
    item.text = text::PlainText::from(std::move(text));
  }

  void tag(const config::Feed& feed, std::uint64_t story, archive::IncomingEntry& incoming) const {
    Random random(story * 15485863 + 7);
    const std::string_view text = incoming.item.text.view();
    const auto made = [&](const std::string& id) {
      const auto end = static_cast<std::uint32_t>(text.find(' ', 12));
      return tag::Tag{id, 1.2, {{tag::Field::text, 0, end, std::string(text.substr(0, end)), "strong: palvelu"}}};
    };
    const auto add = [&](std::vector<tag::Tag>& to, const std::string& id) {
      if (std::none_of(to.begin(), to.end(), [&](const tag::Tag& each) { return each.id == id; }))
        to.push_back(made(id));
    };
    for (const auto& area : feed.areas) add(incoming.tags.areas, area);
    if (feed.areas.empty() && random.unit() < 0.7) add(incoming.tags.areas, pick(areas_, random));
    if (random.unit() < 0.1) add(incoming.tags.areas, pick(areas_, random));
    if (random.unit() < 0.75) add(incoming.tags.topics, pick(topics_, random));
    if (random.unit() < 0.3) add(incoming.tags.topics, pick(topics_, random));
    if (random.unit() < 0.04) incoming.tags.deadlines.push_back(deadline(incoming, random));
  }

  static tag::Deadline deadline(const archive::IncomingEntry& incoming, Random& random) {
    constexpr std::array kinds = {tag::DeadlineKind::grant, tag::DeadlineKind::consultation,
                                  tag::DeadlineKind::registration, tag::DeadlineKind::application};
    tag::Deadline found;
    found.kind = kinds[random.below(kinds.size())];
    found.closes = std::chrono::floor<std::chrono::days>(*incoming.item.published) +
                   std::chrono::days(3 + static_cast<int>(random.below(50)));
    found.quote = incoming.item.text.str().substr(0, incoming.item.text.view().find('.'));
    found.confidence = 0.9;
    found.evidence = {tag::Field::text, 0, static_cast<std::uint32_t>(found.quote.size()), found.quote, "viimeistään"};
    return found;
  }

  static void prepare(const config::Feed& feed, archive::IncomingEntry& incoming) {
    static const archive::WordPreparer preparer(taxonomy());
    const feed::Item& item = incoming.item;
    const tag::Subject subject{item.title.view(),
                               item.text.view(),
                               item.url,
                               feed.publisher,
                               std::chrono::floor<std::chrono::days>(*item.published),
                               "",
                               {},
                               false};
    const tag::Reading reading = tagger().read(subject, incoming.tags.language);
    incoming.signature = tag::sign(reading, incoming.tags, {"", item.canonical_url, item.published, true});
    preparer.prepare(incoming, reading);
  }

  const config::Catalogue& catalogue_;
  base::Time start_;
  std::vector<std::string> places_, areas_, topics_, surnames_;
};

}  // namespace sotevahti::bench
