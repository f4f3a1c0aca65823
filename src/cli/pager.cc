#include "cli/pager.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio_ext.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <vector>

#include "cli/terminal.h"

namespace sotevahti::cli {
namespace {

constexpr const char* usual = "less";
constexpr const char* usual_options = "LESS=FRX";  // leaves at once where all fits; takes colour; keeps the screen

std::string_view variable(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nothing sets it
  return value == nullptr ? "" : value;
}

bool is_set(const char* name) { return std::getenv(name) != nullptr; }  // NOLINT(concurrency-mt-unsafe)

bool is_installed(std::string_view program) {
  std::string_view path = variable("PATH");
  while (!path.empty()) {
    const auto end = path.find(':');
    const auto file = std::filesystem::path(path.substr(0, end)) / program;
    if (access(file.c_str(), X_OK) == 0) return true;
    path.remove_prefix(end == path.npos ? path.size() : end + 1);
  }
  return false;
}

// Empty: none.
std::string chosen() {
  for (const char* name : {"SOTEVAHTI_PAGER", "PAGER"}) {
    if (!is_set(name)) continue;
    const std::string command(variable(name));
    return command == "cat" ? "" : command;
  }
  return is_installed(usual) ? usual : "";
}

// The pager's own environment and signals; what it reads is a pipe's end.
pid_t spawn(const std::string& command, int input) {
  std::vector<char*> environment;
  for (char** each = environ; *each != nullptr; ++each) environment.push_back(*each);
  std::string options = usual_options;
  if (!is_set("LESS")) environment.push_back(options.data());
  environment.push_back(nullptr);

  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t usual_signals;
  sigemptyset(&usual_signals);
  sigaddset(&usual_signals, SIGPIPE);
  sigaddset(&usual_signals, SIGINT);
  posix_spawnattr_setsigdefault(&attributes, &usual_signals);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);

  std::string shell = "sh";
  std::string flag = "-c";
  std::string words = command;
  char* const arguments[] = {shell.data(), flag.data(), words.data(), nullptr};
  pid_t process = -1;
  if (posix_spawn(&process, "/bin/sh", &files, &attributes, arguments, environment.data()) != 0) process = -1;
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&files);
  return process;
}

}  // namespace

Pager::Pager() {
  if (!stdout_is_terminal() || variable("TERM") == "dumb") return;
  if (const std::string command = chosen(); !command.empty()) start(command);
}

void Pager::start(const std::string& command) {
  (void)terminal_width();  // is remembered: a pipe has none
  if (command.find(usual) == command.npos) forget_links();
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return;
  std::fflush(stdout);
  process_ = spawn(command, ends[0]);
  close(ends[0]);
  if (process_ > 0) {
    terminal_ = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
    dup2(ends[1], STDOUT_FILENO);
    std::signal(SIGINT, SIG_IGN);  // it is the pager's: it stops the reading there, not us
  }
  close(ends[1]);
}

Pager::~Pager() {
  if (process_ <= 0) return;
  std::fflush(stdout);
  __fpurge(stdout);  // what the reader did not want to see
  dup2(terminal_, STDOUT_FILENO);
  close(terminal_);
  while (waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {}
  std::signal(SIGINT, SIG_DFL);
}

}  // namespace sotevahti::cli
