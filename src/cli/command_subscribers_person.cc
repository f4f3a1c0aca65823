// sotevahti subscribers export / erase: what is kept of one person, and its end.
#include <fmt/format.h>

#include "archive/people.h"
#include "archive/person_export.h"
#include "cli/commands.h"
#include "cli/context.h"

namespace sotevahti::cli {
namespace {

[[noreturn]] void nobody(const std::string& address) { throw NotFound(fmt::format("nothing is kept of {}", address)); }

class SubscribersExport final : public Command {
 public:
  std::string_view name() const override { return "subscribers export"; }
  std::string_view help() const override { return "Prints all that is kept of a person, as JSON"; }
  void declare(Syntax& syntax) override { syntax.argument("address", address_, "The address of mail"); }
  int run(Context& context) override {
    const auto database = context.open_archive(archive::Access::read);
    const auto all = archive::export_person(*database, address_);
    if (!all) nobody(address_);
    fmt::print("{}\n", *all);
    return Exit::done;
  }

 private:
  std::string address_;
};

class SubscribersErase final : public Command {
 public:
  std::string_view name() const override { return "subscribers erase"; }
  std::string_view help() const override { return "Erases all that is kept of a person, sent digests too"; }
  void declare(Syntax& syntax) override { syntax.argument("address", address_, "The address of mail"); }
  int run(Context& context) override {
    const auto database = context.open_archive(archive::Access::write);
    if (!archive::People(*database).erase_person(address_)) nobody(address_);
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
