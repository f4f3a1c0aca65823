// sotevahti outbox list / retry / cancel: what is on its way out.
#include <fmt/format.h>

#include <array>

#include "archive/ledger.h"
#include "cli/commands.h"
#include "cli/context.h"
#include "cli/json.h"
#include "cli/table.h"
#include "cli/terminal.h"
#include "cli/wishes.h"

namespace sotevahti::cli {
namespace {

using archive::OutboxRow;

constexpr std::size_t most_rows = 1000;
constexpr std::array<std::pair<std::string_view, OutboxRow::State>, 6> states = {{
    {"pending", OutboxRow::State::pending},
    {"leased", OutboxRow::State::leased},
    {"sent", OutboxRow::State::sent},
    {"failed", OutboxRow::State::failed},
    {"dead", OutboxRow::State::dead},
    {"cancelled", OutboxRow::State::cancelled},
}};

std::string_view name_of(OutboxRow::State state) {
  for (const auto& [name, value] : states)
    if (value == state) return name;
  return "";
}

class OutboxList final : public Command {
 public:
  std::string_view name() const override { return "outbox list"; }
  std::string_view help() const override { return "Lists messages: what waits, what is stuck and why"; }
  void declare(Syntax& syntax) override {
    syntax.choice("--state", state_, {"", "pending", "leased", "sent", "failed", "dead", "cancelled"}, "Only these");
    syntax.flag("--json", json_, "As JSON Lines");
  }
  int run(Context& context) override {
    std::optional<OutboxRow::State> wanted;
    for (const auto& [name, value] : states)
      if (name == state_) wanted = value;
    const auto database = context.open_archive(archive::Access::read);
    const auto rows = archive::Ledger(*database).outbox(wanted, most_rows);
    Table table(
        {{"id", true}, {"state"}, {"to", false, true}, {"tries", true}, {"next try"}, {"what happened", false, true}});
    for (const auto& row : rows) {
      const bool open = row.state == OutboxRow::State::pending || row.state == OutboxRow::State::failed;
      if (json_) {
        JsonObject line;
        line.add("id", row.id).add("digest", row.digest).add("state", name_of(row.state)).add("to", row.recipient);
        line.add("message_id", row.message_id).add("attempts", row.attempts).add("last_error", row.last_error);
        line.add("next_attempt", open ? std::optional(row.next_attempt) : std::nullopt).add("sent_at", row.sent_at);
        fmt::print("{}\n", line.print());
      }
      table.row({std::to_string(row.id), std::string(name_of(row.state)), row.recipient, std::to_string(row.attempts),
                 open ? base::to_rfc3339(row.next_attempt) : "", row.last_error},
                row.state == OutboxRow::State::dead ? Style::red : Style::plain);
    }
    if (!json_) fmt::print("{}", table.print_here());
    return rows.empty() ? Exit::not_all : Exit::done;
  }

 private:
  std::string state_;
  bool json_ = false;
};

// retry and cancel: one message, by its number.
class OutboxChange final : public Command {
 public:
  enum class What { retry, cancel };
  explicit OutboxChange(What what) : what_(what) {}
  std::string_view name() const override { return retries() ? "outbox retry" : "outbox cancel"; }
  std::string_view help() const override {
    return retries() ? "Makes a message due again now" : "Takes a message out; it is not sent";
  }
  void declare(Syntax& syntax) override { syntax.argument("id", id_, "The number of the message"); }
  int run(Context& context) override {
    const archive::OutboxId id = message_number(id_);
    const auto database = context.open_archive(archive::Access::write);
    archive::Ledger ledger(*database);
    const bool changed = retries() ? ledger.retry(id, context.clock().now()) : ledger.cancel(id);
    if (!changed)
      throw NotFound(
          fmt::format("there is no message {} that could be {}", id, retries() ? "sent again" : "cancelled"));
    fmt::print("Message {} {}.\n", id, retries() ? "is due now" : "was cancelled");
    return Exit::done;
  }

 private:
  bool retries() const { return what_ == What::retry; }
  What what_;
  std::string id_;
};

}  // namespace

std::unique_ptr<Command> make_outbox_list() { return std::make_unique<OutboxList>(); }
std::unique_ptr<Command> make_outbox_retry() { return std::make_unique<OutboxChange>(OutboxChange::What::retry); }
std::unique_ptr<Command> make_outbox_cancel() { return std::make_unique<OutboxChange>(OutboxChange::What::cancel); }

}  // namespace sotevahti::cli
