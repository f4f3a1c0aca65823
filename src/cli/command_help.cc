// sotevahti help filter: the filter language, with examples. sotevahti help manual: the man pages.
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/context.h"
#include "cli/manual.h"
#include "cli/pager.h"

namespace sotevahti::cli {
namespace {

constexpr std::string_view filter_text =
    R"(A filter is one text, the same here, on the web, in the API and in subscriptions.
A space is and, a comma is or within a condition, OR is or between conditions, - is not.

Words
  avustus                  any form, also inside compounds: järjestöavustusten
  avustus*                 a beginning
  =avustus                 the exact form alone
  "tarkka sanamuoto"       words that follow each other
  near:"kotihoito säästö"  words within ten of each other

Conditions
  area:pirkanmaa,lappi     counties, helsinki, hus, ahvenanmaa, koko-maa
  topic:rahoitus           sotevahti stats names them all
  kind:decisions           of the source; source:FEED names the source itself
  lang:sv                  fi, sv, en
  publisher:"Kela"
  since:2025-01-01 since:7d until:30d
  has:deadline             deadline:14d closes within two weeks
  story:all                every telling, not one a story

Examples
  sotevahti search 'area:kainuu topic:jarjestoavustukset'
  sotevahti search 'deadline:14d -kind:media' --json
  sotevahti search '(lakkautus OR yhdistäminen) terveysasema since:90d'
  sotevahti search 'bidrag lang:sv' --sort rank
)";

class HelpFilter final : public Command {
 public:
  std::string_view name() const override { return "help filter"; }
  std::string_view help() const override { return "Explains filters, with examples"; }
  void declare(Syntax&) override {}
  int run(Context&) override {
    const Pager pager;
    fmt::print("{}", filter_text);
    return Exit::done;
  }
};

// For those who build a package; `man` shows what is installed.
class HelpManual final : public Command {
 public:
  std::string_view name() const override { return "help manual"; }
  std::string_view help() const override { return "Prints a man page of the program in roff"; }
  void declare(Syntax& syntax) override {
    syntax.argument("page", page_, "sotevahti, sotevahti.toml or sotevahti-filter");
  }
  int run(Context&) override {
    fmt::print("{}", text());
    return Exit::done;
  }

 private:
  std::string text() const {
    if (page_ == "sotevahti") return program_manual();
    if (page_ == "sotevahti.toml") return settings_manual();
    if (page_ == "sotevahti-filter") return filter_manual();
    throw UsageError("there is no page " + page_ + ": write sotevahti, sotevahti.toml or sotevahti-filter");
  }

  std::string page_;
};

}  // namespace

std::string_view filter_help() { return filter_text; }

std::unique_ptr<Command> make_help_filter() { return std::make_unique<HelpFilter>(); }
std::unique_ptr<Command> make_help_manual() { return std::make_unique<HelpManual>(); }

}  // namespace sotevahti::cli
