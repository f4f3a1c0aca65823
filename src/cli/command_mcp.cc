// sotevahti mcp: the archive for assistants, by the Model Context Protocol over standard
// input and output. Ends with its input.
#include <cstdio>
#include <iostream>

#include "cli/commands.h"
#include "cli/context.h"
#include "cli/mcp_server.h"

namespace sotevahti::cli {
namespace {

// Without the line feed; of a line that is too long no more than tells so. False at the end.
bool read_line(std::string& line) {
  line.clear();
  for (int c = std::cin.get(); c != std::char_traits<char>::eof(); c = std::cin.get()) {
    if (c == '\n') return true;
    if (line.size() <= McpServer::longest_line) line += static_cast<char>(c);
  }
  return !line.empty();
}

class Mcp final : public Command {
 public:
  std::string_view name() const override { return "mcp"; }
  std::string_view help() const override {
    return "Serves the archive to assistants (Model Context Protocol on stdio)";
  }
  void declare(Syntax& syntax) override {
    syntax.footer("Reads only. Tools: search, show, deadlines, coverage; filters as in sotevahti search --help.");
  }

  int run(Context& context) override {
    const auto database = context.open_archive(archive::Access::read);
    McpServer server(*database, context.taxonomy(), context.catalogue(), context.clock());
    std::string line;
    while (read_line(line)) {
      if (line.find_first_not_of(" \t\r") == line.npos) continue;
      if (const auto answer = server.answer(line)) {
        std::fwrite(answer->data(), 1, answer->size(), stdout);
        std::fputc('\n', stdout);
        std::fflush(stdout);
      }
    }
    require_whole_input();
    return Exit::done;
  }
};

}  // namespace

std::unique_ptr<Command> make_mcp() { return std::make_unique<Mcp>(); }

}  // namespace sotevahti::cli
