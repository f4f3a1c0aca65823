// A draft as it goes out: the mail with its stand-ins, or the body of a webhook, as a
// row of the outbox; and the page that is kept of it. Pure but for drawing stand-ins.
#pragma once
#include <string>
#include <vector>

#include "archive/ledger.h"
#include "base/result.h"
#include "config/taxonomy.h"
#include "deliver/digest_parts.h"
#include "deliver/drafter.h"
#include "deliver/payload.h"
#include "digest/render.h"

namespace sotevahti::deliver {

// The links of one mail that know their reader.
struct PersonalLinks {
  std::vector<StandIn> stand_ins;
  std::string unsubscribe_url;  // of the header: of the one subscription, or of them all
  std::string manage_url;
};

// Draws them, and sets each window's own.
PersonalLinks draw_links(std::vector<DueWindow>& windows, const std::string& public_url);

// What makes a delivery itself: the same for the same person, windows and stories. A clock that
// was set back may bring a window again, but never with stories that were told.
std::string delivery_key(archive::SubscriberId subscriber, const std::vector<DueWindow>& windows, const Draft& draft);

struct MessageParts {
  const Draft& draft;
  const digest::Rendered& rendered;
  const std::string& key;
  const Sender& sender;
  const digest::Texts& texts;
  base::Time now;
  bool is_alert = false;
};

base::Result<archive::OutboxRow> mail_row(const MessageParts& parts, const archive::Subscriber& reader,
                                          const PersonalLinks& links, bool with_calendar);

// A message that shows a webhook's receiver that all is well: of `test`.
archive::OutboxRow test_row(const archive::Subscription& subscription, base::Time now);

// Of `digest`, or, for a subscription that wants each thing at once, of `entry.new`,
// `entry.changed` and `deadline.moved`: one row each.
std::vector<archive::OutboxRow> webhook_rows(const MessageParts& parts, const archive::Subscription& subscription,
                                             const config::Taxonomy& taxonomy);

}  // namespace sotevahti::deliver
