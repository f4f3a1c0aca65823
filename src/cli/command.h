// A command of the command line: its words, what it takes, what it does. One file a
// command (command_<name>.cc); commands.cc lists them. CLI11 stays behind Syntax, in
// cli.cc, so that it is compiled once.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

namespace sotevahti::cli {

class Context;

// Exit statuses, a contract with scripts.
enum Exit : int { done = 0, not_all = 1, usage = 2, failed = 3, configuration = 78 };

// Binds what is written on the command line to variables, which keep their value as
// the default where nothing is written.
class Syntax {
 public:
  explicit Syntax(CLI::App& app) : app_(app) {}
  void flag(const char* names, bool& to, const char* help);
  // Never empty, as an unset variable of a script is.
  void option(const char* names, std::string& to, const char* help, const char* value_name = "TEXT");
  void option(const char* names, std::size_t& to, const char* help, const char* value_name = "N");
  // From 1 to `most`.
  void count(const char* names, std::size_t& to, std::size_t most, const char* help);
  // One of these words.
  void choice(const char* names, std::string& to, std::vector<std::string> words, const char* help);
  void argument(const char* name, std::string& to, const char* help, bool required = true);
  // The rest of the line.
  void arguments(const char* name, std::vector<std::string>& to, const char* help, bool required = false);
  // The same, of a filter: it may begin with "-".
  void filter(const char* name, std::string& to, const char* help);
  void filter_words(const char* name, std::vector<std::string>& to, const char* help);
  // Of two options that were declared: they contradict each other; one says nothing without the other.
  void excludes(const char* one, const char* other);
  void needs(const char* one, const char* other);
  void footer(std::string text);

  bool takes_filter() const { return takes_filter_; }

 private:
  CLI::App& app_;
  bool takes_filter_ = false;
};

class Command {
 public:
  Command() = default;
  Command(const Command&) = delete;
  Command& operator=(const Command&) = delete;
  virtual ~Command() = default;
  virtual std::string_view name() const = 0;  // "poll", or "feeds list"
  virtual std::string_view help() const = 0;  // one line
  virtual void declare(Syntax& syntax) = 0;
  virtual int run(Context& context) = 0;
};

// What a command takes, as it declares it: for the manual and for completion.
struct OptionWords {
  std::string names;  // "--limit", "-o,--output"; of an argument its name
  std::string value;  // "N", empty for a flag
  std::string help;
  bool is_argument = false;
  bool is_required = false;
};
std::vector<OptionWords> option_words(Command& command);
// The long names alone: "--limit", "--json" ...
std::vector<std::string> option_names(Command& command);
bool takes_filter(Command& command);

// In the order of the help.
std::vector<std::unique_ptr<Command>> all_commands();

// The program: reads the line, finds the command, reports what it throws.
int run(int argc, char** argv);

}  // namespace sotevahti::cli
