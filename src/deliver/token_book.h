// Tokens of mailed links, as they are put into mails. The archive keeps only their
// hashes, so each run draws its own once and uses it in every mail: old ones stay good.
// Belongs to its database's thread.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <tuple>

#include "archive/people.h"
#include "base/clock.h"
#include "deliver/payload.h"

namespace sotevahti::deliver {

class TokenBook {
 public:
  explicit TokenBook(archive::People& people) : people_(people) {}

  // A confirmation's token is drawn anew each time.
  std::string token(archive::SubscriberId subscriber, const StandIn& stand_in, base::Time now);

 private:
  using Key = std::tuple<archive::SubscriberId, archive::People::TokenUse, archive::SubscriptionId>;
  archive::People& people_;
  std::map<Key, std::string> tokens_;
};

}  // namespace sotevahti::deliver
