// sotevahti bounces: takes reports of mail that came back (RFC 3464) from standard input or from
// a maildir's new/. What was read there moves to cur/ as read, so a timer may call it again.
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <vector>

#include "base/content.h"
#include "base/log.h"
#include "cli/commands.h"
#include "cli/context.h"
#include "cli/terminal.h"
#include "deliver/bounce_report.h"

namespace sotevahti::cli {
namespace {

constexpr std::size_t most_bytes = std::size_t{1} << 20;  // of a report; what follows is the mail itself

class Bounces final : public Command {
 public:
  std::string_view name() const override { return "bounces"; }
  std::string_view help() const override {
    return "Takes reports of mail that came back, from standard input or a maildir";
  }
  void declare(Syntax& syntax) override {
    syntax.argument("maildir", maildir_,
                    "A maildir whose new mails are reports; without it one is read from standard input", false);
    syntax.footer("Three hard bounces in a row suspend a subscriber; a mail that is taken begins the count anew.");
  }

  int run(Context& context) override {
    const auto database = context.open_archive(archive::Access::write);
    deliver::BounceCount count;
    if (maildir_.empty())
      deliver::take_bounce(*database, base::first_bytes(std::cin, most_bytes), context.clock().now(), count);
    else take_maildir(*database, context.clock().now(), count);
    fmt::print("{} hard, {} soft.\n", count.hard, count.soft);
    for (const std::string& address : count.suspended) fmt::print("Suspended: {}\n", address);
    for (const std::string& why : count.unknown) tell("Not counted: {}\n", base::one_line(why));
    return count.unknown.empty() ? Exit::done : Exit::not_all;
  }

 private:
  void take_maildir(archive::Database& database, base::Time now, deliver::BounceCount& count) const {
    const std::filesystem::path maildir = maildir_;
    if (!std::filesystem::is_directory(maildir / "new") || !std::filesystem::is_directory(maildir / "cur"))
      throw UsageError(fmt::format("{} is no maildir: it has no new/ and cur/", maildir_));
    std::vector<std::filesystem::path> mails;
    for (const auto& file : std::filesystem::directory_iterator(maildir / "new"))
      if (file.is_regular_file()) mails.push_back(file.path());
    for (const auto& mail : mails) {
      std::ifstream in(mail, std::ios::binary);
      deliver::take_bounce(database, base::first_bytes(in, most_bytes), now, count);
      std::filesystem::rename(mail, maildir / "cur" / (mail.filename().string() + ":2,S"));
    }
  }

  std::string maildir_;
};

}  // namespace

std::unique_ptr<Command> make_bounces() { return std::make_unique<Bounces>(); }

}  // namespace sotevahti::cli
