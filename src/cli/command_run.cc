// sotevahti run: the service. sotevahti serve: the web alone.
#include <fmt/format.h>

#include <cstdio>

#include "cli/commands.h"
#include "cli/context.h"
#include "service/daemon.h"

namespace sotevahti::cli {
namespace {

int run_service(Context& context, service::DaemonOptions options) {
  // So that errors of the configuration have their own exit status.
  value_or_throw<ConfigurationError>(config::find_catalogue(context.settings().feeds.dir));
  context.catalogue();
  options.config_file = context.config_file();
  options.ready = [](const std::string& web) {
    if (!web.empty()) fmt::print("{}/\n", web);
    std::fflush(stdout);
  };
  value_or_throw<std::runtime_error>(service::run_daemon(options, context.clock()));
  return Exit::done;
}

class Run final : public Command {
 public:
  std::string_view name() const override { return "run"; }
  std::string_view help() const override { return "The service: polls, tags, sends digests, serves the web"; }
  void declare(Syntax& syntax) override {
    syntax.flag("--no-web", no_web_, "Without the web");
    syntax.flag("--no-send", no_send_, "Without building and sending digests");
  }
  int run(Context& context) override {
    service::DaemonOptions options;
    options.serves = !no_web_;
    options.sends = !no_send_;
    return run_service(context, std::move(options));
  }

 private:
  bool no_web_ = false, no_send_ = false;
};

class Serve final : public Command {
 public:
  std::string_view name() const override { return "serve"; }
  std::string_view help() const override { return "The web alone, beside a running service or without one"; }
  void declare(Syntax&) override {}
  int run(Context& context) override {
    service::DaemonOptions options;
    options.polls = options.sends = false;
    return run_service(context, std::move(options));
  }
};

}  // namespace

std::unique_ptr<Command> make_run() { return std::make_unique<Run>(); }
std::unique_ptr<Command> make_serve() { return std::make_unique<Serve>(); }

}  // namespace sotevahti::cli
