// sotevahti stats: totals, and entries by area and topic.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "archive/search.h"
#include "cli/commands.h"
#include "cli/context.h"
#include "cli/json.h"
#include "cli/terminal.h"

namespace sotevahti::cli {
namespace {

constexpr std::size_t longest_bar = 30;

std::string bar(std::size_t count, std::size_t most) {
  std::string out;
  const std::size_t blocks = most == 0 ? 0 : (count * longest_bar + most - 1) / most;
  for (std::size_t i = 0; i < blocks; ++i) out += "▇";
  return out;
}

void print_counts(const char* title, const std::vector<archive::FacetCount>& counts) {
  std::size_t most = 0;
  for (const auto& count : counts) most = std::max(most, count.count);
  Table table({{title}, {"entries", true}, {"", false, true}});
  for (const auto& count : counts) table.row({count.value, std::to_string(count.count), bar(count.count, most)});
  fmt::print("\n{}", table.print(terminal_width()));
}

class Stats final : public Command {
 public:
  std::string_view name() const override { return "stats"; }
  std::string_view help() const override { return "What the archive holds, by area and topic"; }
  void declare(Syntax& syntax) override {
    syntax.flag("--json", json_, "As JSON");
    syntax.flag("--table", table_, "Areas by topics");
  }

  int run(Context& context) override {
    const auto database = context.open_archive(archive::Access::read);
    archive::Search search(*database, context.taxonomy(), context.clock().now());
    const archive::Totals totals = search.totals();
    const double bytes_an_entry =
        totals.entries == 0 ? 0 : static_cast<double>(totals.bytes) / static_cast<double>(totals.entries);
    if (json_) {
      JsonObject line;
      line.add("entries", totals.entries).add("stories", totals.stories).add("feeds", totals.feeds);
      line.add("revisions", totals.revisions).add("deadlines", totals.deadlines);
      line.add("subscribers", totals.subscribers).add("subscriptions", totals.subscriptions);
      line.add("outbox_waiting", totals.outbox_waiting).add("bytes", static_cast<std::int64_t>(totals.bytes));
      line.add("bytes_an_entry", bytes_an_entry);
      fmt::print("{}\n", line.print());
      return Exit::done;
    }
    fmt::print("{} entries in {} stories from {} feeds; {} revisions, {} deadlines\n", totals.entries, totals.stories,
               totals.feeds, totals.revisions, totals.deadlines);
    fmt::print("{} subscribers with {} subscriptions; {} messages waiting\n", totals.subscribers, totals.subscriptions,
               totals.outbox_waiting);
    fmt::print("{:.1f} MB, {:.0f} bytes an entry\n", static_cast<double>(totals.bytes) / 1e6, bytes_an_entry);
    if (table_) {
      print_table(context, search);
    } else {
      const auto facets = search.facets({});
      print_counts("area", facets.areas);
      print_counts("topic", facets.topics);
    }
    return Exit::done;
  }

 private:
  static void print_table(Context& context, archive::Search& search) {
    std::map<std::pair<std::string, std::string>, std::size_t> cells;
    for (const auto& cell : search.coverage(base::Time{})) cells[{cell.area, cell.topic}] = cell.entries;
    std::vector<Table::Column> columns{{"area"}};
    for (const auto& topic : context.taxonomy().topics) columns.push_back({topic.id.substr(0, 5), true, false});
    Table table(std::move(columns));
    for (const auto& area : context.taxonomy().areas) {
      std::vector<std::string> row{area.id};
      for (const auto& topic : context.taxonomy().topics) {
        const auto at = cells.find({area.id, topic.id});
        row.push_back(at == cells.end() ? "·" : std::to_string(at->second));
      }
      table.row(std::move(row));
    }
    fmt::print("\n{}", table.print(terminal_width()));
  }

  bool json_ = false, table_ = false;
};

}  // namespace

std::unique_ptr<Command> make_stats() { return std::make_unique<Stats>(); }

}  // namespace sotevahti::cli
