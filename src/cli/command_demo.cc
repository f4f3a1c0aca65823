// sotevahti demo [--once]: the whole pipeline on bundled sample feeds.
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include "base/log.h"
#include "cli/commands.h"
#include "cli/context.h"
#include "cli/terminal.h"
#include "service/daemon.h"
#include "service/demo.h"

namespace sotevahti::cli {
namespace {

std::filesystem::path own_folder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "sotevahti-demo-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make a folder like " + pattern);
  return pattern;
}

class Demo final : public Command {
 public:
  std::string_view name() const override { return "demo"; }
  std::string_view help() const override { return "The whole pipeline on bundled sample feeds, over loopback"; }
  void declare(Syntax& syntax) override {
    syntax.flag("--once", once_, "End after the digest, without serving the web");
    syntax.option("--into", folder_, "The folder to work in (default: a new one)", "DIR");
  }

  int run(Context& context) override {
    const std::filesystem::path folder = folder_.empty() ? own_folder() : std::filesystem::path(folder_);
    const auto demo = value_or_throw<std::runtime_error>(service::Demo::prepare(folder, context.clock()));
    const auto report = value_or_throw<std::runtime_error>(demo->run());
    fmt::print("{} sample feeds on loopback: {} entries archived last evening, {} more this morning.\n", report.feeds,
               report.archived, report.fresh);
    for (const auto& trouble : report.troubles) fmt::print("  not read: {}\n", base::one_line(trouble));
    fmt::print("\n{}\n{}\n", styled("── the digest ──", Style::dim), report.digest);
    for (const auto& mail : report.mails) fmt::print("mail     {}\n", mail.string());
    fmt::print("archive  {}\n", (folder / "sotevahti.db").string());
    fmt::print("ask it   sotevahti --config {} search avustus\n", demo->config_file().string());
    if (report.digest.empty() || report.mails.empty()) throw std::runtime_error("the demo brought no digest");
    if (once_) return Exit::done;

    service::DaemonOptions options;
    options.config_file = demo->config_file().string();
    options.ready = [](const std::string& web) {
      fmt::print("web      {}/   (Ctrl-C ends)\n", web);
      std::fflush(stdout);
    };
    value_or_throw<std::runtime_error>(service::run_daemon(options, context.clock()));
    return Exit::done;
  }

 private:
  bool once_ = false;
  std::string folder_;
};

}  // namespace

std::unique_ptr<Command> make_demo() { return std::make_unique<Demo>(); }

}  // namespace sotevahti::cli
