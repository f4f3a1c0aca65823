#include "deliver/token_book.h"

namespace sotevahti::deliver {

std::string TokenBook::token(archive::SubscriberId subscriber, const StandIn& stand_in, base::Time now) {
  if (stand_in.use == archive::People::TokenUse::confirm)
    return sign_ups_.make_token(stand_in.subscription.value_or(0));
  std::string& token = tokens_[{subscriber, stand_in.use, stand_in.subscription.value_or(0)}];
  if (token.empty()) token = people_.make_token(subscriber, stand_in.subscription, stand_in.use, now);
  return token;
}

}  // namespace sotevahti::deliver
