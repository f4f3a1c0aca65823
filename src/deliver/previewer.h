// What a subscription would bring, for one who chooses or tends it: over the last days, window by window, or now.
// It need not be saved. Writes and sends nothing. Belongs to its database's thread.
#pragma once
#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "archive/people.h"
#include "base/clock.h"
#include "base/result.h"
#include "deliver/digest_parts.h"
#include "deliver/drafter.h"
#include "digest/render.h"

namespace sotevahti::deliver {

// A digest that is not sent.
struct DraftDigest {
  base::Time from{}, to{};
  std::size_t stories = 0;
  digest::Rendered rendered;
  std::string data;  // JSON, as a webhook would carry it
};

struct Preview {
  std::vector<DraftDigest> digests;  // those with anything to tell, oldest first
  std::size_t stories = 0;
};

// A preview for one who chooses: the same count, without the digests.
struct Forecast {
  std::size_t digests = 0, stories = 0;
  bool is_whole = true;             // false: counting took too long; it is at least so much
  std::vector<digest::Story> last;  // a few of the last digest that would have come
};

class Previewer {
 public:
  explicit Previewer(DigestParts parts);

  // What the subscription would have brought in the last so many days, window by window. Fails, as
  // all three, on a filter or zone that cannot be read.
  base::Result<Preview> preview(const archive::Subscription& subscription, base::Time now, std::chrono::days back);
  // Ends about when `patience` does, with what was counted by then.
  base::Result<Forecast> forecast(const archive::Subscription& subscription, base::Time now, std::chrono::days back,
                                  std::chrono::milliseconds patience);
  // What it would bring if it were due now.
  base::Result<DraftDigest> upcoming(const archive::Subscription& subscription, base::Time now);

 private:
  // What each window of the last days would have brought, as if nothing had been told.
  base::Result<base::Done> walk_windows(archive::Subscription subscription, base::Time now, std::chrono::days back,
                                        const std::function<void(const Draft&)>& take);
  DraftDigest draft_of(const Draft& draft);
  std::string language_of(const archive::Subscription& subscription);

  const DigestParts parts_;
  archive::People people_;
  digest::Renderer renderer_;
};

}  // namespace sotevahti::deliver
