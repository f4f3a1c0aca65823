#include "poll/writer.h"

#include <algorithm>
#include <vector>

#include "base/log.h"
#include "poll/outcome.h"

namespace sotevahti::poll {
namespace {

Milled milled(archive::PollOutcome&& outcome, const archive::StoreReport& report) {
  Milled result;
  result.feed_id = outcome.state.feed_id;
  result.kind = outcome.kind;
  result.state = std::move(outcome.state);
  result.report = report;
  result.irrelevant = outcome.irrelevant;
  return result;
}

}  // namespace

void Writer::write(std::span<ToWrite> works) {
  bool written = true;
  bool begun = false;
  OpenPushes open = open_pushes_;
  for (const ToWrite& each : works)
    if (each.push) open.add(*each.push);
  try {
    database_->transaction([&] {
      begun = true;
      for (ToWrite& each : works) each.work(*database_);
      feeds_.write_next_polls(open.due());
    });
    open_pushes_ = std::move(open);
  } catch (const std::exception& e) {
    // What can't be written must not hold the others back. Where nothing can, each would wait in vain.
    if (begun && works.size() > 1) {
      for (ToWrite& each : works) write(std::span(&each, 1));
      return;
    }
    written = false;
    base::log_error("the archive could not be written: {}", e.what());
  }
  if (std::any_of(works.begin(), works.end(), [](const ToWrite& each) { return each.touches_entries; }))
    feeds_.others_wrote();
  for (ToWrite& each : works)
    if (each.done) each.done(written);
}

void Writer::store(std::span<std::unique_ptr<ToStore>> polls) {
  std::vector<archive::PollOutcome> outcomes;
  outcomes.reserve(polls.size());
  for (auto& poll : polls) outcomes.push_back(std::move(poll->outcome));
  std::vector<archive::StoreReport> reports;
  OpenPushes open = open_pushes_;
  for (std::size_t i = 0; i < polls.size(); ++i) open.settle(outcomes[i], polls[i]->way.asked_at, polls[i]->way.pushed);
  try {
    reports = feeds_.store_polls(outcomes, open.due());
    open_pushes_ = std::move(open);
  } catch (const std::exception& e) {
    if (polls.size() > 1) return store_one_by_one(polls, outcomes);
    base::log_error("feed {}: its poll could not be stored: {}", outcomes[0].state.feed_id, e.what());
    Way& way = polls[0]->way;
    Milled unwritten = milled(untaken_outcome(std::move(way.before), outcomes[0].at, e.what()), {});
    unwritten.is_unwritten = true;
    return way.done(std::move(unwritten));
  }
  for (std::size_t i = 0; i < polls.size(); ++i) {
    outcomes[i].state = archive::state_after(std::move(outcomes[i].state), outcomes[i], reports[i]);
    polls[i]->way.done(milled(std::move(outcomes[i]), reports[i]));
  }
}

void Writer::store_one_by_one(std::span<std::unique_ptr<ToStore>> polls, std::span<archive::PollOutcome> outcomes) {
  for (std::size_t i = 0; i < polls.size(); ++i) {
    polls[i]->outcome = std::move(outcomes[i]);
    store(polls.subspan(i, 1));
  }
}

void Writer::rest() {
  feeds_.others_wrote();
  database_->rest();
}

}  // namespace sotevahti::poll
