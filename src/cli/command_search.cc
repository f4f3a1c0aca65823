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
    syntax.count("--limit", limit_, most, "At most so many");
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
    page.order = sort_ == "rank" ? archive::Order::rank : archive::Order::newest;

    std::optional<Pager> pager;
    archive::Found found;
    std::size_t shown = 0;
    do {  // more than a page is asked for page by page
      page.limit = std::min(limit_ - shown, archive::largest_page);
      found = search.find(filter, page);
      if (shown == 0) begin(found, pager);
      print(found.entries);
      shown += found.entries.size();
      page.cursor = found.next;
    } while (shown < limit_ && !found.entries.empty() && !found.next.empty() && !found.cut);

    if (found.cut) tell("The search was ended early; there may be more. Make the filter narrower.\n");
    if (shown == 0) tell("Nothing found.\n");
    else if (!found.next.empty() && limit_ < most && !json_ && !csv_)
      tell("There is more: --limit {}\n", std::min(limit_ * 5, most));
    return shown == 0 ? Exit::not_all : Exit::done;
  }

 private:
  // What stands before the first.
  void begin(const archive::Found& found, std::optional<Pager>& pager) const {
    if (csv_) fmt::print("{}", archive::csv_head());
    else if (!json_ && !found.entries.empty()) pager.emplace();
  }

  void print(const std::vector<archive::EntrySummary>& entries) const {
    for (const auto& entry : entries) {
      if (json_) fmt::print("{}\n", archive::entry_json(entry));
      else if (csv_) fmt::print("{}", archive::csv_line(entry));
      else fmt::print("{}\n", for_person(entry, terminal_width()));
    }
  }

  static constexpr std::size_t most = 1'000'000;  // of entries in one answer

  std::vector<std::string> words_;
  std::size_t limit_ = 20;
  std::string sort_ = "new";
  bool json_ = false, csv_ = false;
};

}  // namespace

std::unique_ptr<Command> make_search() { return std::make_unique<Search>(); }

}  // namespace sotevahti::cli
