// sotevahti backup FILE, restore FILE.
#include <fmt/format.h>

#include <filesystem>

#include "archive/maintenance.h"
#include "cli/commands.h"
#include "cli/context.h"
#include "cli/terminal.h"

namespace sotevahti::cli {
namespace {

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

std::unique_ptr<Command> make_backup() { return std::make_unique<Backup>(); }
std::unique_ptr<Command> make_restore() { return std::make_unique<Restore>(); }

}  // namespace sotevahti::cli
