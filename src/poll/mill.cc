#include "poll/mill.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <random>
#include <thread>

#include "base/log.h"
#include "base/memory.h"
#include "poll/intake.h"
#include "poll/news_tagger.h"
#include "poll/outcome.h"
#include "poll/stage.h"
#include "poll/writer.h"

namespace sotevahti::poll {
namespace {

// A transaction is closed when it holds this much, or when nothing more is waiting.
constexpr std::size_t most_feeds_a_transaction = 512;
constexpr std::size_t most_entries_a_transaction = 500;
// More than these do not wait to be written: with its words, keys and signature an entry is some times its document's.
constexpr std::size_t most_entries_waiting = 300;
// Answers come one by one: what little has come waits for company, a transaction costs more.
constexpr std::size_t company = 32;
constexpr auto patience = std::chrono::milliseconds(25);
constexpr auto patience_while_more_comes = std::chrono::milliseconds(400);
// After an answer so large its memory goes back at once: the next stage's needs follow.
constexpr std::size_t large_answer = std::size_t{1} << 20;
// What an item takes besides its text, when it is tagged: its keys, signature, words.
constexpr std::size_t item_overhead = 2048;

double random_chance() {
  thread_local std::mt19937 generator{std::random_device{}()};
  return std::uniform_real_distribution<double>(0, 1)(generator);
}

}  // namespace

// An answer without news passes the middle by, one that need not be read the first too. What was read takes many times
// the room of the answer, so reading waits while much of it is not stored, and tagging for the writer. Reading and
// tagging threads end when they have had nothing to do for a while, and what they remembered is freed.
class Mill::Impl {
 public:
  Impl(TaxonomySource taxonomy, Options options, std::unique_ptr<archive::Database> database)
      : taxonomy_source_(std::move(taxonomy)), options_(std::move(options)), writer_(std::move(database)) {
    if (!options_.chance) options_.chance = random_chance;
    writing_ = std::thread([this] { write_all(); });
  }

  ~Impl() {
    reading_.close();
    tagging_.close();
    {
      const std::lock_guard lock(mutex_);
      closing_ = true;
    }
    to_write_ready_.notify_all();
    writing_.join();
  }

  void submit(Fetched&& fetched, std::function<void(Milled&&)> done) {
    if (fetched.failure || fetched.status == 304) return submit_read(std::move(fetched), std::move(done));
    if (taxonomy_ == nullptr) taxonomy_ = &taxonomy_source_();
    Way way{fetched.state, fetched.at, fetched.asked_at, fetched.pushed, std::move(done), fetched.body.size()};
    bytes_ += way.bytes;
    {
      const std::lock_guard lock(mutex_);
      ++pending_;
      ++on_their_way_;
    }
    pass_on(reading_, ToRead{std::move(way), std::move(fetched)});
  }

  void write(ToWrite work) {
    const std::lock_guard lock(mutex_);
    ++pending_;
    works_.push_back(std::move(work));
    to_write_ready_.notify_one();
  }

  bool is_full(std::size_t coming) const {
    const std::size_t waiting = bytes_;
    return waiting > options_.most_waiting_bytes || waiting + coming > 2 * options_.most_waiting_bytes;
  }

  void drain() {
    std::unique_lock lock(mutex_);
    hurried_ = true;
    to_write_ready_.notify_one();
    idle_.wait(lock, [this] { return pending_ == 0; });
    hurried_ = false;
  }

 private:
  struct ToRead {
    Way way;
    Fetched fetched;
  };
  struct ToTag {
    Way way;
    Taken taken;
  };

  // Nothing to parse: no other thread need wake for it.
  void submit_read(Fetched&& fetched, std::function<void(Milled&&)> done) {
    auto job = std::make_unique<ToStore>();
    job->way = {fetched.state, fetched.at, fetched.asked_at, fetched.pushed, std::move(done), 0};
    auto failure = std::move(fetched.failure);
    job->outcome = failure ? failed_outcome(std::move(fetched), std::move(*failure), options_.chance())
                           : unchanged_outcome(std::move(fetched), options_.chance());
    const std::lock_guard lock(mutex_);
    ++pending_;
    add_to_store(std::move(job));
  }

  // The writer is woken for the first, who then waits for company, and when that is there.
  void add_to_store(std::unique_ptr<ToStore> job) {
    entries_waiting_ += job->outcome.entries.size();
    to_store_.push_back(std::move(job));
    if (to_store_.size() == 1 || is_time_to_write()) to_write_ready_.notify_one();
  }

  // Waits until the writer has caught up.
  void arrive(Way way, archive::PollOutcome outcome) {
    bytes_ -= std::exchange(way.bytes, 0);
    const bool has_entries = !outcome.entries.empty();
    auto job = std::make_unique<ToStore>();
    job->way = std::move(way);
    job->outcome = std::move(outcome);
    std::unique_lock lock(mutex_);
    if (has_entries) caught_up_.wait(lock, [this] { return entries_waiting_ < most_entries_waiting; });
    add_to_store(std::move(job));
    if (--on_their_way_ == 0) to_write_ready_.notify_one();
  }

  Stage<ToRead>::Work open_reading() {
    auto intake = std::make_shared<Intake>(Intake::Options{options_.archive, options_.most_told, options_.chance});
    return [this, intake](ToRead job) { read(*intake, std::move(job)); };
  }

  Stage<ToTag>::Work open_tagging() {
    auto tagger = std::make_shared<NewsTagger>(*taxonomy_, options_.lexicon_cache_bytes / 3 * 2, options_.chance);
    return [this, tagger](ToTag job) { tag(*tagger, std::move(job)); };
  }

  // Where the system refuses the stage its thread, the answer fails as one that could not be taken in.
  template <class Job>
  void pass_on(Stage<Job>& stage, Job job) {
    try {
      stage.push(std::move(job));
    } catch (const std::exception& e) {
      give_up(std::move(job.way), e.what());
    }
  }

  // Whatever goes wrong with one feed stays with that feed.
  void read(Intake& intake, ToRead job) {
    const bool large = job.way.bytes > large_answer;
    try {
      Taken taken = intake.take_in(std::move(job.fetched));
      if (taken.news.empty()) arrive(std::move(job.way), std::move(taken.outcome));
      else pass_on_read(ToTag{std::move(job.way), std::move(taken)});
    } catch (const std::exception& e) {
      give_up(std::move(job.way), e.what());
    }
    if (large) base::give_memory_back();
  }

  // One is always let through, however large.
  void pass_on_read(ToTag job) {
    const std::size_t coming = job.way.bytes + job.taken.news.size() * item_overhead;
    {
      std::unique_lock lock(mutex_);
      stored_.wait(lock, [&] { return read_ == 0 || read_ + coming <= options_.most_read_bytes; });
      read_ += coming;
    }
    job.way.read = coming;
    pass_on(tagging_, std::move(job));
  }

  void tag(NewsTagger& tagger, ToTag job) {
    const bool large = job.way.read > large_answer;
    try {
      archive::PollOutcome outcome = tagger.tag(std::move(job.taken));
      arrive(std::move(job.way), std::move(outcome));
    } catch (const std::exception& e) {
      give_up(std::move(job.way), e.what());
    }
    if (large) base::give_memory_back();
  }

  void give_up(Way way, const char* why) {
    base::log_error("feed {}: its answer could not be taken in: {}", way.before.feed_id, why);
    archive::PollOutcome outcome = untaken_outcome(way.before, way.at, why);
    arrive(std::move(way), std::move(outcome));
  }

  void write_all() {
    for (;;) {
      std::vector<std::unique_ptr<ToStore>> batch;
      std::vector<ToWrite> works;
      std::size_t read = 0;
      bool large = false;
      {
        std::unique_lock lock(mutex_);
        wait_for_something(lock);
        if (to_store_.empty() && works_.empty()) return;
        to_write_ready_.wait_for(lock, patience, [this] { return is_time_to_write(); });
        to_write_ready_.wait_for(lock, patience_while_more_comes,
                                 [this] { return on_their_way_ == 0 || is_time_to_write(); });
        works.swap(works_);
        std::size_t entries = 0;
        while (!to_store_.empty() && batch.size() < most_feeds_a_transaction && entries < most_entries_a_transaction) {
          entries += to_store_.front()->outcome.entries.size();
          read += to_store_.front()->way.read;
          large |= to_store_.front()->way.read > large_answer;
          batch.push_back(std::move(to_store_.front()));
          to_store_.pop_front();
        }
        entries_waiting_ -= entries;
      }
      caught_up_.notify_all();
      if (!works.empty()) writer_.write(works);
      if (!batch.empty()) writer_.store(batch);
      if (large) base::give_memory_back();
      const std::lock_guard lock(mutex_);
      read_ -= read;
      stored_.notify_one();
      pending_ -= batch.size() + works.size();
      if (pending_ == 0) idle_.notify_all();
    }
  }

  // Gives back what it remembers when nothing comes for a while.
  void wait_for_something(std::unique_lock<std::mutex>& lock) {
    const auto there_is = [this] { return !to_store_.empty() || !works_.empty() || closing_; };
    if (to_write_ready_.wait_for(lock, options_.rest_after, there_is)) return;
    lock.unlock();
    writer_.rest();
    base::give_memory_back();
    lock.lock();
    to_write_ready_.wait(lock, there_is);
  }

  // Many wait already, or somebody does.
  bool is_time_to_write() const {
    return !works_.empty() || to_store_.size() >= company || entries_waiting_ >= most_entries_waiting || hurried_ ||
           closing_;
  }

  TaxonomySource taxonomy_source_;
  const config::Taxonomy* taxonomy_ = nullptr;  // from the first answer that is read
  Options options_;
  Writer writer_;
  std::atomic<std::size_t> bytes_{0};
  std::mutex mutex_;
  std::condition_variable to_write_ready_, caught_up_, stored_, idle_;
  std::deque<std::unique_ptr<ToStore>> to_store_;
  std::size_t entries_waiting_ = 0;  // in to_store_
  std::vector<ToWrite> works_;
  std::size_t pending_ = 0;
  std::size_t on_their_way_ = 0;  // of these: to be read or tagged
  std::size_t read_ = 0;          // of news between reading and the archive, about
  bool hurried_ = false;
  bool closing_ = false;
  std::thread writing_;
  Stage<ToTag> tagging_{[this] { return open_tagging(); }, options_.rest_after};
  Stage<ToRead> reading_{[this] { return open_reading(); }, options_.rest_after};
};

base::Result<std::unique_ptr<Mill>> Mill::start(TaxonomySource taxonomy, Options options) {
  archive::OpenOptions open;
  open.lexicon_cache_bytes = options.lexicon_cache_bytes / 4;  // more is for those who tag
  auto database = archive::Database::open(options.archive, open);
  if (!database) return tl::unexpected(database.error());
  auto impl = std::make_unique<Impl>(std::move(taxonomy), std::move(options), std::move(*database));
  return std::unique_ptr<Mill>(new Mill(std::move(impl)));
}

Mill::Mill(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Mill::~Mill() = default;

void Mill::submit(Fetched&& fetched, std::function<void(Milled&&)> done) {
  impl_->submit(std::move(fetched), std::move(done));
}
void Mill::write_next_polls(std::vector<std::pair<std::string, base::Time>> due, std::function<void()> done) {
  auto work = [due = std::move(due)](archive::Database& database) {
    archive::FeedStore(database).write_next_polls(due);
  };
  auto told = [done = std::move(done)](bool) {
    if (done) done();
  };
  impl_->write({.work = std::move(work), .done = std::move(told), .touches_entries = false});
}
void Mill::write(std::function<void(archive::Database&)> work, std::function<void(bool written)> done) {
  impl_->write({.work = std::move(work), .done = std::move(done)});
}
void Mill::write_push(std::string feed_id, base::Time at, std::function<void(archive::Database&)> work,
                      std::function<void(bool written)> done) {
  impl_->write({.work = std::move(work), .done = std::move(done), .push = OpenPushes::Push{std::move(feed_id), at}});
}
bool Mill::is_full(std::size_t coming) const { return impl_->is_full(coming); }
void Mill::drain() { impl_->drain(); }

}  // namespace sotevahti::poll
