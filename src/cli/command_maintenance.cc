// sotevahti check, backup FILE, restore FILE.
#include <fmt/format.h>

#include <filesystem>

#include "archive/maintenance.h"
#include "base/log.h"
#include "cli/commands.h"
#include "cli/context.h"

namespace sotevahti::cli {
namespace {

void show_progress(const std::string& what, double part) {
  fmt::print(stderr, "\r{}: {:3.0f} %{}", what, part * 100, part >= 1 ? "\n" : "");
}

class Check final : public Command {
 public:
  std::string_view name() const override { return "check"; }
  std::string_view help() const override { return "Checks the configuration and the whole archive"; }
  void declare(Syntax& syntax) override {
    syntax.flag("--repair", repair_, "Make the full-text index anew where it is not whole");
  }
  int run(Context& context) override {
    fmt::print("configuration  {} feeds, {} topics\n", context.catalogue().feeds().size(),
               context.taxonomy().topics.size());
    if (!std::filesystem::exists(context.settings().archive.path)) {
      fmt::print("archive        none yet at {}\n", context.settings().archive.path.string());
      return Exit::done;
    }
    const auto database = context.open_archive(archive::Access::write);
    auto findings = archive::check_archive(*database);
    if (!findings.empty() && repair_) {
      archive::rebuild_full_text(*database, show_progress);
      findings = archive::check_archive(*database);
    }
    for (const auto& finding : findings) fmt::print("archive        {}\n", base::one_line(finding));
    if (findings.empty()) fmt::print("archive        whole: {}\n", context.settings().archive.path.string());
    else if (!repair_)
      fmt::print(stderr, "sotevahti check --repair makes the index anew; for the rest restore a backup.\n");
    return findings.empty() ? Exit::done : Exit::not_all;
  }

 private:
  bool repair_ = false;
};

class Backup final : public Command {
 public:
  std::string_view name() const override { return "backup"; }
  std::string_view help() const override { return "Copies the archive while it is in use, and checks the copy"; }
  void declare(Syntax& syntax) override { syntax.argument("file", file_, "Where to; it must not be there yet"); }
  int run(Context& context) override {
    const auto database = context.open_archive(archive::Access::read);
    value_or_throw<std::runtime_error>(archive::back_up(*database, file_, show_progress));
    fmt::print("{}: {} bytes, checked\n", file_, std::filesystem::file_size(file_));
    return Exit::done;
  }

 private:
  std::string file_;
};

class Restore final : public Command {
 public:
  std::string_view name() const override { return "restore"; }
  std::string_view help() const override { return "Puts a backup in the archive's place, after checking it"; }
  void declare(Syntax& syntax) override { syntax.argument("file", file_, "The backup"); }
  int run(Context& context) override {
    const auto& archive = context.settings().archive.path;
    value_or_throw<std::runtime_error>(archive::restore(file_, archive, show_progress));
    fmt::print("{} restored from {}\n", archive.string(), file_);
    return Exit::done;
  }

 private:
  std::string file_;
};

}  // namespace

std::unique_ptr<Command> make_check() { return std::make_unique<Check>(); }
std::unique_ptr<Command> make_backup() { return std::make_unique<Backup>(); }
std::unique_ptr<Command> make_restore() { return std::make_unique<Restore>(); }

}  // namespace sotevahti::cli
