#include "archive/search.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "samples.h"

namespace sotevahti::archive {
namespace {

using samples::entry;
using samples::start;
using samples::store;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class SearchTest : public testing::Test {
 protected:
  std::vector<std::string> find(const std::string& text, std::size_t limit = 50) {
    const auto filter = parse_filter(text);
    EXPECT_TRUE(filter) << text;
    Search search(*database_, samples::taxonomy(), start());
    std::vector<std::string> urls;
    Page page;
    page.limit = limit;
    for (const EntrySummary& found : search.find(*filter, page).entries) urls.push_back(found.url.substr(19));
    return urls;
  }

  test_support::TempFolder folder_;
  std::unique_ptr<Database> database_ = samples::open(folder_ / "archive.db");
};

TEST_F(SearchTest, FindsInflectedWordsByLemmaAndByCompoundPart) {
  store(*database_, "a", start(),
        {entry("1", "Järjestöavustusten haku avautuu", "Kymenlaakson hyvinvointialue jakaa tukea.", start()),
         entry("2", "Aluevaltuusto kokoontuu", "Esityslistalla on talousarvio.", start() - std::chrono::hours(1))});
  EXPECT_THAT(find("avustus"), ElementsAre("1"));
  EXPECT_THAT(find("järjestöavustus"), ElementsAre("1"));
  EXPECT_THAT(find("talousarviot"), ElementsAre("2"));
  EXPECT_THAT(find("=avustus"), IsEmpty());
  EXPECT_THAT(find("=järjestöavustusten"), ElementsAre("1"));
  EXPECT_THAT(find(""), ElementsAre("1", "2"));
}

}  // namespace
}  // namespace sotevahti::archive
