// sotevahti stats: totals, and entries by area and topic.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "archive/search.h"
#include "cli/commands.h"
#include "cli/context.h"
#include "cli/json.h"
#include "cli/pager.h"
#include "cli/prose.h"
#include "cli/table.h"
#include "cli/terminal.h"

namespace sotevahti::cli {
namespace {

constexpr std::size_t longest_bar = 60;

// To an eighth of a column.
std::string bar(std::size_t count, std::size_t most, std::size_t columns) {
  constexpr std::array<std::string_view, 8> eighths = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  if (most == 0) return "";
  const std::size_t length = std::max<std::size_t>(1, count * columns * 8 / most);
  std::string out;
  for (std::size_t i = 0; i < length / 8; ++i) out += "█";
  return out.append(eighths[length % 8]);
}

void print_counts(const char* title, const std::vector<archive::FacetCount>& counts) {
  std::size_t most = 0;
  std::size_t widest = 0;
  for (const auto& count : counts) {
    most = std::max(most, count.count);
    widest = std::max(widest, count.value.size());
  }
  const std::size_t taken = widest + 2 + std::max<std::size_t>(7, std::to_string(most).size()) + 2;
  const std::size_t room = terminal_width() > taken ? std::min(longest_bar, terminal_width() - taken) : 0;
  Table table({{title}, {"entries", true}, {""}});
  for (const auto& count : counts) table.row({count.value, std::to_string(count.count), bar(count.count, most, room)});
  fmt::print("\n{}", table.print(terminal_width()));
}

// Five columns at most: 12345, 123k.
std::string in_short(std::size_t count) {
  return count < 100000 ? std::to_string(count) : fmt::format("{}k", count / 1000);
}

std::vector<JsonObject> as_json(const std::vector<archive::FacetCount>& counts) {
  std::vector<JsonObject> list;
  for (const auto& count : counts) {
    JsonObject object;
    object.add("id", count.value).add("entries", count.count);
    list.push_back(std::move(object));
  }
  return list;
}

using Cells = std::map<std::pair<std::string, std::string>, std::size_t>;

class Stats final : public Command {
 public:
  std::string_view name() const override { return "stats"; }
  std::string_view help() const override { return "What the archive holds, by area and topic"; }
  void declare(Syntax& syntax) override {
    syntax.flag("--json", json_, "As JSON");
    syntax.flag("--csv", csv_, "Areas by topics, as CSV");
    syntax.flag("--table", table_, "Areas by topics");
    syntax.excludes("--json", "--csv");
    syntax.excludes("--json", "--table");
    syntax.excludes("--csv", "--table");
  }

  int run(Context& context) override {
    const auto database = context.open_archive(archive::Access::read);
    archive::Search search(*database, context.taxonomy(), context.clock().now());
    if (csv_) {
      print_csv(search);
    } else if (json_) {
      print_json(search);
    } else {
      print(context, search);
    }
    return Exit::done;
  }

 private:
  static void print_json(archive::Search& search) {
    const archive::Totals totals = search.totals();
    const archive::Facets facets = search.whole_facets();
    JsonObject line;
    line.add("entries", totals.entries).add("stories", totals.stories).add("feeds", totals.feeds);
    line.add("revisions", totals.revisions).add("deadlines", totals.deadlines);
    line.add("subscribers", totals.subscribers).add("subscriptions", totals.subscriptions);
    line.add("outbox_waiting", totals.outbox_waiting).add("bytes", static_cast<std::int64_t>(totals.bytes));
    line.add("bytes_an_entry", bytes_an_entry(totals));
    line.add("areas", as_json(facets.areas)).add("topics", as_json(facets.topics));
    fmt::print("{}\n", line.print());
  }

  static double bytes_an_entry(const archive::Totals& totals) {
    return totals.entries == 0 ? 0 : static_cast<double>(totals.bytes) / static_cast<double>(totals.entries);
  }

  static void print_csv(archive::Search& search) {
    fmt::print("area,topic,entries,newest\r\n");
    for (const auto& cell : search.coverage(base::Time{}))
      fmt::print("{},{},{},{}\r\n", cell.area, cell.topic, cell.entries,
                 cell.newest ? base::to_rfc3339(*cell.newest) : "");
  }

  void print(Context& context, archive::Search& search) const {
    const archive::Totals totals = search.totals();
    const std::optional<archive::Facets> facets = table_ ? std::nullopt : std::optional(search.whole_facets());
    const Cells cells = table_ ? cells_of(search) : Cells{};
    const Pager pager;
    const std::string lines = fmt::format(
        "{} entries in {} stories from {} feeds; {} revisions, {} deadlines\n"
        "{} subscribers with {} subscriptions; {} messages waiting\n"
        "{:.1f} MB, {:.0f} bytes an entry\n",
        totals.entries, totals.stories, totals.feeds, totals.revisions, totals.deadlines, totals.subscribers,
        totals.subscriptions, totals.outbox_waiting, static_cast<double>(totals.bytes) / 1e6, bytes_an_entry(totals));
    fmt::print("{}", prose(lines, terminal_width()));
    if (facets) {
      print_counts("area", facets->areas);
      print_counts("topic", facets->topics);
    } else {
      print_table(context.taxonomy(), cells);
    }
  }

  static Cells cells_of(archive::Search& search) {
    Cells cells;
    for (const auto& cell : search.coverage(base::Time{})) cells[{cell.area, cell.topic}] = cell.entries;
    return cells;
  }

  // As many topics beside each other as there is room for; the rest below.
  static void print_table(const config::Taxonomy& taxonomy, const Cells& cells) {
    constexpr std::size_t topic_columns = 7;
    std::size_t widest = 0;
    for (const auto& area : taxonomy.areas) widest = std::max(widest, area.id.size());
    const std::size_t room = terminal_width() > widest ? terminal_width() - widest : 0;
    const std::size_t beside = std::max<std::size_t>(1, room / topic_columns);
    for (std::size_t first = 0; first < taxonomy.topics.size(); first += beside) {
      const std::size_t last = std::min(first + beside, taxonomy.topics.size());
      std::vector<Table::Column> columns{{"area"}};
      for (std::size_t i = first; i < last; ++i) columns.push_back({taxonomy.topics[i].id.substr(0, 5), true, false});
      Table table(std::move(columns));
      for (const auto& area : taxonomy.areas) {
        std::vector<std::string> row{area.id};
        for (std::size_t i = first; i < last; ++i) {
          const auto at = cells.find({area.id, taxonomy.topics[i].id});
          row.push_back(at == cells.end() ? "·" : in_short(at->second));
        }
        table.row(std::move(row));
      }
      fmt::print("\n{}", table.print(terminal_width()));
    }
  }

  bool json_ = false, csv_ = false, table_ = false;
};

}  // namespace

std::unique_ptr<Command> make_stats() { return std::make_unique<Stats>(); }

}  // namespace sotevahti::cli
