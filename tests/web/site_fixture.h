// A site over a small archive of known entries, at noon of 20 February 2026.
#pragma once
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "archive/database.h"
#include "archive/feed_store.h"
#include "archive/search.h"
#include "base/hash.h"
#include "base/zone.h"
#include "raw_client.h"
#include "support/temp_folder.h"
#include "text/html.h"
#include "web/server.h"

namespace sotevahti::web::test {

using namespace std::chrono_literals;

inline base::Time helsinki(int year, unsigned month, unsigned day, int hour = 12, int minute = 0) {
  return base::Zone::helsinki().to_utc(
      {std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day), hour, minute, 0});
}

// An entry as the mill would bring it, with evidence at the words that it names.
class Sample {
 public:
  Sample(const std::string& key, const std::string& title, const std::string& html, base::Time published,
         const std::string& language = "fi") {
    auto& item = incoming_.item;
    item.key = key;
    item.url = "https://example.fi/" + key;
    item.canonical_url = "example.fi/" + key;
    item.title = text::PlainText::from(title);
    item.html = text::sanitize(html);
    item.text = text::to_plain_text(item.html);
    item.published = published;
    item.content_hash = base::hash64(title + '\n' + html);
    incoming_.tags.language = language;
    incoming_.signature.publisher = "Esimerkki";
    incoming_.signature.language = language;
    incoming_.signature.published = published;
  }
  Sample& area(const std::string& id, const std::string& words = {}) {
    incoming_.tags.areas.push_back({id, 1.5, evidence(words)});
    return *this;
  }
  Sample& topic(const std::string& id, const std::string& words = {}) {
    incoming_.tags.topics.push_back({id, 1.5, evidence(words)});
    return *this;
  }
  Sample& closes(tag::DeadlineKind kind, std::chrono::year_month_day day, const std::string& quote = {}) {
    tag::Deadline deadline;
    deadline.kind = kind;
    deadline.closes = day;
    deadline.quote = quote;
    deadline.confidence = 0.9;
    if (const auto found = evidence(quote); !found.empty()) deadline.evidence = found.front();
    incoming_.tags.deadlines.push_back(deadline);
    return *this;
  }
  // As a platform's own field says it.
  Sample& declares(tag::DeadlineKind kind, std::chrono::year_month_day day, const std::string& field) {
    closes(kind, day, field);
    incoming_.tags.deadlines.back().evidence.field = tag::Field::feed;
    return *this;
  }
  Sample& facts(std::vector<std::string> all) {
    incoming_.item.facts = std::move(all);
    return *this;
  }
  Sample& board(const std::string& name, base::Time met) {
    incoming_.item.board = name;
    incoming_.item.event_at = met;
    return *this;
  }
  // Entries of one number are one story.
  Sample& release(const std::string& number, const std::string& publisher) {
    incoming_.item.platform_id = incoming_.signature.platform_id = number;
    incoming_.item.publisher = incoming_.signature.publisher = publisher;
    incoming_.signature.keys = {base::hash64(number)};
    return *this;
  }
  const archive::IncomingEntry& incoming() const { return incoming_; }

 private:
  std::vector<tag::Evidence> evidence(const std::string& words) const {
    if (words.empty()) return {};
    for (const auto field : {tag::Field::title, tag::Field::text}) {
      const auto& in = field == tag::Field::title ? incoming_.item.title.str() : incoming_.item.text.str();
      if (const auto at = in.find(words); at != in.npos)
        return {{field, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + words.size()), words, "rule"}};
    }
    return {};
  }
  archive::IncomingEntry incoming_;
};

class SiteTest : public testing::Test {
 protected:
  SiteTest() {
    add_feed("pirha-uutiset", "Pirkanmaan hyvinvointialue", "pirkanmaa", "fi", "news");
    add_feed("varha-nyheter", "Egentliga Finlands välfärdsområde", "varsinais-suomi", "sv", "news");
    add_feed("stm-tiedotteet", "Sosiaali- ja terveysministeriö", "koko-maa", "fi", "press");
    add_feed("lapha-paatokset", "Lapin hyvinvointialue", "lappi", "fi", "decisions");
    archive::OpenOptions options;
    options.lexicon_cache_bytes = std::size_t{4} << 20;
    auto opened = archive::Database::open(folder_ / "archive.db", options);
    if (!opened) throw std::runtime_error(opened.error().message);
    database_ = std::move(*opened);
    auto taxonomy = config::load_taxonomy({});
    if (!taxonomy) throw std::runtime_error(taxonomy.error().message);
    data_.taxonomy = std::move(*taxonomy);
    data_.catalogue = config::Catalogue(feeds_);
    data_.settings.archive.path = folder_ / "archive.db";
    data_.settings.web.listen = "127.0.0.1:0";
    data_.settings.web.public_url = "https://sote.example.org";
    archive::FeedStore(*database_).write_catalogue(data_.catalogue);
    for (const auto& feed : feeds_) store(feed.id, helsinki(2025, 1, 1), {});
  }

  void store(const std::string& feed, base::Time at, const std::vector<Sample>& samples) {
    archive::PollOutcome outcome;
    outcome.kind = archive::PollOutcome::Kind::updated;
    outcome.state.feed_id = feed;
    outcome.state.url = outcome.state.catalogue_url = "https://example.fi/" + feed;
    outcome.state.first_poll_done = true;
    outcome.state.last_poll = outcome.state.last_success = at;
    if (!samples.empty()) outcome.state.last_new_entry = at;
    outcome.at = at;
    for (const auto& sample : samples) outcome.entries.push_back(sample.incoming());
    archive::FeedStore(*database_).store_polls(std::vector{outcome});
  }

  void break_feed(const std::string& feed, const std::string& cause, const std::string& detail) {
    archive::PollOutcome outcome;
    outcome.state = *archive::FeedStore(*database_).state(feed);
    outcome.state.failure = archive::PollFailure{cause, detail};
    outcome.state.failures = 3;
    outcome.state.failing_since = helsinki(2026, 2, 17);
    outcome.at = clock_.now();
    archive::FeedStore(*database_).store_polls(std::vector{outcome});
  }

  // A week of news, as the pages' tests know it.
  void store_a_week() {
    store("pirha-uutiset", helsinki(2026, 2, 20, 9, 15),
          {Sample("avustukset", "Järjestöavustusten haku Pirkanmaalla",
                  "<p>Haku on avoinna <b>27.2.2026</b> asti. Jaossa 100 000 euroa järjestöille.</p>"
                  "<ul><li>Hakuohje</li><li>Lomake</li></ul><p><a href=\"https://example.fi/haku\">Hae</a></p>",
                  helsinki(2026, 2, 20, 9))
               .area("pirkanmaa", "Pirkanmaalla")
               .topic("jarjestoavustukset", "Järjestöavustusten")
               .closes(tag::DeadlineKind::grant, day(2026, 2, 27), "27.2.2026")
               .facts({"date 2026-02-27", "sum 100000 eur"}),
           Sample("verkko", "Palveluverkko <uudistuu> & muuttuu", "<p>Terveysasemat Tampereella.</p>",
                  helsinki(2026, 2, 18))
               .area("pirkanmaa", "Tampereella")
               .topic("palveluverkko", "Palveluverkko")});
    store("varha-nyheter", helsinki(2026, 2, 19),
          {Sample("bidrag", "Bidrag till organisationer", "<p>Ansökan är öppen.</p>", helsinki(2026, 2, 19), "sv")
               .area("varsinais-suomi")
               .topic("jarjestoavustukset", "Bidrag")});
    store("stm-tiedotteet", helsinki(2026, 2, 17),
          {Sample("laki", "Laki muuttuu", "<p>Lausuntoaika.</p>", helsinki(2026, 2, 17))
               .area("koko-maa")
               .topic("lainsaadanto", "Laki")
               .closes(tag::DeadlineKind::consultation, day(2026, 3, 20))});
  }

  void serve() {
    Server::Options options;
    options.listen = "127.0.0.1:0";
    options.callbacks = callbacks_;
    auto server = Server::start(std::make_shared<const SiteData>(data_), clock_, options);
    if (!server) throw std::runtime_error(server.error().message);
    server_ = std::move(*server);
    port_ = port_of(server_->address());
  }

  RawResponse get(std::string_view target, std::string_view more_headers = "Accept-Language: fi\r\n") {
    if (!server_) serve();
    return test::get(port_, target, more_headers);
  }
  RawResponse ask(std::string_view request) {
    if (!server_) serve();
    return test::ask(port_, request);
  }

  // The entry that stands under this address.
  archive::EntryId id_of(const std::string& key) {
    archive::Search search(*database_, data_.taxonomy, clock_.now());
    const auto every = archive::parse_filter("story:all");
    archive::Page page;
    page.limit = 100;
    for (const auto& entry : search.find(*every, page).entries)
      if (entry.url == "https://example.fi/" + key) return entry.id;
    throw std::runtime_error("no entry " + key);
  }

  static std::chrono::year_month_day day(int year, unsigned month, unsigned of_month) {
    return std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(of_month);
  }

  void add_feed(const std::string& id, const std::string& publisher, const std::string& area,
                const std::string& language, const std::string& kind) {
    config::Feed feed;
    feed.id = id;
    feed.title = publisher + ": " + kind;
    feed.publisher = publisher;
    feed.url = "https://example.fi/" + id;
    feed.areas = {area};
    feed.lang = language;
    feed.kind = kind;
    feeds_.push_back(std::move(feed));
  }

  test_support::TempFolder folder_;
  base::ManualClock clock_{helsinki(2026, 2, 20)};
  std::vector<config::Feed> feeds_;
  std::unique_ptr<archive::Database> database_;
  SiteData data_;
  Callbacks callbacks_;
  std::unique_ptr<Server> server_;
  std::uint16_t port_ = 0;
};

}  // namespace sotevahti::web::test
