// How one language says dates, hours, days left, cadences and names: by the patterns
// of its message file. Pure; any thread.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/zone.h"
#include "config/taxonomy.h"
#include "digest/digest.h"
#include "digest/messages.h"

namespace sotevahti::digest {

class Wording {
 public:
  explicit Wording(const Messages& messages) : messages_(messages) {}

  std::string date(std::chrono::year_month_day day) const;        // 20.2.2026
  std::string short_date(std::chrono::year_month_day day) const;  // 20.2.
  std::string weekday(std::chrono::year_month_day day) const;     // perjantai
  std::string weekday_short(std::chrono::year_month_day day) const;
  std::string clock(std::chrono::minutes since_midnight) const;  // klo 16.15
  std::string days_left(int days) const;                         // 5 päivää jäljellä
  std::string cadence(const Cadence& cadence) const;             // maanantaisin klo 8.00
  std::string language_name(std::string_view language) const;    // ruotsiksi
  // A fact as feed::facts_of() gives it: "date 2026-02-20", "sum 1250000 eur", "share 5.5 %".
  std::string fact(std::string_view fact) const;  // 20.2.2026, 1 250 000 euroa, 5,5 %

  const Messages& messages() const { return messages_; }

 private:
  std::string number(std::string_view digits) const;
  std::string with_day(std::string_view key, std::chrono::year_month_day day) const;
  const Messages& messages_;
};

// Short names in the reader's language; an id that the taxonomy does not know is its own name.
std::string area_name(const config::Taxonomy& taxonomy, std::string_view id, std::string_view language);
std::string topic_name(const config::Taxonomy& taxonomy, std::string_view id, std::string_view language);

// Compares as Finnish and Swedish order letters: without case, å ä ö after z.
std::string alphabetical_key(std::string_view name);

}  // namespace sotevahti::digest
