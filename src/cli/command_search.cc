// sotevahti search FILTER: the archive's stories that answer a filter, newest first.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "archive/entry_forms.h"
#include "archive/search.h"
#include "cli/commands.h"
#include "cli/context.h"
#include "cli/entry_lines.h"
#include "cli/pager.h"
#include "cli/terminal.h"

namespace sotevahti::cli {
namespace {

class Search final : public Command {
 public:
  std::string_view name() const override { return "search"; }
  std::string_view help() const override { return "Asks the archive (see: sotevahti search --help)"; }
  void declare(Syntax& syntax) override {
    syntax.filter_words("filter", words_, "What to look for; everything where nothing is given");
    syntax.count("--limit", limit_, archive::largest_page, "At most so many");
    syntax.choice("--sort", sort_, {"new", "rank"}, "Newest first, or best first");
    syntax.flag("--json", json_, "As JSON Lines");
    syntax.flag("--csv", csv_, "As CSV");
    syntax.excludes("--json", "--csv");
    syntax.footer(
        "A filter's words (space is and, comma is or, - is not):\n"
        "  avustus                 any form, also inside compounds: järjestöavustusten\n"
        "  avustus*  =avustus      a beginning; the exact form alone\n"
        "  \"tarkka sanamuoto\"      words that follow each other\n"
        "  near:\"kotihoito säästö\" words within ten of each other\n"
        "  area:pirkanmaa,lappi  topic:rahoitus  kind:decisions  lang:sv  source:FEED\n"
        "  publisher:\"...\"  since:2025-01-01  until:7d  has:deadline  deadline:14d  story:all\n"
        "  (a OR b) -c");
  }

  int run(Context& context) override {
    std::string text;
    for (const auto& word : words_) text += (text.empty() ? "" : " ") + word;
    const archive::Filter filter = context.filter(text);
    const auto database = context.open_archive(archive::Access::read);
    archive::Search search(*database, context.taxonomy(), context.clock().now());
    archive::Page page;
    page.limit = limit_;
    page.order = sort_ == "rank" ? archive::Order::rank : archive::Order::newest;
    const archive::Found found = search.find(filter, page);

    print(found.entries);
    if (found.cut) tell("The search was ended early; there may be more. Make the filter narrower.\n");
    if (found.entries.empty()) tell("Nothing found.\n");
    else if (!found.next.empty() && !json_ && !csv_) tell("There is more: {}\n", how_to_see_more());
    return found.entries.empty() ? Exit::not_all : Exit::done;
  }

 private:
  std::string how_to_see_more() const {
    if (limit_ == archive::largest_page) return "make the filter narrower";
    return fmt::format("--limit {}", std::min(limit_ * 5, archive::largest_page));
  }

  void print(const std::vector<archive::EntrySummary>& entries) const {
    std::optional<Pager> pager;
    if (!json_ && !csv_ && !entries.empty()) pager.emplace();
    if (csv_) fmt::print("{}", archive::csv_head());
    for (const auto& entry : entries) {
      if (json_) fmt::print("{}\n", archive::entry_json(entry));
      else if (csv_) fmt::print("{}", archive::csv_line(entry));
      else fmt::print("{}\n", for_person(entry, terminal_width()));
    }
  }

  std::vector<std::string> words_;
  std::size_t limit_ = 20;
  std::string sort_ = "new";
  bool json_ = false, csv_ = false;
};

}  // namespace

std::unique_ptr<Command> make_search() { return std::make_unique<Search>(); }

}  // namespace sotevahti::cli
