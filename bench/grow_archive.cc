// Grows an archive to so many entries, as polls of many years would have, from the first entry on or
// from where it ended: grow_archive FILE FEEDS.D ENTRIES [TEXTS.tsv]
// The archive begins 2016-11-22 and gets 274 entries a day. Prints one JSON line: what storing cost
// (CPU of this thread, without the making of the entries), to join the index's parts, and to look for the stories
// of entries that were not stored. TEXTS gets id, day, language, areas, topics, title and text of what is new, for
// other search engines.
#include <fmt/format.h>
#include <sys/resource.h>

#include <cstdio>
#include <ctime>
#include <fstream>
#include <map>

#include "archive/database.h"
#include "archive/entry_id.h"
#include "archive/index_parts.h"
#include "archive/query.h"
#include "archive/story_store.h"
#include "archive/tag_store.h"
#include "grown_corpus.h"

namespace sotevahti::bench {
namespace {

constexpr base::Time corpus_start = base::Time(std::chrono::sys_days(std::chrono::year(2016) / 11 / 22));
constexpr std::uint64_t entries_a_round = 1000;

template <class T>
T must(base::Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return std::move(*result);
}

double cpu_seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

std::string ids(const std::vector<tag::Tag>& tags) {
  std::string out;
  for (const auto& tag : tags) out += (out.empty() ? "" : " ") + tag.id;
  return out;
}

class Growth {
 public:
  Growth(const char* file, const char* feeds, const char* texts)
      : database_(must(archive::Database::open(file))),
        catalogue_(must(config::load_catalogue(feeds, taxonomy().area_ids()))),
        corpus_(catalogue_, corpus_start),
        store_(*database_) {
    if (texts != nullptr) texts_.open(texts, std::ios::app);
    archive::use_names(*database_, taxonomy());
    archive::TagStore(*database_).use_rules(tag::tagger_version(taxonomy()));
    store_.write_catalogue(catalogue_);
    stored_ =
        static_cast<std::uint64_t>(archive::first_integer(*database_, "SELECT count(*) FROM entries").value_or(0));
  }

  void to(std::uint64_t entries) {
    const std::uint64_t first = stored_;
    while (stored_ < entries) round(std::min(entries, stored_ + entries_a_round));
    const auto bytes = std::filesystem::file_size(database_->file());
    const auto added = static_cast<double>(std::max<std::uint64_t>(1, stored_ - first));
    const double joining = join_parts();
    fmt::print(
        "{{\"entries\":{},\"added\":{},\"store_us\":{:.1f},\"join_s\":{:.2f},\"story_us\":{:.1f},\"bytes\":{},"
        "\"text_bytes\":{}}}\n",
        stored_, stored_ - first, storing_ / added * 1e6, joining, story_us(), bytes, text_bytes_);
  }

 private:
  // As the service does when much has come.
  double join_parts() {
    const double before = cpu_seconds();
    for (bool more = true; more;) database_->transaction([&] { more = archive::join_index_parts(*database_); });
    return cpu_seconds() - before;
  }

  // Of the next entries, for one: to look for its story and to join it. All of it is taken back.
  double story_us() {
    constexpr std::uint64_t asked = 2000;
    struct TakenBack {};
    double spent = 0;
    try {
      database_->transaction([&] {
        archive::StoryStore stories(*database_);
        for (std::uint64_t number = stored_; number < stored_ + asked; ++number) {
          const archive::IncomingEntry entry = corpus_.make(number);
          const auto id = archive::last_of_day(archive::day_of(*entry.item.published)) -
                          static_cast<archive::EntryId>(number - stored_);
          archive::run(
              *database_,
              "INSERT INTO entries SELECT ?1, feed, ?1, arrived, published, event_at, official, quiet, revised, "
              "content_hash, lang, title, url, publisher, board, areas, topics FROM entries "
              "WHERE id = (SELECT min(id) FROM entries)",
              id);
          const double before = cpu_seconds();
          stories.join(id, entry.signature, *entry.item.published);
          spent += cpu_seconds() - before;
        }
        throw TakenBack();
      });
    } catch (const TakenBack&) {}
    return spent / static_cast<double>(asked) * 1e6;
  }

  void round(std::uint64_t end) {
    std::map<std::string, archive::PollOutcome> by_feed;
    for (std::uint64_t number = stored_; number < end; ++number) {
      archive::PollOutcome& outcome = by_feed[corpus_.feed_of(number).id];
      outcome.entries.push_back(corpus_.make(number));
      const auto& entry = outcome.entries.back();
      text_bytes_ += entry.item.text.view().size();
      if (texts_.is_open()) write(number, entry);
    }
    std::vector<archive::PollOutcome> outcomes;
    for (auto& [id, outcome] : by_feed) {
      outcome.kind = archive::PollOutcome::Kind::updated;
      outcome.state.feed_id = id;
      outcome.state.first_poll_done = true;
      outcome.at = corpus_.published(end);
      outcomes.push_back(std::move(outcome));
    }
    const double before = cpu_seconds();
    std::size_t added = 0;
    for (const auto& report : store_.store_polls(outcomes)) added += report.new_entries;
    storing_ += cpu_seconds() - before;
    if (added != end - stored_) throw std::runtime_error("an entry was not taken");
    stored_ = end;
  }

  void write(std::uint64_t number, const archive::IncomingEntry& entry) {
    texts_ << number << '\t' << base::to_iso_date(std::chrono::floor<std::chrono::days>(*entry.item.published)) << '\t'
           << entry.tags.language << '\t' << ids(entry.tags.areas) << '\t' << ids(entry.tags.topics) << '\t'
           << entry.item.title.view() << '\t' << entry.item.text.view() << '\n';
  }

  std::unique_ptr<archive::Database> database_;
  config::Catalogue catalogue_;
  GrownCorpus corpus_;
  archive::FeedStore store_;
  std::ofstream texts_;
  std::uint64_t stored_ = 0, text_bytes_ = 0;
  double storing_ = 0;
};

}  // namespace
}  // namespace sotevahti::bench

int main(int argc, char** argv) {
  if (argc < 4) {
    fmt::print(stderr, "grow_archive FILE FEEDS.D ENTRIES [TEXTS.tsv]\n");
    return 2;
  }
  try {
    sotevahti::bench::Growth(argv[1], argv[2], argc > 4 ? argv[4] : nullptr).to(std::stoull(argv[3]));
  } catch (const std::exception& problem) {
    fmt::print(stderr, "grow_archive: {}\n", problem.what());
    return 1;
  }
}
