#include "archive/person_export.h"

#include <nlohmann/json.hpp>

#include "archive/ledger.h"
#include "archive/people.h"
#include "archive/query.h"
#include "base/zone.h"
#include "net/mail_address.h"

namespace sotevahti::archive {
namespace {

using Json = nlohmann::ordered_json;

Json subscriptions_of(Database& database, SubscriberId person) {
  Json all = Json::array();
  for (const Subscription& each : People(database).subscriptions()) {
    if (each.subscriber != person) continue;
    all.push_back({{"id", each.id},
                   {"name", each.name},
                   {"filter", each.filter},
                   {"rhythm", each.rhythm.print()},
                   {"zone", each.zone},
                   {"lang", each.language},
                   {"max_items", each.max_items},
                   {"webhook", each.channel.url},
                   {"since", base::to_rfc3339(each.since)},
                   {"told_until", base::to_rfc3339(each.window_start)},
                   {"paused", each.paused},
                   {"ended", each.ended}});
  }
  return all;
}

Json bounces_of(Database& database, SubscriberId person) {
  Json all = Json::array();
  Query rows(database, "SELECT at, hard, status, detail FROM bounces WHERE subscriber = ? ORDER BY at");
  rows.with(person);
  while (rows.step()) {
    all.push_back({{"at", base::to_rfc3339(rows.time(0))},
                   {"hard", rows.flag(1)},
                   {"status", rows.text(2)},
                   {"detail", rows.text(3)}});
  }
  return all;
}

Json digests_of(Database& database, SubscriberId person) {
  std::vector<DigestId> ids;
  {
    Query rows(database, "SELECT id FROM digests WHERE subscriber = ? ORDER BY id DESC");
    rows.with(person);
    while (rows.step()) ids.push_back(rows.integer(0));
  }
  Json all = Json::array();
  Ledger ledger(database);
  for (const DigestId id : ids) {
    const auto digest = ledger.digest(id);
    if (!digest) continue;
    all.push_back(
        {{"id", id}, {"built", base::to_rfc3339(digest->built)}, {"subject", digest->subject}, {"text", digest->text}});
  }
  return all;
}

Json export_subscriber(Database& database, const Subscriber& person) {
  return {{"address", person.address},
          {"name", person.name},
          {"lang", person.language},
          {"since", base::to_rfc3339(person.since)},
          {"confirmed", person.confirmed},
          {"removed", person.removed},
          {"suspended", person.suspended},
          {"hard_bounces", person.hard_bounces},
          {"subscriptions", subscriptions_of(database, person.id)},
          {"bounces", bounces_of(database, person.id)},
          {"digests", digests_of(database, person.id)}};
}

// What was asked for on the web with the address, until it is forgotten.
Json sign_ups_of(Database& database, const std::string& address) {
  Json all = Json::array();
  Query rows(database, "SELECT asked, language, name, filter, rhythm FROM sign_ups WHERE address = ? ORDER BY id");
  rows.with(address);
  while (rows.step()) {
    all.push_back({{"asked", base::to_rfc3339(rows.time(0))},
                   {"lang", rows.text(1)},
                   {"name", rows.text(2)},
                   {"filter", rows.text(3)},
                   {"rhythm", rows.text(4)}});
  }
  return all;
}

}  // namespace

std::optional<std::string> export_person(Database& database, const std::string& address) {
  const std::string known = net::envelope_address(address).value_or(address);
  const std::vector<Subscriber> ever = People(database).ever_with(known);
  Json sign_ups = sign_ups_of(database, known);
  if (ever.empty() && sign_ups.empty()) return std::nullopt;
  Json all = ever.empty() ? Json({{"address", known}}) : export_subscriber(database, ever.front());
  all["sign_ups"] = std::move(sign_ups);
  for (std::size_t i = 1; i < ever.size(); ++i) all["earlier"].push_back(export_subscriber(database, ever[i]));
  return all.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace sotevahti::archive
