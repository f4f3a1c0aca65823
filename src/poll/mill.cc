#include "poll/mill.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <random>
#include <thread>

#include "base/log.h"
#include "poll/intake.h"
#include "poll/outcome.h"

namespace sotevahti::poll {
namespace {

// A transaction is closed when it holds this much, or when nothing more is waiting.
constexpr std::size_t most_feeds_a_transaction = 512;
constexpr std::size_t most_entries_a_transaction = 2000;
// Answers come one by one: what little has come waits for company, a transaction costs more.
constexpr std::size_t company = 64;
constexpr auto patience = std::chrono::milliseconds(25);
constexpr auto patience_while_parsing = std::chrono::milliseconds(400);

double random_chance() {
  thread_local std::mt19937 generator{std::random_device{}()};
  return std::uniform_real_distribution<double>(0, 1)(generator);
}

}  // namespace

class Mill::Impl {
 public:
  Impl(TaxonomySource taxonomy, Options options, std::unique_ptr<archive::Database> database)
      : taxonomy_source_(std::move(taxonomy)), options_(std::move(options)), database_(std::move(database)) {
    if (!options_.chance) options_.chance = random_chance;
    writer_ = std::thread([this] { write_all(); });
  }

  ~Impl() {
    {
      const std::lock_guard lock(mutex_);
      closing_ = true;
    }
    to_parse_ready_.notify_all();
    for (auto& thread : parsers_) thread.join();
    {
      const std::lock_guard lock(mutex_);
      parsed_all_ = true;
    }
    to_write_ready_.notify_all();
    writer_.join();
  }

  void submit(Fetched fetched, std::function<void(Milled)> done) {
    if (fetched.failure || fetched.status == 304) return submit_read(std::move(fetched), std::move(done));
    if (parsers_.empty()) start_parsers();
    bytes_ += fetched.body.size();
    const std::lock_guard lock(mutex_);
    ++pending_;
    to_parse_.push_back({std::move(fetched), std::move(done)});
    to_parse_ready_.notify_one();
  }

  void write(std::function<void(archive::Database&)> work, std::function<void()> done) {
    const std::lock_guard lock(mutex_);
    ++pending_;
    works_.push_back({std::move(work), std::move(done)});
    to_write_ready_.notify_one();
  }

  bool is_full() const { return bytes_ > options_.most_waiting_bytes; }

  void drain() {
    std::unique_lock lock(mutex_);
    hurried_ = true;
    to_write_ready_.notify_one();
    idle_.wait(lock, [this] { return pending_ == 0; });
    hurried_ = false;
  }

 private:
  struct ToParse {
    Fetched fetched;
    std::function<void(Milled)> done;
  };
  struct ToWrite {
    archive::FeedState before;  // with the old validators, for when the outcome can't be stored
    archive::PollOutcome outcome;
    std::function<void(Milled)> done;
    std::size_t bytes = 0;  // of the body, until it is stored
  };
  struct Work {
    std::function<void(archive::Database&)> work;
    std::function<void()> done;
  };

  void start_parsers() {
    taxonomy_ = &taxonomy_source_();
    for (unsigned i = 0; i < std::max(1U, options_.parsers); ++i) parsers_.emplace_back([this] { parse_all(); });
  }

  // Nothing to parse: no other thread need wake for it.
  void submit_read(Fetched fetched, std::function<void(Milled)> done) {
    ToWrite job;
    job.before = fetched.state;
    job.done = std::move(done);
    auto failure = std::move(fetched.failure);
    job.outcome = failure ? failed_outcome(std::move(fetched), std::move(*failure), options_.chance())
                          : unchanged_outcome(std::move(fetched), options_.chance());
    const std::lock_guard lock(mutex_);
    ++pending_;
    add_to_write(std::move(job));
  }

  // The writer is woken for the first, who then waits for company, and when that is there.
  void add_to_write(ToWrite job) {
    to_write_.push_back(std::move(job));
    if (to_write_.size() == 1 || to_write_.size() == company) to_write_ready_.notify_one();
  }

  void parse_all() {
    Intake intake(*taxonomy_, {options_.archive, options_.lexicon_cache_bytes / 4 * 3 / std::max(1U, options_.parsers),
                               options_.most_told, options_.chance});
    while (auto job = next_to_parse()) {
      ToWrite parsed;
      parsed.bytes = job->fetched.body.size();
      parsed.before = job->fetched.state;
      parsed.outcome = take_in(intake, std::move(job->fetched));
      parsed.done = std::move(job->done);
      const std::lock_guard lock(mutex_);
      add_to_write(std::move(parsed));
    }
  }

  std::optional<ToParse> next_to_parse() {
    std::unique_lock lock(mutex_);
    to_parse_ready_.wait(lock, [this] { return !to_parse_.empty() || closing_; });
    if (to_parse_.empty()) return std::nullopt;
    ToParse job = std::move(to_parse_.front());
    to_parse_.pop_front();
    if (to_parse_.empty()) to_write_ready_.notify_one();
    return job;
  }

  // Whatever goes wrong with one feed stays with that feed.
  static archive::PollOutcome take_in(Intake& intake, Fetched fetched) {
    archive::FeedState before = fetched.state;
    const base::Time at = fetched.at;
    try {
      return intake.take_in(std::move(fetched));
    } catch (const std::exception& e) {
      base::log_error("feed {}: its answer could not be taken in: {}", before.feed_id, e.what());
      return not_taken_in(std::move(before), at, e.what());
    }
  }

  static archive::PollOutcome not_taken_in(archive::FeedState before, base::Time at, const char* why) {
    archive::PollOutcome outcome;
    outcome.at = at;
    outcome.state = std::move(before);
    outcome.state.failure = archive::PollFailure{"not-stored", why};
    ++outcome.state.failures;
    if (!outcome.state.failing_since) outcome.state.failing_since = at;
    outcome.state.next_poll = next_attempt(at, "not-stored", outcome.state.failures, std::nullopt, 0.5);
    return outcome;
  }

  void write_all() {
    for (;;) {
      std::vector<ToWrite> batch;
      std::vector<Work> works;
      {
        std::unique_lock lock(mutex_);
        to_write_ready_.wait(lock, [this] { return !to_write_.empty() || !works_.empty() || parsed_all_; });
        if (to_write_.empty() && works_.empty()) return;
        to_write_ready_.wait_for(lock, patience, [this] { return is_time_to_write(); });
        to_write_ready_.wait_for(lock, patience_while_parsing,
                                 [this] { return to_parse_.empty() || is_time_to_write(); });
        works.swap(works_);
        std::size_t entries = 0;
        while (!to_write_.empty() && batch.size() < most_feeds_a_transaction && entries < most_entries_a_transaction) {
          entries += to_write_.front().outcome.entries.size();
          batch.push_back(std::move(to_write_.front()));
          to_write_.pop_front();
        }
      }
      if (!works.empty()) write(works);
      if (!batch.empty()) write(batch);
      const std::lock_guard lock(mutex_);
      pending_ -= batch.size() + works.size();
      if (pending_ == 0) idle_.notify_all();
    }
  }

  // Nothing else is on its way, or somebody waits.
  bool is_time_to_write() const { return !works_.empty() || to_write_.size() >= company || hurried_ || parsed_all_; }

  void write(std::vector<Work>& works) {
    try {
      database_->transaction([&] {
        for (auto& work : works) work.work(*database_);
      });
    } catch (const std::exception& e) {
      base::log_error("the archive could not be written: {}", e.what());
    }
    store_.others_wrote();
    for (auto& work : works)
      if (work.done) work.done();
  }

  void write(std::vector<ToWrite>& batch) {
    std::vector<archive::PollOutcome> outcomes;
    outcomes.reserve(batch.size());
    for (auto& job : batch) {
      outcomes.push_back(std::move(job.outcome));
      bytes_ -= std::exchange(job.bytes, 0);
    }
    std::vector<archive::StoreReport> reports;
    try {
      reports = store_.store_polls(outcomes);
    } catch (const std::exception& e) {
      if (batch.size() > 1) return write_one_by_one(batch, outcomes);
      base::log_error("feed {}: its poll could not be stored: {}", outcomes[0].state.feed_id, e.what());
      Milled unwritten = milled(not_taken_in(std::move(batch[0].before), outcomes[0].at, e.what()), {});
      unwritten.is_unwritten = true;
      return batch[0].done(std::move(unwritten));
    }
    for (std::size_t i = 0; i < batch.size(); ++i) {
      outcomes[i].state = archive::state_after(outcomes[i], reports[i]);
      batch[i].done(milled(std::move(outcomes[i]), reports[i]));
    }
  }

  // One feed that can't be stored must not hold the others back.
  void write_one_by_one(std::vector<ToWrite>& batch, std::vector<archive::PollOutcome>& outcomes) {
    for (std::size_t i = 0; i < batch.size(); ++i) {
      std::vector<ToWrite> one;
      one.push_back({std::move(batch[i].before), std::move(outcomes[i]), std::move(batch[i].done)});
      write(one);
    }
  }

  static Milled milled(archive::PollOutcome outcome, const archive::StoreReport& report) {
    Milled result;
    result.feed_id = outcome.state.feed_id;
    result.kind = outcome.kind;
    result.state = std::move(outcome.state);
    result.report = report;
    result.irrelevant = outcome.irrelevant;
    return result;
  }

  TaxonomySource taxonomy_source_;
  const config::Taxonomy* taxonomy_ = nullptr;  // from the first parser's start on
  Options options_;
  std::unique_ptr<archive::Database> database_;
  archive::FeedStore store_{*database_};
  std::atomic<std::size_t> bytes_{0};
  std::mutex mutex_;
  std::condition_variable to_parse_ready_, to_write_ready_, idle_;
  std::deque<ToParse> to_parse_;
  std::deque<ToWrite> to_write_;
  std::vector<Work> works_;
  std::size_t pending_ = 0;
  bool hurried_ = false;
  bool closing_ = false;
  bool parsed_all_ = false;
  std::vector<std::thread> parsers_;
  std::thread writer_;
};

base::Result<std::unique_ptr<Mill>> Mill::start(TaxonomySource taxonomy, Options options) {
  archive::OpenOptions open;
  open.lexicon_cache_bytes = options.lexicon_cache_bytes / 4;  // the rest is for those who tag
  auto database = archive::Database::open(options.archive, open);
  if (!database) return tl::unexpected(database.error());
  auto impl = std::make_unique<Impl>(std::move(taxonomy), std::move(options), std::move(*database));
  return std::unique_ptr<Mill>(new Mill(std::move(impl)));
}

Mill::Mill(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Mill::~Mill() = default;

void Mill::submit(Fetched fetched, std::function<void(Milled)> done) {
  impl_->submit(std::move(fetched), std::move(done));
}
void Mill::write_next_polls(std::vector<std::pair<std::string, base::Time>> due, std::function<void()> done) {
  impl_->write(
      [due = std::move(due)](archive::Database& database) { archive::FeedStore(database).write_next_polls(due); },
      std::move(done));
}
void Mill::write(std::function<void(archive::Database&)> work, std::function<void()> done) {
  impl_->write(std::move(work), std::move(done));
}
bool Mill::is_full() const { return impl_->is_full(); }
void Mill::drain() { impl_->drain(); }

}  // namespace sotevahti::poll
