// One of tests/tools/*.py running beside a test: started with its port told, ended when
// its owner goes.
#pragma once
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <string>
#include <vector>

namespace sotevahti::test_support {

class Tool {
 public:
  // `name` is below tests/tools. Returns when the tool has written its first line.
  explicit Tool(const std::string& name, const std::vector<std::string>& arguments) {
    std::array<int, 2> to{};
    std::array<int, 2> from{};
    if (pipe2(to.data(), O_CLOEXEC) != 0 || pipe2(from.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    const std::string script = std::string(SOTEVAHTI_SOURCE_DIR) + "/tests/tools/" + name;
    std::vector<char*> words{const_cast<char*>(script.c_str())};
    for (const std::string& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
    words.push_back(nullptr);
    process_ = fork();
    if (process_ == 0) {
      dup2(to[0], STDIN_FILENO);
      dup2(from[1], STDOUT_FILENO);
      execv(words[0], words.data());
      _exit(127);
    }
    close(to[0]);
    close(from[1]);
    to_ = to[1];
    std::string line;
    char c = 0;
    while (read(from[0], &c, 1) == 1 && c != '\n') line += c;
    close(from[0]);
    if (line.empty()) throw std::runtime_error(name + " did not start");
    port_ = line;
  }
  ~Tool() {
    close(to_);  // the end of its standard input is its end
    waitpid(process_, nullptr, 0);
  }
  Tool(const Tool&) = delete;
  Tool& operator=(const Tool&) = delete;

  const std::string& port() const { return port_; }

 private:
  pid_t process_ = -1;
  int to_ = -1;
  std::string port_;
};

}  // namespace sotevahti::test_support
