#include "archive/entry_forms.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "archive/query.h"
#include "archive/search.h"
#include "samples.h"

namespace sotevahti::archive {
namespace {

using namespace std::chrono_literals;
using samples::start;
using Json = nlohmann::json;

// A call whose date was moved, with the words that led to its area.
class EntryForms : public testing::Test {
 protected:
  EntryForms() {
    call_.tags.areas = {{"pirkanmaa", 1.5, {{tag::Field::title, 0, 9, "Pirkanmaa", "name: Pirkanmaa"}}}};
    call_.tags.deadlines = {samples::deadline(tag::DeadlineKind::grant, 2026, 3, 15)};
    samples::store(*database_, "pirha", start(), {call_});
    call_.tags.deadlines = {samples::deadline(tag::DeadlineKind::grant, 2026, 3, 31)};
    call_.tags.deadlines[0].time_of_day = 16h + 15min;
    call_.item.text = text::PlainText::from("Hakuaikaa jatketaan.");
    call_.item.content_hash = 7;
    samples::store(*database_, "pirha", start() + 1h, {call_});
  }

  EntryId id() { return first_integer(*database_, "SELECT id FROM entries").value_or(0); }

  test_support::TempFolder folder_;
  std::unique_ptr<Database> database_ = samples::open(folder_ / "archive.db");
  Search search_{*database_, samples::taxonomy(), start() + 2h};
  IncomingEntry call_ = samples::entry("1", "Pirkanmaa: \xC3 avustushaku", "Haku päättyy 15.3.", start());
};

TEST_F(EntryForms, AnEntrySaysWhyItIsWhereItIsAndWhatWasEdited) {
  const auto detail = search_.entry(id());
  ASSERT_TRUE(detail);
  const Json json = Json::parse(entry_json(*detail));
  EXPECT_EQ(json["tags"]["areas"][0]["id"], "pirkanmaa");
  const Json& evidence = json["tags"]["areas"][0]["evidence"][0];
  EXPECT_EQ(evidence["field"], "title");
  EXPECT_EQ(evidence["words"], "Pirkanmaa");
  EXPECT_EQ(evidence["rule"], "name: Pirkanmaa");
  EXPECT_EQ(json["text"], "Hakuaikaa jatketaan.");
  ASSERT_EQ(json["revisions"].size(), 1U);
  EXPECT_EQ(json["revisions"][0]["text"], "Haku päättyy 15.3.");
  EXPECT_EQ(json["deadlines"][0]["date"], "2026-03-31");
  EXPECT_EQ(json["deadlines"][0]["moved_from"], "2026-03-15");
}

TEST_F(EntryForms, ADeadlineSaysItsHourAndWhatItWas) {
  const auto filter = parse_filter("");
  ASSERT_TRUE(filter);
  const auto rows = search_.deadlines(*filter, base::parse_iso_date("2026-02-20").value());
  ASSERT_EQ(rows.size(), 1U);
  const Json json = Json::parse(deadline_json(rows[0]));
  EXPECT_EQ(json["kind"], "grant");
  EXPECT_EQ(json["date"], "2026-03-31");
  EXPECT_EQ(json["time"], "16:15");
  EXPECT_EQ(json["moved_from"], "2026-03-15");
  EXPECT_EQ(json["withdrawn"], false);
  EXPECT_EQ(json["entry"]["id"], id());
}

TEST_F(EntryForms, ALineOfATableHasAsManyCellsAsItsHead) {
  const std::string line = csv_line(search_.entry(id())->summary);
  const std::string head = csv_head();
  EXPECT_EQ(std::count(line.begin(), line.end(), ','), std::count(head.begin(), head.end(), ','));
  EXPECT_THAT(line, testing::AllOf(testing::HasSubstr("\"pirkanmaa\""), testing::HasSubstr("\"2026-03-31\""),
                                   testing::EndsWith("\r\n")));
  EXPECT_THAT(line, testing::HasSubstr(",\"pirkanmaa\",\"\",\"2026-03-31\"\r\n")) << "no topics: an empty cell";
  EXPECT_EQ(csv_cell("=1+1"), "\"'=1+1\"");
  EXPECT_EQ(csv_cell("\xEF\xBC\x9Dwide"), "\"'\xEF\xBC\x9Dwide\"");
  EXPECT_EQ(csv_cell("a \"b\"\nc"), "\"a \"\"b\"\" c\"");
}

}  // namespace
}  // namespace sotevahti::archive
