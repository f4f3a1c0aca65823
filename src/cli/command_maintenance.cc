// sotevahti backup FILE, restore FILE.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <vector>

#include "archive/holder.h"
#include "archive/maintenance.h"
#include "base/zone.h"
#include "cli/commands.h"
#include "cli/context.h"
#include "cli/terminal.h"

namespace sotevahti::cli {
namespace {

class Backup final : public Command {
 public:
  std::string_view name() const override { return "backup"; }
  std::string_view help() const override { return "Copies the archive while it is in use, and checks the copy"; }
  void declare(Syntax& syntax) override {
    syntax.argument("file", file_, "Where to; it must not be there yet. In a folder it gets a name with the time");
    syntax.option("--keep", keep_, "Of the backups in the folder keep only so many, the newest (0: all)");
  }
  int run(Context& context) override {
    const std::filesystem::path given = file_;
    const bool in_folder = std::filesystem::is_directory(given);
    if (keep_ > 0 && !in_folder) throw UsageError(fmt::format("--keep goes with a folder, and {} is none", file_));
    const auto target = in_folder ? given / name_at(context.clock().now()) : given;
    const auto database = context.open_archive(archive::Access::read);
    value_or_throw<std::runtime_error>(archive::back_up(*database, target, show_progress));
    fmt::print("{}: {} bytes, checked\n", target.string(), std::filesystem::file_size(target));
    if (keep_ > 0) remove_older(given);
    return Exit::done;
  }

 private:
  static constexpr std::string_view prefix = "sotevahti-", suffix = ".db";

  // sotevahti-20260222T034000Z.db: in the order of their names they are in that of time.
  static std::string name_at(base::Time now) {
    std::string time = base::to_rfc3339(now);
    std::erase_if(time, [](char c) { return c == '-' || c == ':'; });
    return fmt::format("{}{}{}", prefix, time, suffix);
  }

  void remove_older(const std::filesystem::path& folder) const {
    std::vector<std::filesystem::path> backups;
    for (const auto& each : std::filesystem::directory_iterator(folder)) {
      const std::string name = each.path().filename();
      if (name.size() == name_at({}).size() && name.starts_with(prefix) && name.ends_with(suffix))
        backups.push_back(each.path());
    }
    std::sort(backups.begin(), backups.end());
    for (std::size_t i = 0; i + keep_ < backups.size(); ++i) {
      std::filesystem::remove(backups[i]);
      fmt::print("{}: removed, {} newer ones are kept\n", backups[i].string(), keep_);
    }
  }

  std::string file_;
  std::size_t keep_ = 0;
};

class Restore final : public Command {
 public:
  std::string_view name() const override { return "restore"; }
  std::string_view help() const override { return "Puts a backup in the archive's place, after checking it"; }
  void declare(Syntax& syntax) override { syntax.argument("file", file_, "The backup"); }
  int run(Context& context) override {
    const auto& archive = context.settings().archive.path;
    const auto holder =
        value_or_throw<std::runtime_error>(archive::Holder::take(archive, "sotevahti restore", context.clock().now()));
    value_or_throw<std::runtime_error>(archive::restore(file_, archive, show_progress));
    fmt::print("{} restored from {}\n", archive.string(), file_);
    return Exit::done;
  }

 private:
  std::string file_;
};

}  // namespace

std::unique_ptr<Command> make_backup() { return std::make_unique<Backup>(); }
std::unique_ptr<Command> make_restore() { return std::make_unique<Restore>(); }

}  // namespace sotevahti::cli
