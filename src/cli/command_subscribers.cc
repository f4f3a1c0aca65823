// sotevahti subscribers list / add / remove: the people who get digests.
#include <fmt/format.h>

#include "archive/people.h"
#include "cli/commands.h"
#include "cli/context.h"
#include "cli/json.h"
#include "cli/table.h"
#include "cli/terminal.h"
#include "cli/wishes.h"

namespace sotevahti::cli {
namespace {

class SubscribersList final : public Command {
 public:
  std::string_view name() const override { return "subscribers list"; }
  std::string_view help() const override { return "Lists the subscribers"; }
  void declare(Syntax& syntax) override { syntax.flag("--json", json_, "As JSON Lines"); }
  int run(Context& context) override {
    const auto database = context.open_archive(archive::Access::read);
    const auto all = archive::People(*database).subscribers();
    Table table({{"id", true}, {"address", false, true}, {"name", false, true}, {"lang"}, {"state", false, true}});
    for (const auto& person : all) {
      if (json_) {
        JsonObject line;
        line.add("id", person.id).add("address", person.address).add("name", person.name).add("lang", person.language);
        line.add("since", std::optional(person.since)).add("confirmed", person.confirmed);
        line.add("suspended", person.suspended);
        fmt::print("{}\n", line.print());
      }
      const std::string state = !person.suspended.empty() ? "suspended: " + person.suspended
                                : person.confirmed        ? "active"
                                                          : "not confirmed";
      table.row({std::to_string(person.id), person.address, person.name, person.language, state});
    }
    if (!json_) fmt::print("{}", table.print_here());
    return all.empty() ? Exit::not_all : Exit::done;
  }

 private:
  bool json_ = false;
};

class SubscribersAdd final : public Command {
 public:
  std::string_view name() const override { return "subscribers add"; }
  std::string_view help() const override { return "Adds a person"; }
  void declare(Syntax& syntax) override {
    syntax.argument("address", person_.address, "The address of mail");
    syntax.option("--name", person_.name, "How the person is called");
    syntax.choice("--lang", person_.language, {"fi", "sv", "en"}, "The language of the mails");
  }
  int run(Context& context) override {
    const auto database = context.open_archive(archive::Access::write);
    person_.since = context.clock().now();
    const auto id = value_or_throw<UsageError>(archive::People(*database).add_subscriber(person_));
    fmt::print("Subscriber {}: {}\n", id, person_.address);
    return Exit::done;
  }

 private:
  archive::Subscriber person_;
};

class SubscribersRemove final : public Command {
 public:
  std::string_view name() const override { return "subscribers remove"; }
  std::string_view help() const override { return "Removes a person; their subscriptions end"; }
  void declare(Syntax& syntax) override { syntax.argument("address", address_, "The address of mail"); }
  int run(Context& context) override {
    const auto database = context.open_archive(archive::Access::write);
    archive::People people(*database);
    const archive::Subscriber person = named_person(people, address_);
    people.remove_subscriber(person.id);
    fmt::print("Removed {}.\n", person.address);
    return Exit::done;
  }

 private:
  std::string address_;
};

class SubscribersResume final : public Command {
 public:
  std::string_view name() const override { return "subscribers resume"; }
  std::string_view help() const override { return "Sends mail again to a person whose mails came back"; }
  void declare(Syntax& syntax) override { syntax.argument("address", address_, "The address of mail"); }
  int run(Context& context) override {
    const auto database = context.open_archive(archive::Access::write);
    archive::People people(*database);
    const archive::Subscriber person = named_person(people, address_);
    if (!people.resume_subscriber(person.id)) throw NotFound(fmt::format("{} is not suspended", person.address));
    fmt::print("{} gets mail again; what came since is told when it is next due.\n", person.address);
    return Exit::done;
  }

 private:
  std::string address_;
};

}  // namespace

std::unique_ptr<Command> make_subscribers_list() { return std::make_unique<SubscribersList>(); }
std::unique_ptr<Command> make_subscribers_add() { return std::make_unique<SubscribersAdd>(); }
std::unique_ptr<Command> make_subscribers_remove() { return std::make_unique<SubscribersRemove>(); }
std::unique_ptr<Command> make_subscribers_resume() { return std::make_unique<SubscribersResume>(); }

}  // namespace sotevahti::cli
