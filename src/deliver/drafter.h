// Gathers what subscriptions are due for their windows and puts it in order: one
// outline for all that goes out together. Reads only; keeps answers for one moment,
// so that subscribers who ask the same share the work. Belongs to its database's thread.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "archive/ledger.h"
#include "archive/people.h"
#include "archive/search.h"
#include "base/result.h"
#include "config/catalogue.h"
#include "config/taxonomy.h"
#include "deliver/digest_parts.h"
#include "digest/outline.h"

namespace sotevahti::deliver {

// An alert reminds in the morning, not when the day changes: so long after local midnight.
inline constexpr base::Seconds reminding_hour = std::chrono::hours(8);

// A subscription whose window [from, to) has closed; or what of it cannot wait for that, as an
// alert. Made by of().
struct DueWindow {
  archive::Subscription subscription;
  archive::Filter filter;
  base::Zone zone = base::Zone::helsinki();
  base::Time from{}, to{};
  std::string unsubscribe_url;
  bool is_alert = false;
  std::vector<archive::MovedSinceTold> moved;  // of an alert

  // Fails on a filter or zone that cannot be read.
  static base::Result<DueWindow> of(archive::Subscription subscription, base::Time to);
};

struct Draft {
  digest::Outline outline;
  std::vector<archive::StoryId> stories;   // told by it, each once
  std::vector<archive::StoryId> reminded;  // of which only a deadline was told
  std::vector<archive::EntryId> entries;   // in the order they stand
};

// What is to be drafted. The windows must outlive it.
struct DraftRequest {
  const std::vector<DueWindow>& windows;
  std::string language;                        // of the words around the stories
  std::string page_url, manage_url;            // may be empty
  std::set<archive::StoryId>* told = nullptr;  // stories to leave out; what is drafted is added
};

class Drafter {
 public:
  // `parts` must outlive it. `now` is the moment of the build.
  Drafter(const DigestParts& parts, base::Time now);

  Draft draft(const DraftRequest& request);

 private:
  digest::Section section(const DueWindow& window, const std::string& language);
  void add_moved(const DueWindow& window, const std::string& language, std::vector<digest::Story>& stories);
  void add_reminders(const DueWindow& window, std::vector<digest::Story>& stories);
  const std::vector<archive::DeadlineRow>& near_deadlines(const DueWindow& window);
  const digest::Sources& sources();

  const DigestParts& parts_;
  archive::Ledger ledger_;
  archive::Search search_;
  base::Time now_;
  std::optional<digest::Sources> sources_;  // read for the first draft that tells something
  std::map<std::string, std::vector<archive::DeadlineRow>> near_deadlines_;  // by the filter's text
};

}  // namespace sotevahti::deliver
