#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tagging.h"

namespace sotevahti::tag::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;
using Areas = std::vector<std::string>;

// A sentence of the field in which the name stands; the publisher says nothing of the area.
Areas areas(std::string_view title, std::string_view text = "Hyvinvointialue kertoi asiasta.") {
  return areas_of({title, text});
}

TEST(Areas, CountyInEveryCase) {
  for (const std::string_view form : {"Uudellamaalla", "Uudeltamaalta", "Uuttamaata"})
    EXPECT_THAT(areas("Sote-palvelut muuttuvat " + std::string("Itä-") + std::string(form)), ElementsAre("ita-uusimaa"))
        << form;
  EXPECT_THAT(areas("Hoitajapula Lapissa"), ElementsAre("lappi"));
  EXPECT_THAT(areas("Potilaat siirtyvät Kainuuseen"), ElementsAre("kainuu"));
  EXPECT_THAT(areas("Varsinais-Suomessa pulaa lääkäreistä"), ElementsAre("varsinais-suomi"));
  EXPECT_THAT(areas("Kymenlaakson aluevaltuusto kokoontui"), ElementsAre("kymenlaakso"));
}

TEST(Areas, OstrobothniaIsNotItsNeighbours) {
  EXPECT_THAT(areas("Etelä-Pohjanmaalla hoitojonot lyhenivät"), ElementsAre("etela-pohjanmaa"));
  EXPECT_THAT(areas("Pohjois-Pohjanmaan hyvinvointialue säästää"), ElementsAre("pohjois-pohjanmaa"));
  EXPECT_THAT(areas("Keski-Pohjanmaalle uusia lääkäreitä"), ElementsAre("keski-pohjanmaa"));
  EXPECT_THAT(areas("Pohjanmaalla tehdään yhä leikkauksia"), ElementsAre("pohjanmaa"));
  EXPECT_THAT(areas("Hoito jatkuu Etelä-\nPohjanmaalla"), ElementsAre("etela-pohjanmaa"));
  EXPECT_THAT(areas("Hoito jatkuu Etelä Pohjanmaalla"), ElementsAre("etela-pohjanmaa"));
}

TEST(Areas, CountiesAsEnglishTextsCallThem) {
  constexpr std::string_view text = "The wellbeing services county decided.";
  EXPECT_THAT(areas("Queues grow in Northern Savo and Southern Ostrobothnia", text),
              ElementsAre("etela-pohjanmaa", "pohjois-savo"));
  EXPECT_THAT(areas_of({"Tell us how you use our services", "The resident survey is open.",
                        "Western Uusimaa wellbeing services county"}),
              ElementsAre("lansi-uusimaa"));
}

TEST(Areas, ABrandBeforeAHyphen) {
  EXPECT_THAT(areas("HUS-johtaja: hoitojonot lyhenevät"), ElementsAre("hus"));
  EXPECT_THAT(areas("Pirha-päätös puhuttaa"), ElementsAre("pirkanmaa"));
  EXPECT_THAT(areas("HUS-chefen: vården är trygg", "Patienterna får vård."), ElementsAre("hus"));
}

// Of municipalities that are no more, and of names that no dictionary inflects.
TEST(Areas, OldMunicipalitiesAndHospitalsInEveryCase) {
  EXPECT_THAT(areas("Leikkaukset jatkuvat Peijaksessa"), ElementsAre("hus", "vantaa-kerava"));
  EXPECT_THAT(areas("Synnytykset loppuvat Oulaskankaalla"), ElementsAre("pohjois-pohjanmaa"));
  EXPECT_THAT(areas("Nyt potilaita hoidetaan Köyliössä"), ElementsAre("satakunta"));
  EXPECT_THAT(areas("Hoitajat kiertävät myös Rengossa"), ElementsAre("kanta-hame"));
  EXPECT_THAT(areas("Hemvården i Lillkyro får bilar", "Vårdarna är nöjda."), ElementsAre("pohjanmaa"));
  for (const std::string_view title :
       {"Ministeri Lehtimäki: hoitojonot lyhenevät", "Lääkäri Jukka Halinen sai palkinnon",
        "Anna Jokela johtaa sairaanhoitajia", "Kestilä: potilaat ensin", "Psykologi Renko: ahdistus kasvaa",
        "Lemu ja home haittaavat potilaita", "Kisko murtui, potilaat odottivat sairaalaan",
        "Ylihoitaja Mietoinen eläkkeelle"})
    EXPECT_THAT(areas_of({title, "Asiasta kerrottiin torstaina."}), ElementsAre("koko-maa")) << title;
}

TEST(Areas, SharedEndings) {
  EXPECT_THAT(areas("Etelä- ja Keski-Pohjanmaan potilaat odottavat"),
              ElementsAre("etela-pohjanmaa", "keski-pohjanmaa"));
  EXPECT_THAT(areas("Itä-, Keski- ja Länsi-Uudenmaan terveysasemat"),
              ElementsAre("ita-uusimaa", "keski-uusimaa", "lansi-uusimaa"));
  EXPECT_THAT(areas("Pohjois- sekä Etelä-Karjalassa hoitojonot kasvoivat"),
              ElementsAre("etela-karjala", "pohjois-karjala"));
  EXPECT_THAT(areas("Vårdköerna växer i Södra och Mellersta Österbotten", "Välfärdsområdena sparar."),
              ElementsAre("etela-pohjanmaa", "keski-pohjanmaa"));
  EXPECT_THAT(areas("Hospital queues grow in South and Central Ostrobothnia", "The wellbeing services counties save."),
              ElementsAre("etela-pohjanmaa", "keski-pohjanmaa"));
}

TEST(Areas, SwedishNames) {
  EXPECT_THAT(areas("Välfärdsområdet stänger i Österbotten", "Vården flyttas."), ElementsAre("pohjanmaa"));
  EXPECT_THAT(areas("Norra Österbottens välfärdsområde sparar", "Vården flyttas."), ElementsAre("pohjois-pohjanmaa"));
  EXPECT_THAT(areas("Egentliga Finlands välfärdsområde sparar", "Vården flyttas."), ElementsAre("varsinais-suomi"));
  EXPECT_THAT(areas("Hälsostationen i Sydösterbotten", "Vården flyttas."), ElementsAre("pohjanmaa"));
  EXPECT_THAT(areas("Sjukvården i S:t Michel", "Patienterna flyttas."), ElementsAre("etela-savo"));
  EXPECT_THAT(areas("Åbos hälsostationer får fler läkare", "Vården förbättras."), ElementsAre("varsinais-suomi"));
}

TEST(Areas, SwedishInhabitants) {
  EXPECT_THAT(areas("Hälsostationen stängs, Vasabor protesterar", "Vården flyttas."), ElementsAre("pohjanmaa"));
  EXPECT_THAT(areas("Tandvården i skick, tycker borgåborna", "Vården flyttas."), ElementsAre("ita-uusimaa"));
  EXPECT_THAT(areas("Åbobornas väntan på vård", "Vården flyttas."), ElementsAre("varsinais-suomi"));
  EXPECT_THAT(areas("En jakobstadsbo får vänta på vård", "Karlebyborna får åka längre."),
              ElementsAre("keski-pohjanmaa", "pohjanmaa"));
  EXPECT_THAT(areas("Helsingforsarna får egenläkare", "Vården flyttas."), ElementsAre("helsinki"));
  EXPECT_THAT(areas("Ålänningarna får nytt sjukhus", "Vården flyttas."), ElementsAre("ahvenanmaa"));
  EXPECT_THAT(areas("Äldre österbottningar får hemvård", "Vården flyttas."), ElementsAre("pohjanmaa"));
  EXPECT_THAT(areas("Den åboländska hemvården växer", "Vården flyttas."), ElementsAre("varsinais-suomi"));
  EXPECT_THAT(areas("Det österbottniska äldreboendet växer", "Vården flyttas."), ElementsAre("pohjanmaa"));
  EXPECT_THAT(areas("Vårdköer i mellersta österbottniska kommuner", "Vården flyttas."), ElementsAre("keski-pohjanmaa"));
  EXPECT_THAT(areas("Nordösterbottniska sjukhuset växer", "Vården flyttas."), ElementsAre("pohjois-pohjanmaa"));
  EXPECT_THAT(areas("Invånarna bor i boenden nära vården", "Grannarna får hjälp."), ElementsAre("koko-maa"));
}

TEST(Areas, SwedishWordsAreNoPlaces) {
  EXPECT_THAT(areas("Screeningen ska ingå i vården", "Ett sund och ett hus för patienter."), ElementsAre("koko-maa"));
  EXPECT_THAT(areas("Hälsostationen stängs i Ingå", "Patienterna flyttas."), ElementsAre("lansi-uusimaa"));
}

TEST(Areas, UusimaaIsFourCountiesAndHelsinki) {
  EXPECT_THAT(areas("Uudenmaan sote-palvelut selvitetään"),
              ElementsAre("helsinki", "ita-uusimaa", "keski-uusimaa", "lansi-uusimaa", "vantaa-kerava"));
  EXPECT_THAT(areas("Helsingin ja Uudenmaan sairaanhoitopiiri leikkaa"), ElementsAre("hus"));
  EXPECT_THAT(areas("Keski-Uudenmaan sote leikkaa"), ElementsAre("keski-uusimaa"));
}

TEST(Areas, Brands) {
  EXPECT_THAT(areas("Pohteen talous kuntoon"), ElementsAre("pohjois-pohjanmaa"));
  EXPECT_THAT(areas("Pirhalle uusi strategia, Varhassa vaihdetaan johtaja"),
              ElementsAre("pirkanmaa", "varsinais-suomi"));
  EXPECT_THAT(areas("Siun soten hoitajat lakkoon"), ElementsAre("pohjois-karjala"));
  EXPECT_THAT(areas("HUS:n potilaat odottavat"), ElementsAre("hus"));
  EXPECT_THAT(areas("HUSissa leikataan", "HUS-yhtymä kertoi asiasta."), ElementsAre("hus"));
}

TEST(Areas, WordsThatBeginLikeBrands) {
  EXPECT_THAT(areas("Varhain aloitettu hoito auttaa", "Potilas soitti ja kysyi, hyväksyikö sairaala."),
              ElementsAre("koko-maa"));
  EXPECT_THAT(areas("Eloisa seniori kävi terveysasemalla", "Täysin kunnossa."), Not(Contains("etela-savo")));
  EXPECT_THAT(areas("Soitella saa terveysasemalle", "Varhaiskasvatus ja kysely."), ElementsAre("koko-maa"));
}

TEST(Areas, HospitalsAndTowns) {
  EXPECT_THAT(areas("Taysin leikkaussalit täynnä"), ElementsAre("pirkanmaa"));
  EXPECT_THAT(areas("Tampereen yliopistollinen sairaala rekrytoi"), ElementsAre("pirkanmaa"));
  EXPECT_THAT(areas("Lapinlahden terveysasema remonttiin"), ElementsAre("pohjois-savo"));
  EXPECT_THAT(areas("Lapinjärven neuvola muuttaa"), ElementsAre("ita-uusimaa"));
  EXPECT_THAT(areas("Virroilla siirrytään omalääkäriin"), ElementsAre("pirkanmaa"));
  EXPECT_THAT(areas("Uudenkaarlepyyn hammashoitola sulkeutuu"), ElementsAre("pohjanmaa"));
  EXPECT_THAT(areas("Kauniaisissa avataan sote-keskus"), ElementsAre("lansi-uusimaa"));
  EXPECT_THAT(areas("Potilaita siirtyy Helsinkiin, Turkuun ja Ouluun"),
              ElementsAre("helsinki", "pohjois-pohjanmaa", "varsinais-suomi"));
}

TEST(Areas, PresentBorders) {
  EXPECT_THAT(areas("Iitissä avattiin sote-keskus"), ElementsAre("paijat-hame"));
  EXPECT_THAT(areas("Isonkyrön terveysasema remonttiin"), ElementsAre("etela-pohjanmaa"));
  EXPECT_THAT(areas("Kuhmoisten hoivakoti laajenee"), ElementsAre("pirkanmaa"));
  EXPECT_THAT(areas("Kruunupyyn neuvola muuttaa"), ElementsAre("pohjanmaa"));
  EXPECT_THAT(areas("Iitti siirtyi Kymenlaaksosta Päijät-Hämeeseen", "Terveysasema säilyi."),
              ElementsAre("paijat-hame"));
}

TEST(Areas, AdjectivesTellThePlace) {
  EXPECT_THAT(areas("Pirkanmaalaiset potilaat tyytyväisiä"), ElementsAre("pirkanmaa"));
  EXPECT_THAT(areas("Kysely eteläsavolaisille omaishoitajille"), ElementsAre("etela-savo"));
  EXPECT_THAT(areas("Kyselyyn vastasi tuhat lieksalaista potilasta"), ElementsAre("pohjois-karjala"));
  EXPECT_THAT(areas("Terveysasema jää, iloitsevat pohjalaiset"), ElementsAre("koko-maa"));
}

TEST(Areas, Surnames) {
  EXPECT_THAT(areas("Ministeri Lahti: hoitotakuu etenee", "Lahden mukaan rahat riittävät."), ElementsAre("koko-maa"));
  EXPECT_THAT(areas("Hoitotakuu etenee, sanoo laulaja Salo", "Kansanedustaja Mikko Salo on samaa mieltä."),
              ElementsAre("koko-maa"));
  EXPECT_THAT(areas("Sairaanhoitaja Elina Lahden työpäivä", "Potilaita on paljon."), ElementsAre("koko-maa"));
  EXPECT_THAT(areas("Hoitotakuu etenee lääkäri Salon mukaan"), ElementsAre("koko-maa"));
  EXPECT_THAT(areas("Vanhusneuvosto antoi adressin ministeri Lahdelle"), ElementsAre("koko-maa"));
}

TEST(Areas, SurnamesInCasesOfPlaces) {
  EXPECT_THAT(areas("Hoitajat luovuttivat adressin johtajalle Salolle"), ElementsAre("koko-maa"));
  EXPECT_THAT(areas("Potilaat kysyivät asiaa johtajalta Salolta"), ElementsAre("koko-maa"));
  EXPECT_THAT(areas("Potilaat pitävät johtajasta Salosta"), ElementsAre("koko-maa"));
  EXPECT_THAT(areas("Hoitajien luottamus ministeri Saloon horjuu"), ElementsAre("koko-maa"));
  EXPECT_THAT(areas("Potilaat antoivat adressin ministerille Salolle"), ElementsAre("koko-maa"));
}

// Who is of the whole country meets somewhere; what the town's own people do there is of the town.
TEST(Areas, WhereTheCountryMeets) {
  EXPECT_THAT(areas("Puolue kokoontui Tampereella keskustelemaan sotesta"), ElementsAre("koko-maa"));
  EXPECT_THAT(areas("Työryhmä kokoontui Kuopiossa", "Ryhmä pohtii hoitotakuuta."), ElementsAre("koko-maa"));
  EXPECT_THAT(areas("Hoitajien mielenosoitus järjestetään Turussa"), ElementsAre("koko-maa"));
  EXPECT_THAT(areas("Ett nordiskt möte om vården ordnas i Vasa", "Vårdens framtid diskuteras."),
              ElementsAre("koko-maa"));
  EXPECT_THAT(areas("Nordiska ministrar träffas i Vasa", "Sjukvårdens framtid diskuteras."), ElementsAre("koko-maa"));
  EXPECT_THAT(areas("Ett partimöte ordnas i Vasa", "Sjukvårdens framtid diskuteras."), ElementsAre("koko-maa"));
  EXPECT_THAT(areas("Omaishoitajien vertaisryhmä kokoontuu Kuopiossa"), ElementsAre("pohjois-savo"));
  EXPECT_THAT(areas("Vanhusneuvosto kokoontui Lahdessa"), ElementsAre("paijat-hame"));
  EXPECT_THAT(areas("Hallitus kokoontui Lahdessa", "Aiheena oli hoitotakuu."), ElementsAre("koko-maa"));
  EXPECT_THAT(areas("Aluehallitus kokoontui Lahdessa"), ElementsAre("paijat-hame"));
}

// A profession that is sought or works somewhere is nobody's title.
TEST(Areas, ATownBehindAProfession) {
  EXPECT_THAT(areas("Lisää lääkäreitä Lahteen"), ElementsAre("paijat-hame"));
  EXPECT_THAT(areas("Hyvinvointialue palkkaa hoitajia Kokkolassa"), ElementsAre("keski-pohjanmaa"));
  EXPECT_THAT(areas("Vuokralääkäri Lahdessa maksoi liikaa"), ElementsAre("paijat-hame"));
  EXPECT_THAT(areas("Hyvinvointialue palkkaa johtajia Salosta"), ElementsAre("varsinais-suomi"));
  EXPECT_THAT(areas("Hoivakodin johtaja Kokkolassa vaihtuu"), ElementsAre("keski-pohjanmaa"));
}

TEST(Areas, NamesThatAreWordsNeedContext) {
  EXPECT_THAT(areas("Kolarissa loukkaantui kolme", "Pelastuslaitos irrotti autoilijan."), ElementsAre("koko-maa"));
  EXPECT_THAT(areas("Ensihoito lisääntyy Kolarissa"), ElementsAre("lappi"));
  EXPECT_THAT(areas("Varkaus sairaalan apteekissa"), ElementsAre("koko-maa"));
  EXPECT_THAT(areas("Varkauden sairaalan osasto sulkeutuu"), ElementsAre("pohjois-savo"));
  EXPECT_THAT(areas("Salon terveysasema kiinni"), ElementsAre("varsinais-suomi"));
  EXPECT_THAT(areas("Kotkan kaupunki ja sote"), ElementsAre("kymenlaakso"));
  EXPECT_THAT(areas("Kotka ja Kouvola jakavat päivystyksen"), ElementsAre("kymenlaakso"));
  EXPECT_THAT(areas_of({"Lahden yöpäivystys supistuu", "Päätös tehtiin.", "Päijät-Hämeen hyvinvointialue"}),
              ElementsAre("paijat-hame"));
}

TEST(Areas, CourtsUniversitiesAndPapersAreNoPlaces) {
  EXPECT_THAT(areas("Hämeenlinnan hallinto-oikeus hylkäsi valituksen", "Keski-Suomen hyvinvointialue iloitsee."),
              ElementsAre("keski-suomi"));
  EXPECT_THAT(areas("Oulun yliopisto tutki hoitajien jaksamista"), ElementsAre("koko-maa"));
  EXPECT_THAT(areas("Itä-Suomen yliopisto koulutti lääkäreitä"), ElementsAre("koko-maa"));
  EXPECT_THAT(areas("Satakunnan Kansa: hoitajat uupuvat", "Hoitajat kertovat lehdelle."), ElementsAre("koko-maa"));
  EXPECT_THAT(areas("Potilas odotti kuusi tuntia, kertoo Keski-Uusimaa"), ElementsAre("koko-maa"));
  EXPECT_THAT(areas("Terveysasema voitti, pohjanmaan kautta"), ElementsAre("koko-maa"));
}

TEST(Areas, RangesAndVenues) {
  EXPECT_THAT(areas("Asunnottomien yön tilaisuuksia Rovaniemeltä Helsinkiin"), ElementsAre("koko-maa"));
  EXPECT_THAT(areas("Patienterna bor från Hangö till Karleby", "Vården är dyr."), ElementsAre("koko-maa"));
  EXPECT_THAT(areas("Potilaat siirtyvät Porista Tampereelle"), ElementsAre("pirkanmaa", "satakunta"));
  EXPECT_THAT(
      areas_of({"Hoitotakuu tiukkenee", "Ministeri kertoi asiasta tiedotustilaisuudessa Helsingissä.", "MTV Uutiset"}),
      ElementsAre("koko-maa"));
  // Groups that meet somewhere are of that place.
  EXPECT_THAT(areas_of({"Kamratstöd för anhörigvårdare", "Grupperna träffas i Karis och Jakobstad.", "Svenska Yle"}),
              ElementsAre("lansi-uusimaa", "pohjanmaa"));
}

TEST(Areas, ThePublisherSpeaksOfItsOwn) {
  EXPECT_THAT(areas_of({"Terveysasemat sulkeutuvat juhannuksena", "Päivystys palvelee.", "Kainuun hyvinvointialue"}),
              ElementsAre("kainuu"));
  EXPECT_THAT(areas_of({"Terveysasemat sulkeutuvat juhannuksena", "Päivystys palvelee.", "Raahen Seutu"}),
              ElementsAre("pohjois-pohjanmaa"));
  EXPECT_THAT(areas_of({"Terveysasemat sulkeutuvat juhannuksena", "Päivystys palvelee.", "Yle Pori"}),
              ElementsAre("satakunta"));
  EXPECT_THAT(
      areas_of({"Terveysasemat sulkeutuvat juhannuksena", "Päivystys palvelee.", "STT Info", "https://www.pohde.fi/a"}),
      ElementsAre("pohjois-pohjanmaa"));
  EXPECT_THAT(areas_of({"Terveysasemat sulkeutuvat juhannuksena", "Päivystys palvelee.", "Yle", "", {"kainuu"}}),
              ElementsAre("kainuu"));
  EXPECT_THAT(areas_of({"Terveysasemat sulkeutuvat juhannuksena", "Päivystys palvelee.", "THL"}),
              ElementsAre("koko-maa"));
  EXPECT_THAT(areas_of({"Eduskunta hyväksyi potilaslain", "Hallituksen esitys eteni.", "Karjalainen"}),
              ElementsAre("koko-maa"));
}

TEST(Areas, NationalBodiesOnNamedCounties) {
  EXPECT_THAT(areas_of({"Arviointimenettely käynnistyy Kainuussa", "Alijäämä ei kattunut.", "Valtiovarainministeriö"}),
              ElementsAre("kainuu", "koko-maa"));
}

TEST(Areas, HusAndItsHospitals) {
  EXPECT_THAT(areas_of({"Jorvin sairaala sai teho-osaston", "Potilaita siirtyy.", "HUS"}), ElementsAre("hus"));
  EXPECT_THAT(areas_of({"Jorvin sairaala sai teho-osaston", "Potilaita siirtyy.", "Länsiväylä"}),
              ElementsAre("hus", "lansi-uusimaa"));
  EXPECT_THAT(areas_of({"HUS ja Keski-Uudenmaan hyvinvointialue sopivat työnjaosta", "Potilaita siirtyy.", "HUS"}),
              ElementsAre("hus", "keski-uusimaa"));
}

TEST(Areas, SwedishFinlandIsNoCounty) {
  EXPECT_THAT(areas_of({"Vården på svenska brister i Svenskfinland", "Väntetiderna i Vasa är längst.", "Folktinget"}),
              Contains("koko-maa"));
  EXPECT_THAT(areas_of({"Hemvården i Svenskfinland undersöks", "Var femte äldre är ensam.", "Vasabladet"}),
              ElementsAre("koko-maa"));
}

TEST(Areas, EvidenceStandsWhereItSays) {
  const Entry entry{"Ikäihmisten hoito muuttuu", "Muutos koskee Kotkassa ja Haminassa asuvia potilaita."};
  const Tags tags = tagger().tag(subject_of(entry));
  ASSERT_EQ(tags.areas.size(), 1U);
  ASSERT_EQ(tags.areas[0].evidence.size(), 2U);
  for (const Evidence& evidence : tags.areas[0].evidence) {
    ASSERT_EQ(evidence.field, Field::text);
    EXPECT_EQ(entry.text.substr(evidence.begin, evidence.end - evidence.begin), evidence.words);
  }
  EXPECT_EQ(tags.areas[0].evidence[0].words, "Kotkassa");
  EXPECT_EQ(tags.areas[0].evidence[0].rule, "municipality: Kotka");
  EXPECT_GE(tags.areas[0].score, 1.0);
}

TEST(Areas, EveryMunicipalityInItsOwnCounty) {
  for (const config::Municipality& town : taxonomy().municipalities) {
    const std::string title = "Hyvinvointialue avaa terveysaseman: " + town.name_fi + ", sanoo aluevaltuusto";
    if (town.common_word) continue;
    EXPECT_THAT(areas(title), ElementsAre(town.area)) << town.name_fi;
  }
}

}  // namespace
}  // namespace sotevahti::tag::testing
