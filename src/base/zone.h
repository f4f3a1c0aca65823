// Local time at the edge: IANA time zones of the system (Howard Hinnant's date
// library on the system's tzdata). Safe to use from any thread.
#pragma once
#include <chrono>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace date {
class time_zone;
}

namespace sotevahti::base {

// A wall-clock reading, without a zone.
struct LocalTime {
  std::chrono::year_month_day day{};
  int hour = 0;
  int minute = 0;
  int second = 0;
  friend bool operator==(const LocalTime&, const LocalTime&) = default;
};

class Zone {
 public:
  // "Europe/Helsinki". Fails on a name the system's tzdata does not know.
  static Result<Zone> find(std::string_view name);
  // The zone that publishers mean when they say none, and the default of digests.
  static const Zone& helsinki();
  static const Zone& utc();

  const std::string& name() const { return name_; }
  LocalTime to_local(Time utc) const;
  // A reading that the change to summer time skips means the first moment after
  // the gap (03:30 is 04:00); one that comes twice in autumn means its first.
  Time to_utc(const LocalTime& local) const;
  // Seconds east of UTC at that moment.
  Seconds offset(Time utc) const;

 private:
  Zone(std::string name, const date::time_zone* zone) : name_(std::move(name)), zone_(zone) {}
  std::string name_;
  const date::time_zone* zone_;
};

// "2026-02-20T10:45:26Z": RFC 3339 in UTC.
std::string to_rfc3339(Time time);
// "2026-02-20".
std::string to_iso_date(std::chrono::year_month_day day);
// Reads "2026-02-20"; fails on anything else, impossible days included.
Result<std::chrono::year_month_day> parse_iso_date(std::string_view text);
// "Fri, 20 Feb 2026 10:45:26 +0000": RFC 5322 (and RFC 9110 with "GMT").
std::string to_rfc5322(Time time);
std::string to_http_date(Time time);

}  // namespace sotevahti::base
