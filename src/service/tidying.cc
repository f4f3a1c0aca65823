#include "service/tidying.h"

#include <atomic>

#include "archive/index_parts.h"

namespace sotevahti::service {
namespace {

constexpr std::size_t much = 2000;  // entries

}  // namespace

struct Tidying::State {
  explicit State(poll::Mill& the_mill) : mill(the_mill) {}
  poll::Mill& mill;
  std::atomic<bool> busy{false}, stopping{false};
  bool more = false;  // the writer's
};

// What an earlier service left is joined when the first news come.
Tidying::Tidying(poll::Mill& mill) : state_(std::make_shared<State>(mill)), waiting_(much) {}

Tidying::~Tidying() { state_->stopping = true; }

void Tidying::note_new(std::size_t entries) {
  if (entries == 0) return;
  waiting_ += entries;
  if (waiting_ < much || state_->busy.exchange(true)) return;
  waiting_ = 0;
  step(state_);
}

void Tidying::step(const std::shared_ptr<State>& state) {
  state->more = false;
  state->mill.write([state](archive::Database& database) { state->more = archive::join_index_parts(database); },
                    [state](bool written) {
                      if (written && state->more && !state->stopping) step(state);
                      else state->busy = false;
                    });
}

}  // namespace sotevahti::service
