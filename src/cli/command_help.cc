// sotevahti help filter: the filter language, with examples.
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/pager.h"

namespace sotevahti::cli {
namespace {

constexpr const char* filter_help = R"(A filter is one text, the same here, on the web, in the API and in subscriptions.
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
    fmt::print("{}", filter_help);
    return Exit::done;
  }
};

}  // namespace

std::unique_ptr<Command> make_help_filter() { return std::make_unique<HelpFilter>(); }

}  // namespace sotevahti::cli
