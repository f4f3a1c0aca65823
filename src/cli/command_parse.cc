// sotevahti parse --json: what the parser makes of a document, as JSON.
#include <fmt/format.h>

#include <cstdio>
#include <iostream>

#include "base/content.h"
#include "cli/commands.h"
#include "cli/context.h"
#include "feed/document.h"
#include "feed/json.h"

namespace sotevahti::cli {
namespace {

constexpr std::size_t most_bytes = std::size_t{64} << 20;  // more than a poll takes unless it is told to

std::string read_all(const std::string& file) {
  auto bytes = file == "-" ? base::content_of_standard_input(most_bytes) : base::content_of(file, most_bytes);
  if (!bytes) throw std::runtime_error((file == "-" ? "standard input" : file) + " " + bytes.error().message);
  return std::move(*bytes);
}

class Parse final : public Command {
 public:
  std::string_view name() const override { return "parse"; }
  std::string_view help() const override { return "Shows what a feed document holds"; }
  void declare(Syntax& syntax) override {
    syntax.flag("--json", json_, "As JSON (the only form)");
    syntax.flag("--batch", batch_, "Read lines FILE<TAB>BASE-URL<TAB>CONTENT-TYPE, answer each with a line");
    syntax.option("--base-url", base_url_, "The address that the document came from", "URL");
    syntax.option("--content-type", content_type_, "The HTTP header's value with its parameters", "TYPE");
    syntax.argument("file", file_, "The document, - for standard input", false);
  }
  int run(Context&) override {
    if (batch_) return run_batch();
    if (file_.empty()) throw UsageError("parse: name a file, or - for standard input");
    feed::ParseOptions options;
    options.base_url = base_url_;
    options.content_type = content_type_;
    const feed::Document document = feed::parse(read_all(file_), options);
    fmt::print("{}\n", feed::to_json(document));
    return document.is_feed() ? Exit::done : Exit::not_all;
  }

 private:
  static int run_batch() {
    std::string line;
    while (std::getline(std::cin, line)) {
      const auto first = line.find('\t');
      const auto second = first == line.npos ? line.npos : line.find('\t', first + 1);
      feed::ParseOptions options;
      if (first != line.npos)
        options.base_url = line.substr(first + 1, second == line.npos ? second : second - first - 1);
      if (second != line.npos) options.content_type = line.substr(second + 1);
      std::string answer;
      try {
        answer = feed::to_json(feed::parse(read_all(line.substr(0, first)), options));
      } catch (const std::exception& e) {  // a file that is not there
        feed::Document document;
        document.not_a_feed = feed::NotAFeed::unreadable;
        document.error = e.what();
        answer = feed::to_json(document);
      }
      fmt::print("{}\n", answer);
      std::fflush(stdout);
    }
    require_whole_input();
    return Exit::done;
  }

  bool json_ = true;
  bool batch_ = false;
  std::string base_url_, content_type_, file_;
};

}  // namespace

std::unique_ptr<Command> make_parse() { return std::make_unique<Parse>(); }

}  // namespace sotevahti::cli
