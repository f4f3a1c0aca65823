// Any text as a filter: a tree that prints to a text of the same tree, and that the archive
// can be asked by, or an error with its place.
#include <cstdint>
#include <string>
#include <string_view>

#include "archive/database.h"
#include "archive/filter.h"
#include "archive/search.h"
#include "config/taxonomy.h"
#include "fuzz/demand.h"
#include "support/temp_folder.h"
#include "text/utf8.h"

namespace {

using namespace sotevahti;
using test_support::demand;

class Archive {
 public:
  Archive() : database_(open()), taxonomy_(config::load_taxonomy({}).value()) {}

  void ask(const archive::Filter& filter) {
    archive::Search search(*database_, taxonomy_, base::Time(std::chrono::hours(490000)));
    archive::Page page;
    page.limit = 5;
    search.find(filter, page);
  }

 private:
  std::unique_ptr<archive::Database> open() {
    archive::OpenOptions options;
    options.lexicon_cache_bytes = std::size_t{4} << 20;
    return archive::Database::open(folder_ / "archive.db", options).value();
  }

  test_support::TempFolder folder_;
  std::unique_ptr<archive::Database> database_;
  config::Taxonomy taxonomy_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Archive archive;
  static const archive::FilterNames names{{"pirkanmaa", "lappi"}, {"jarjestoavustukset"}, {"thl", "stm"}};
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  for (const auto& known : {archive::FilterNames{}, names}) {
    const auto filter = archive::parse_filter(input, known);
    if (!filter) {
      demand(!filter.error().cause.empty(), "an error without a cause", input);
      demand(filter.error().position <= size, "a place outside of the text", input);
      demand(!filter.error().for_person(input).empty(), "nothing for a person", input);
      continue;
    }
    const std::string printed = archive::print_filter(*filter);
    const auto again = archive::parse_filter(printed, known);
    demand(again.has_value() && *again == *filter, "printed it is another filter", printed);
    if (text::is_valid_utf8(input)) archive.ask(*filter);
  }
  return 0;
}
