// sotevahti subscribers export / erase: what is kept of one person, and its end.
#include <fmt/format.h>

#include <cstdint>

#include "archive/ledger.h"
#include "archive/people.h"
#include "cli/commands.h"
#include "cli/context.h"
#include "cli/json.h"

namespace sotevahti::cli {
namespace {

int nobody(const std::string& address) {
  fmt::print(stderr, "Nobody has the address {}.\n", address);
  return Exit::not_all;
}

class SubscribersExport final : public Command {
 public:
  std::string_view name() const override { return "subscribers export"; }
  std::string_view help() const override { return "Prints all that is kept of a person, as JSON"; }
  void declare(Syntax& syntax) override { syntax.argument("address", address_, "The address of mail"); }
  int run(Context& context) override {
    const auto database = context.open_archive(archive::Access::read);
    archive::People people(*database);
    const auto person = people.subscriber(address_);
    if (!person) return nobody(address_);
    JsonObject all;
    all.add("address", person->address).add("name", person->name).add("lang", person->language);
    all.add("since", std::optional(person->since)).add("confirmed", person->confirmed);
    all.add("suspended", person->suspended).add("hard_bounces", person->hard_bounces);
    all.add("subscriptions", subscriptions_of(people, person->id)).add("digests", digests_of(*database, person->id));
    fmt::print("{}\n", all.print());
    return Exit::done;
  }

 private:
  static std::vector<JsonObject> subscriptions_of(archive::People& people, archive::SubscriberId person) {
    std::vector<JsonObject> found;
    for (const archive::Subscription& each : people.subscriptions()) {
      if (each.subscriber != person) continue;
      JsonObject one;
      one.add("id", each.id).add("name", each.name).add("filter", each.filter).add("rhythm", each.rhythm.print());
      one.add("zone", each.zone).add("lang", each.language).add("max_items", each.max_items);
      one.add("webhook", each.channel.url).add("since", std::optional(each.since));
      one.add("told_until", std::optional(each.window_start)).add("paused", each.paused).add("ended", each.ended);
      found.push_back(std::move(one));
    }
    return found;
  }

  static std::vector<JsonObject> digests_of(archive::Database& database, archive::SubscriberId person) {
    std::vector<JsonObject> found;
    for (const archive::StoredDigest& each : archive::Ledger(database).digests(SIZE_MAX)) {
      if (each.subscriber != person) continue;
      JsonObject one;
      one.add("id", each.id)
          .add("built", std::optional(each.built))
          .add("subject", each.subject)
          .add("text", each.text);
      found.push_back(std::move(one));
    }
    return found;
  }

  std::string address_;
};

class SubscribersErase final : public Command {
 public:
  std::string_view name() const override { return "subscribers erase"; }
  std::string_view help() const override { return "Erases all that is kept of a person, sent digests too"; }
  void declare(Syntax& syntax) override { syntax.argument("address", address_, "The address of mail"); }
  int run(Context& context) override {
    const auto database = context.open_archive(archive::Access::write);
    archive::People people(*database);
    const auto person = people.subscriber(address_);
    if (!person || !people.erase_subscriber(person->id)) return nobody(address_);
    fmt::print("Nothing is kept of {} any more.\n", address_);
    return Exit::done;
  }

 private:
  std::string address_;
};

}  // namespace

std::unique_ptr<Command> make_subscribers_export() { return std::make_unique<SubscribersExport>(); }
std::unique_ptr<Command> make_subscribers_erase() { return std::make_unique<SubscribersErase>(); }

}  // namespace sotevahti::cli
