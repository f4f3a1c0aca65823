// The lines that say what a story is besides its title: deadlines, changes, source,
// other tellings, reasons; and the headings of blocks. Every text is one bounded line,
// every address http(s) or empty. Pure; any thread.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "config/taxonomy.h"
#include "digest/outline.h"
#include "digest/wording.h"

namespace sotevahti::digest {

class ItemWording {
 public:
  // All three must outlive it.
  ItemWording(const Material& material, const Wording& wording, const config::Taxonomy& taxonomy)
      : material_(material), wording_(wording), messages_(wording.messages()), taxonomy_(taxonomy) {}

  std::string heading(const Block& block) const;
  std::string title(const Story& story) const;
  std::string lead(const Story& story) const;
  std::string url(const Story& story) const;
  // "Avustushaku päättyy pe 27.2.2026 klo 16.15 · 7 päivää jäljellä"; those that passed are left out.
  std::vector<std::string> deadlines(const Story& story) const;
  // "Muuttunut: 7.1.2026, oli 15.12.2025"; nothing where a deadline's line says it.
  std::vector<std::string> changes(const Story& story) const;
  // Publisher, topic, day, other tellings.
  std::string source(const Story& story, const Block& block) const;
  std::string why(const Story& story) const;
  std::string topic(const Story& story) const;
  // The story in another language; null where there is none.
  const Telling* twin(const Story& story) const;

  // At most six names, then how many more.
  std::string shortened(std::vector<std::string> names) const;
  std::chrono::year_month_day local_day(base::Time time) const { return material_.zone->to_local(time).day; }

 private:
  std::string deadline_line(const Deadline& deadline, bool reminder) const;
  std::string change_line(const Change& change) const;
  std::string facts(const std::vector<std::string>& all) const;
  std::string also(const Story& story) const;

  const Material& material_;
  const Wording& wording_;
  const Messages& messages_;
  const config::Taxonomy& taxonomy_;
};

// A publisher's, feed's or subscription's name.
std::string name_line(std::string_view name);
// The address if it is http(s) and of bearable length, else `instead`, else nothing.
std::string safe_url(const std::string& url, const std::string& instead = {});
// What an HTML lang attribute may hold; anything else says nothing.
std::string safe_language(const std::string& language);
std::string sentence_case(std::string text);
std::string joined(const std::vector<std::string>& parts, std::string_view between);

}  // namespace sotevahti::digest
