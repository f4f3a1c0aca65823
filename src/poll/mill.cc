#include "poll/mill.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <random>
#include <thread>

#include "base/log.h"
#include "poll/intake.h"

namespace sotevahti::poll {
namespace {

// A transaction is closed when it holds this much, or when nothing more is waiting.
constexpr std::size_t most_feeds_a_transaction = 128;
constexpr std::size_t most_entries_a_transaction = 2000;

double random_chance() {
  thread_local std::mt19937 generator{std::random_device{}()};
  return std::uniform_real_distribution<double>(0, 1)(generator);
}

}  // namespace

class Mill::Impl {
 public:
  Impl(const config::Taxonomy& taxonomy, Options options, std::unique_ptr<archive::Database> database)
      : taxonomy_(taxonomy), options_(std::move(options)), database_(std::move(database)) {
    if (!options_.chance) options_.chance = random_chance;
    for (unsigned i = 0; i < std::max(1U, options_.parsers); ++i) parsers_.emplace_back([this] { parse_all(); });
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
    bytes_ += fetched.body.size();
    const std::lock_guard lock(mutex_);
    ++pending_;
    to_parse_.push_back({std::move(fetched), std::move(done)});
    to_parse_ready_.notify_one();
  }

  void write_next_polls(std::vector<std::pair<std::string, base::Time>> due, std::function<void()> done) {
    const std::lock_guard lock(mutex_);
    ++pending_;
    next_polls_.push_back({std::move(due), std::move(done)});
    to_write_ready_.notify_one();
  }

  bool is_full() const { return bytes_ > options_.most_waiting_bytes; }

  void drain() {
    std::unique_lock lock(mutex_);
    idle_.wait(lock, [this] { return pending_ == 0; });
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
  };
  struct NextPolls {
    std::vector<std::pair<std::string, base::Time>> due;
    std::function<void()> done;
  };

  void parse_all() {
    Intake intake(taxonomy_, {options_.archive, options_.bounds,
                              options_.lexicon_cache_bytes / std::max(1U, options_.parsers), options_.chance});
    while (auto job = next_to_parse()) {
      const std::size_t bytes = job->fetched.body.size();
      ToWrite parsed;
      parsed.before = job->fetched.state;
      parsed.outcome = take_in(intake, std::move(job->fetched));
      parsed.done = std::move(job->done);
      bytes_ -= bytes;
      const std::lock_guard lock(mutex_);
      to_write_.push_back(std::move(parsed));
      to_write_ready_.notify_one();
    }
  }

  std::optional<ToParse> next_to_parse() {
    std::unique_lock lock(mutex_);
    to_parse_ready_.wait(lock, [this] { return !to_parse_.empty() || closing_; });
    if (to_parse_.empty()) return std::nullopt;
    ToParse job = std::move(to_parse_.front());
    to_parse_.pop_front();
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
      std::vector<NextPolls> next_polls;
      {
        std::unique_lock lock(mutex_);
        to_write_ready_.wait(lock, [this] { return !to_write_.empty() || !next_polls_.empty() || parsed_all_; });
        if (to_write_.empty() && next_polls_.empty()) return;
        next_polls.swap(next_polls_);
        std::size_t entries = 0;
        while (!to_write_.empty() && batch.size() < most_feeds_a_transaction && entries < most_entries_a_transaction) {
          entries += to_write_.front().outcome.entries.size();
          batch.push_back(std::move(to_write_.front()));
          to_write_.pop_front();
        }
      }
      for (auto& due : next_polls) write(due);
      if (!batch.empty()) write(batch);
      const std::lock_guard lock(mutex_);
      pending_ -= batch.size() + next_polls.size();
      if (pending_ == 0) idle_.notify_all();
    }
  }

  void write(NextPolls& due) {
    try {
      archive::FeedStore(*database_).write_next_polls(due.due);
    } catch (const std::exception& e) {
      base::log_error("the times of the next polls could not be stored: {}", e.what());
    }
    if (due.done) due.done();
  }

  void write(std::vector<ToWrite>& batch) {
    std::vector<archive::PollOutcome> outcomes;
    outcomes.reserve(batch.size());
    for (auto& job : batch) outcomes.push_back(std::move(job.outcome));
    std::vector<archive::StoreReport> reports;
    try {
      reports = archive::FeedStore(*database_).store_polls(outcomes);
    } catch (const std::exception& e) {
      if (batch.size() > 1) return write_one_by_one(batch, outcomes);
      base::log_error("feed {}: its poll could not be stored: {}", outcomes[0].state.feed_id, e.what());
      return batch[0].done(milled(not_taken_in(std::move(batch[0].before), outcomes[0].at, e.what()), {}));
    }
    for (std::size_t i = 0; i < batch.size(); ++i) batch[i].done(milled(std::move(outcomes[i]), reports[i]));
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

  const config::Taxonomy& taxonomy_;
  Options options_;
  std::unique_ptr<archive::Database> database_;
  std::atomic<std::size_t> bytes_{0};
  std::mutex mutex_;
  std::condition_variable to_parse_ready_, to_write_ready_, idle_;
  std::deque<ToParse> to_parse_;
  std::deque<ToWrite> to_write_;
  std::vector<NextPolls> next_polls_;
  std::size_t pending_ = 0;
  bool closing_ = false;
  bool parsed_all_ = false;
  std::vector<std::thread> parsers_;
  std::thread writer_;
};

base::Result<std::unique_ptr<Mill>> Mill::start(const config::Taxonomy& taxonomy, Options options) {
  archive::OpenOptions open;
  open.lexicon_cache_bytes = options.lexicon_cache_bytes / 2;
  auto database = archive::Database::open(options.archive, open);
  if (!database) return tl::unexpected(database.error());
  auto impl = std::make_unique<Impl>(taxonomy, std::move(options), std::move(*database));
  return std::unique_ptr<Mill>(new Mill(std::move(impl)));
}

Mill::Mill(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Mill::~Mill() = default;

void Mill::submit(Fetched fetched, std::function<void(Milled)> done) {
  impl_->submit(std::move(fetched), std::move(done));
}
void Mill::write_next_polls(std::vector<std::pair<std::string, base::Time>> due, std::function<void()> done) {
  impl_->write_next_polls(std::move(due), std::move(done));
}
bool Mill::is_full() const { return impl_->is_full(); }
void Mill::drain() { impl_->drain(); }

}  // namespace sotevahti::poll
