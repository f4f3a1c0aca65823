// A mail as the outbox keeps it. Links that identify a person carry tokens, and of
// tokens only a hash may be stored: so the kept mail has a stand-in in the place of
// each, drawn by chance and of a token's length, and the true token is put in when it
// is sent. Stand-ins are listed before the mail, one a line: "@unsubscribe 12 STANDIN".
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/people.h"

namespace sotevahti::deliver {

struct StandIn {
  archive::People::TokenUse use = archive::People::TokenUse::unsubscribe;
  std::optional<archive::SubscriptionId> subscription;  // none: of the whole person; of a confirmation: the sign-up
  std::string text;
};

// Draws one.
StandIn make_stand_in(archive::People::TokenUse use, std::optional<archive::SubscriptionId> subscription);

std::string pack_mail(const std::vector<StandIn>& stand_ins, std::string_view mail);

// The mail with a token for each stand-in.
std::string unpack_mail(std::string_view payload, const std::function<std::string(const StandIn&)>& token);

}  // namespace sotevahti::deliver
