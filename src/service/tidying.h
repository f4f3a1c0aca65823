// Keeps searching quick: when much has come, the mill's writer joins the parts of the full-text
// index, step by step between what polls bring. Nothing runs while nothing comes.
#pragma once
#include <cstddef>
#include <memory>

#include "poll/mill.h"

namespace sotevahti::service {

class Tidying {
 public:
  // The mill must outlive it.
  explicit Tidying(poll::Mill& mill);
  ~Tidying();  // ends after the step under way
  Tidying(const Tidying&) = delete;
  Tidying& operator=(const Tidying&) = delete;

  // So many entries were stored. Always from one thread.
  void note_new(std::size_t entries);

 private:
  struct State;
  static void step(const std::shared_ptr<State>& state);
  std::shared_ptr<State> state_;
  std::size_t waiting_;
};

}  // namespace sotevahti::service
