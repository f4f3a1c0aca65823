// What the pages say: counts that agree with what they lead to, a meeting in one place, why
// an area is silent, the map's names.
#include <gmock/gmock.h>

#include <algorithm>

#include "site_fixture.h"

namespace sotevahti::web {
namespace {

using test::helsinki;
using test::Sample;
using test::SiteTest;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

class Pages : public SiteTest {
 protected:
  Pages() { store_a_week(); }

  void store_a_meeting() {
    std::vector<Sample> items;
    for (const char* title :
         {"Kokouksen avaus", "Talousarvion muutos", "Terveysasemien aukiolo", "Pöytäkirjan tarkastus"})
      items.push_back(Sample(title, title, "<p>Asia.</p>", helsinki(2026, 2, 20, 10))
                          .area("lappi")
                          .board("Aluehallitus", helsinki(2026, 2, 18)));
    items.push_back(Sample("toinen", "Toisen toimielimen asia", "<p>Asia.</p>", helsinki(2026, 2, 20, 10))
                        .area("lappi")
                        .board("Aluevaltuusto", helsinki(2026, 2, 18)));
    store("lapha-paatokset", helsinki(2026, 2, 20, 10, 30), items);
  }
};

TEST_F(Pages, AFacetCountsTheStoriesThatItLeadsTo) {
  store("stm-tiedotteet", helsinki(2026, 2, 20),
        {Sample("a", "Tuki järjestöille", "<p>Tukea jaetaan.</p>", helsinki(2026, 2, 20, 8))
             .area("lappi")
             .release("7", "STM")});
  store("varha-nyheter", helsinki(2026, 2, 20),
        {Sample("b", "Stöd till organisationer", "<p>Stöd delas ut.</p>", helsinki(2026, 2, 20, 8), "sv")
             .area("lappi")
             .release("7", "SHM")});
  EXPECT_THAT(get("/?q=area:lappi").body, HasSubstr("<h1>1 asia löytyi</h1>"));
  EXPECT_THAT(get("/").body, HasSubstr("\"/?q=area%3Alappi\">Lappi</a> <span class=\"n\">1</span>"));
  EXPECT_THAT(get("/?q=area:lappi+story:all").body, HasSubstr("<h1>2 asiaa löytyi</h1>"));
  EXPECT_THAT(get("/?q=story:all").body,
              HasSubstr("\"/?q=story%3Aall%20area%3Alappi\">Lappi</a> <span class=\"n\">2</span>"));
}

TEST_F(Pages, AMeetingStandsInOnePlaceWithItsRoutineFolded) {
  store_a_meeting();
  const std::string page = get("/").body;
  const auto meeting = page.find("<article class=\"meeting\">");
  ASSERT_NE(meeting, page.npos);
  EXPECT_EQ(page.find("<article class=\"meeting\">", meeting + 1), page.npos) << "one item of a board is a story";
  const std::string whole = page.substr(meeting, page.find("</article>", meeting) - meeting);
  EXPECT_THAT(whole, HasSubstr(">Aluehallitus</h3>"));
  EXPECT_THAT(whole, HasSubstr("kokous 18.2.2026"));
  const auto folded = whole.find("<details><summary>sekä 2");
  ASSERT_NE(folded, whole.npos) << whole;
  EXPECT_LT(whole.find("Talousarvion muutos</a>"), whole.find("Terveysasemien aukiolo</a>"));
  EXPECT_LT(whole.find("Terveysasemien aukiolo</a>"), folded);
  EXPECT_GT(whole.find("Kokouksen avaus</a>"), folded);
  EXPECT_GT(whole.find("Pöytäkirjan tarkastus</a>"), folded);
  EXPECT_THAT(whole, Not(HasSubstr("Toisen toimielimen")));
}

TEST_F(Pages, NoTitleIsMarkedAsOfALanguageThatItsPublisherMadeUp) {
  store("lapha-paatokset", helsinki(2026, 2, 20),
        {Sample("haku", "Haku on auki", "<p>Hae tukea.</p>", helsinki(2026, 2, 20, 8), "oletus")
             .area("lappi")
             .board("Aluehallitus", helsinki(2026, 2, 18))
             .closes(tag::DeadlineKind::grant, day(2026, 2, 27))});
  for (const char* page : {"/", "/areas/lappi", "/deadlines"}) {
    EXPECT_THAT(get(page).body, HasSubstr("Haku on auki")) << page;
    EXPECT_THAT(get(page).body, Not(HasSubstr("lang=\"oletus\""))) << page;
  }
}

TEST_F(Pages, AnAreaOfWhichNothingWasToldSaysWhyOnce) {
  const std::string page = get("/coverage").body;
  const auto row_of = [&](const std::string& area) {
    const auto at = page.find("<a href=\"/areas/" + area + "\">");
    return page.substr(at, page.find("</tr>", at) - at);
  };
  EXPECT_THAT(row_of("kainuu"), HasSubstr("class=\"silence empty no-source\" colspan=\""));
  EXPECT_THAT(row_of("kainuu"), HasSubstr("</span> ei lähdettä</td>"));
  EXPECT_THAT(row_of("lappi"), HasSubstr("class=\"silence empty quiet\""));
  EXPECT_THAT(row_of("pirkanmaa"), HasSubstr("aria-label=\"ei osumia\""));
}

TEST_F(Pages, ASilentAreaWhoseSourceIsBrokenIsNotCalledQuiet) {
  break_feed("lapha-paatokset", "connect", "no answer");
  EXPECT_THAT(get("/coverage").body, HasSubstr("class=\"silence empty broken-source\""));
}

TEST_F(Pages, ATileIsNamedByWhatItShows) {
  EXPECT_THAT(get("/").body, HasSubstr("aria-label=\"PIR 2, Pirkanmaa\""));
  EXPECT_THAT(get("/", "Accept-Language: sv\r\n").body, HasSubstr("aria-label=\"BIR 2, Birkaland\""));
}

TEST_F(Pages, AMistakeIsASentenceInTheReadersLanguage) {
  const auto page = get("/?q=avustus+area:lapi");
  EXPECT_EQ(page.status, 400);
  EXPECT_THAT(page.body, HasSubstr("avustus area:<mark>lapi</mark>"));
  EXPECT_THAT(page.body, HasSubstr("Ehdolla area: ei ole arvoa ”lapi”. Tarkoititko area:lappi?"));
  EXPECT_THAT(get("/?q=avustus+area:lapi", "Accept-Language: sv\r\n").body, HasSubstr("Menade du area:lappi?"));
  EXPECT_THAT(get("/?q=avustus+area:lapi", "Accept-Language: en\r\n").body,
              HasSubstr("No area is called &quot;lapi&quot;. Did you mean area:lappi?"));
}

TEST_F(Pages, EveryMistakeHasItsWordsInEveryLanguage) {
  for (const char* asked : {"a)", "(a", "(((((((((a)))))))))", "%22a", "%22 %22", "a OR", "-story:all", "aera:lappi",
                            "has:topic", "area:", "since:1d,2d", "area:zzyzx", "near:%22!%22", "lang:xxxx",
                            "since:soon", "deadline:soon", "!!!", "a*", "%01"})
    for (const char* language : {"fi", "sv", "en"}) {
      std::string target = std::string("/?q=") + asked;
      std::replace(target.begin() + 4, target.end(), ' ', '+');
      const auto page = get(target, std::string("Accept-Language: ") + language + "\r\n");
      EXPECT_EQ(page.status, 400) << target;
      EXPECT_THAT(page.body, ContainsRegex("<p class=\"error\">[^<]+</p>")) << target;
      EXPECT_THAT(page.body, Not(HasSubstr("mistake."))) << target;
    }
}

TEST_F(Pages, OneThatIsEmptyHasNoChart) {
  EXPECT_THAT(get("/areas/kainuu").body, Not(HasSubstr("class=\"spark\"")));
  EXPECT_THAT(get("/areas/pirkanmaa").body, HasSubstr("class=\"spark\""));
}

}  // namespace
}  // namespace sotevahti::web
