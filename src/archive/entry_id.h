// How entries are numbered: the day they are shown under (UTC), times 2^17, plus a number
// within that day from 1 on. Ids so ascend with time whenever entries arrive, and every
// index that ends in an entry's id, the full-text index too, reads newest first. Pure.
#pragma once
#include <algorithm>
#include <cstdint>

#include "archive/entry.h"
#include "base/clock.h"

namespace sotevahti::archive {

inline constexpr int day_bits = 17;
inline constexpr std::int64_t most_a_day = (std::int64_t{1} << day_bits) - 1;

// The day of an id, and of a time; days before 1970 are 1970-01-01.
constexpr std::int64_t day_of(EntryId id) { return id >> day_bits; }
inline std::int64_t day_of(base::Time time) {
  return std::max<std::int64_t>(0, base::to_unix(time) / std::int64_t{86400});
}
constexpr EntryId first_of_day(std::int64_t day) { return (day << day_bits) + 1; }
constexpr EntryId last_of_day(std::int64_t day) { return (day << day_bits) + most_a_day; }

}  // namespace sotevahti::archive
