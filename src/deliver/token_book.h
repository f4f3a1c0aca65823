// Tokens of mailed links, as they are put into mails. The archive keeps only their
// hashes, so each run draws its own once and uses it in every mail: old ones stay good.
// Belongs to its database's thread.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <tuple>

#include "archive/people.h"
#include "archive/sign_ups.h"
#include "base/clock.h"
#include "deliver/payload.h"

namespace sotevahti::deliver {

class TokenBook {
 public:
  TokenBook(archive::People& people, archive::SignUps sign_ups) : people_(people), sign_ups_(sign_ups) {}

  // A confirmation's token is drawn anew each time; empty where the sign-up is forgotten.
  std::string token(archive::SubscriberId subscriber, const StandIn& stand_in, base::Time now);

 private:
  using Key = std::tuple<archive::SubscriberId, archive::People::TokenUse, archive::SubscriptionId>;
  archive::People& people_;
  archive::SignUps sign_ups_;
  std::map<Key, std::string> tokens_;
};

}  // namespace sotevahti::deliver
