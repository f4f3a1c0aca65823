#include "archive/time_bound.h"

#include <SQLiteCpp/Database.h>
#include <sqlite3.h>

namespace sotevahti::archive {
namespace {

constexpr int instructions_between_looks = 2000;

}  // namespace

TimeBound::TimeBound(Database& database, std::chrono::milliseconds most)
    : database_(database), end_(std::chrono::steady_clock::now() + most) {
  sqlite3_progress_handler(database_.sqlite().getHandle(), instructions_between_looks, look, this);
}

TimeBound::~TimeBound() { sqlite3_progress_handler(database_.sqlite().getHandle(), 0, nullptr, nullptr); }

int TimeBound::look(void* bound) { return static_cast<const TimeBound*>(bound)->struck() ? 1 : 0; }

}  // namespace sotevahti::archive
