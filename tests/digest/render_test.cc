#include "digest/render.h"

#include <gmock/gmock.h>

#include "sample.h"

namespace sotevahti::digest {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Render : public testing::Test {
 protected:
  Rendered render(Material material) { return renderer_.mail(compose(std::move(material), taxonomy_)); }
  Rendered page(Material material) { return renderer_.page(compose(std::move(material), taxonomy_)); }
  Rendered render(std::vector<Story> stories) {
    return render(sample::material({sample::section(1, "Pirkanmaan avustukset", std::move(stories))}));
  }

  config::Taxonomy taxonomy_ = sample::taxonomy();
  Renderer renderer_{Texts::builtin(), taxonomy_};
};

std::size_t occurrences(std::string_view text, std::string_view what) {
  std::size_t count = 0;
  for (auto at = text.find(what); at != std::string_view::npos; at = text.find(what, at + what.size())) ++count;
  return count;
}

TEST_F(Render, TheSubjectHasNameDateAndCount) {
  Story closing = sample::story(2, "b");
  closing.deadlines = {sample::deadline(sample::day(2026, 2, 27))};
  EXPECT_EQ(render({sample::story(1, "a"), closing}).subject,
            "Pirkanmaan avustukset 20.2.2026: 1 määräaika lähestyy, 1 uusi asia");
}

TEST_F(Render, TextAndHtmlTellTheSame) {
  Story full = sample::story(1, "Järjestöavustusten haku aukesi");
  full.deadlines = {sample::deadline(sample::day(2026, 2, 27))};
  full.deadlines[0].time_of_day = std::chrono::minutes(16 * 60 + 15);
  full.also = {{"STT Info", "fi", "https://www.sttinfo.fi/1", text::PlainText::from("Sama")},
               {"STM", "fi", "https://stm.fi/1", text::PlainText::from("Sama")},
               {"Birkaland", "sv", "https://www.pirha.fi/sv/1", text::PlainText::from("Ansökan om bidrag")}};
  const Rendered rendered = render({full});
  for (const char* words :
       {"Järjestöavustusten haku aukesi", "Avustushaku päättyy pe 27.2.2026 klo", "myös: STT Info", "Ansökan om bidrag",
        "Tampereella", "https://www.pirha.fi/-/1", "Järjestöjen sote-verkosto ry", "Kaikki 150 lähdettä luettu.",
        "Pirkanmaan avustukset", "area:pirkanmaa topic:jarjestoavustukset", "https://sote.example.org/unsubscribe/u1",
        "https://sote.example.org/manage/m1", "https://sote.example.org/digests/abc"}) {
    EXPECT_THAT(rendered.html, HasSubstr(words));
    EXPECT_THAT(rendered.text, HasSubstr(words));
  }
}

TEST_F(Render, NumbersStayWithTheirUnit) {
  Story closing = sample::story(1, "Haku");
  closing.deadlines = {sample::deadline(sample::day(2026, 2, 27))};
  const Rendered rendered = render({closing});
  EXPECT_THAT(rendered.html, HasSubstr("7\u00a0päivää jäljellä"));
  EXPECT_THAT(rendered.text, HasSubstr("7 päivää jäljellä"));
}

TEST_F(Render, NoLineIsLeftOfWhatIsNotThere) {
  Story bare = sample::story(1, "Otsikko");
  bare.lead = {};
  bare.reasons.clear();
  EXPECT_THAT(render({bare}).text,
              HasSubstr("* Otsikko\n  Pirkanmaan hyvinvointialue · 19.2.\n  https://www.pirha.fi/-/1\n\n"));
  EXPECT_THAT(render({bare}).html, Not(HasSubstr("\n\n")));
}

TEST_F(Render, EachItemSaysItsLanguage) {
  Story swedish = sample::story(1, "Bidrag till organisationer");
  swedish.language = "sv";
  const std::string html = render({swedish, sample::story(2, "Avustukset")}).html;
  EXPECT_THAT(html, AllOf(HasSubstr("<li class=\"item\" lang=\"sv\">"), HasSubstr("<li class=\"item\" lang=\"fi\">"),
                          HasSubstr("<html lang=\"fi\"")));
  EXPECT_THAT(html, HasSubstr("<p class=\"meta\" lang=\"fi\">"));  // our own words about a Swedish item
}

TEST_F(Render, SpeaksThreeLanguages) {
  for (const auto& [language, words] :
       {std::pair("fi", "1\u00a0uusi asia"), {"sv", "1\u00a0ny sak"}, {"en", "1\u00a0new item"}}) {
    Material material = sample::material({sample::section(1, "x", {sample::story(1, "a")})});
    material.language = language;
    EXPECT_THAT(render(material).html, HasSubstr(words));
    EXPECT_THAT(render(material).text, Not(HasSubstr("foot.")));
  }
}

TEST_F(Render, AStrangersWordsStayWords) {
  Story hostile = sample::story(1, "<script>alert(1)</script> & \"quotes\"\r\nBcc: x@example.org");
  hostile.lead = text::PlainText::from("</p><img src=x onerror=alert(1)>{{manage_url}}");
  hostile.publisher = "<b>{{{page_url}}}</b>";
  hostile.url = "javascript:alert(1)";
  hostile.page = "https://sote.example.org/entry/1?a=1&b=\"2\"";
  hostile.language = "fi\" onload=\"alert(1)";
  hostile.reasons = {{"Pirkanmaa", "<i>x</i>"}};
  const std::string html = render({hostile}).html;
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  EXPECT_THAT(html, Not(HasSubstr("<img")));
  EXPECT_THAT(html, Not(HasSubstr("javascript:")));
  EXPECT_THAT(html, Not(HasSubstr("onload=\"")));
  EXPECT_THAT(html, Not(HasSubstr("<i>")));
  EXPECT_THAT(html, HasSubstr("{{manage_url}}"));  // shown, not filled in
  EXPECT_THAT(html, HasSubstr("&lt;script&gt;"));
}

TEST_F(Render, SaysWhichSourcesWereNotReached) {
  Material material = sample::material({sample::section(1, "x", {sample::story(1, "a")})});
  material.sources = {147, 150, {{"Kainuun Sanomat", sample::helsinki(2026, 2, 17)}}};
  EXPECT_THAT(render(material).text,
              HasSubstr("Luettu 147 lähdettä 150 lähteestä. Ei tavoitettu: Kainuun Sanomat (17.2.\nalkaen)"));
}

TEST_F(Render, SeveralSubscriptionsHaveASectionEach) {
  const Rendered rendered =
      render(sample::material({sample::section(1, "Pirkanmaan avustukset", {sample::story(1, "a")}),
                               sample::section(2, "Kainuun päätökset", {})}));
  EXPECT_THAT(rendered.html, HasSubstr("<h2 class=\"section\">Pirkanmaan avustukset</h2>"));
  EXPECT_THAT(rendered.html, HasSubstr("<h2 class=\"section\">Kainuun päätökset</h2>"));
  EXPECT_THAT(rendered.html, HasSubstr("Ei uutta."));
  EXPECT_EQ(rendered.subject, "Pirkanmaan avustukset ja muut 20.2.2026: 1 uusi asia");
  EXPECT_EQ(occurrences(rendered.html, "https://sote.example.org/unsubscribe/u"), 2U);
}

TEST_F(Render, MovedDeadlineSaysBothDates) {
  Story moved = sample::story(1, "Haku jatkuu");
  moved.deadlines = {sample::deadline(sample::day(2027, 1, 7))};
  moved.deadlines[0].moved_from = sample::day(2026, 12, 15);
  EXPECT_THAT(render({moved}).text, HasSubstr("Avustushaku päättyy to 7.1.2027, aiemmin 15.12.2026"));
}

TEST_F(Render, AnEditSaysWhatWasAndWhatIs) {
  Story changed = sample::story(1, "Haku");
  changed.changes = {{sample::now, {"sum 50000 eur"}, {"sum 1240000.5 eur"}}};
  EXPECT_THAT(render({changed}).text, HasSubstr("Muuttunut: 1 240 000,5 euroa, oli 50 000 euroa"));
}

TEST_F(Render, LateFindsAreMarked) {
  Story late = sample::story(1, "Vanha");
  late.late_find = true;
  late.published = sample::helsinki(2025, 11, 3);
  EXPECT_THAT(render({late}).text, HasSubstr("löytyi myöhässä, julkaistu 3.11.2025"));
}

TEST_F(Render, ALongDigestStaysBelowTheBoundAndLinksToTheRest) {
  std::vector<Story> stories;
  for (int i = 0; i < 600; ++i) stories.push_back(sample::story(i, "Otsikko numero " + std::to_string(i)));
  Section section = sample::section(1, "Kaikki", std::move(stories));
  section.max_items = 1000;
  const Material material = sample::material({section});
  const Rendered mail = render(material);
  EXPECT_LT(mail.html.size(), 90'000U);
  EXPECT_GT(mail.html.size(), 60'000U);  // what fits is told
  EXPECT_EQ(occurrences(mail.html, "<li "), 600 - mail.left_out);
  EXPECT_EQ(occurrences(mail.text, "\n* "), 600 - mail.left_out);  // both are cut alike
  EXPECT_THAT(mail.html, HasSubstr("Lisäksi " + std::to_string(mail.left_out) + " asiaa"));

  EXPECT_EQ(page(material).left_out, 0U);
}

TEST_F(Render, ASubscriptionsOwnBoundHolds) {
  Section section = sample::section(1, "x", {sample::story(1, "a"), sample::story(2, "b"), sample::story(3, "c")});
  section.max_items = 2;
  const Rendered rendered = render(sample::material({section}));
  EXPECT_EQ(rendered.left_out, 1U);
  EXPECT_THAT(rendered.text, HasSubstr("Lisäksi 1 asia"));
}

TEST_F(Render, HugeTextsOfOneItemAreCut) {
  Story huge = sample::story(1, std::string(100'000, 'x'));
  huge.lead = text::PlainText::from(std::string(1'000'000, 'y'));
  huge.url = "https://example.org/" + std::string(100'000, 'z');
  for (int i = 0; i < 500; ++i) huge.also.push_back({"Julkaisija " + std::to_string(i), "fi", "", {}});
  const Rendered rendered = render({huge});
  EXPECT_LT(rendered.html.size(), 12'000U);
  EXPECT_EQ(rendered.left_out, 0U);
  EXPECT_THAT(rendered.text, HasSubstr("494 muuta"));
}

TEST_F(Render, ThePublicPageHasNoPersonalLinks) {
  const Rendered shown = page(sample::material({sample::section(1, "x", {sample::story(1, "a")})}));
  EXPECT_THAT(shown.html, Not(HasSubstr("/unsubscribe/")));
  EXPECT_THAT(shown.html, Not(HasSubstr("/manage/")));
  EXPECT_THAT(shown.text, Not(HasSubstr("/unsubscribe/")));
}

TEST_F(Render, TheSameOutlineGivesTheSameBytes) {
  const Material material = sample::material({sample::section(1, "x", {sample::story(1, "a"), sample::story(2, "b")})});
  const Rendered first = render(material);
  const Rendered second = render(material);
  EXPECT_EQ(first.html, second.html);
  EXPECT_EQ(first.text, second.text);
}

}  // namespace
}  // namespace sotevahti::digest
