#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tagging.h"

namespace sotevahti::tag::testing {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

// A tagger by rules of the test's own.
class OwnRules {
 public:
  explicit OwnRules(std::vector<config::TopicRules> rules) : taxonomy_(testing::taxonomy()) {
    taxonomy_.topics.clear();
    for (std::size_t i = 0; i < rules.size(); ++i) {
      config::Topic topic;
      topic.id = std::string("topic") + std::to_string(i);
      rules[i].lang = "fi";
      topic.rules = {rules[i]};
      taxonomy_.topics.push_back(topic);
    }
    tagger_ = std::make_unique<Tagger>(taxonomy_, lexicon());
  }

  std::vector<std::string> told(std::string_view title, std::string_view text) {
    return ids(tagger_->tag(subject_of({title, text, "Pohjois-Savon hyvinvointialue"})).topics);
  }

 private:
  config::Taxonomy taxonomy_;
  std::unique_ptr<Tagger> tagger_;
};

config::TopicRules rules(std::vector<std::string> strong, std::vector<std::string> title = {},
                         std::vector<std::string> weak = {}, std::vector<std::string> except = {}) {
  config::TopicRules rules;
  rules.strong = std::move(strong);
  rules.title = std::move(title);
  rules.weak = std::move(weak);
  rules.except = std::move(except);
  return rules;
}

TEST(Topics, AStrongWordTells) {
  OwnRules own({rules({"kotihoito"})});
  EXPECT_THAT(own.told("Kotihoidon käynnit vähenevät", "Asia etenee."), ElementsAre("topic0"));
  EXPECT_THAT(own.told("Asia etenee", "Kotihoidon käynnit vähenevät."), ElementsAre("topic0"));
  EXPECT_THAT(own.told("Asia etenee", "Kukaan ei vastusta."), IsEmpty());
}

TEST(Topics, ATitleWordTellsInATitleOnly) {
  OwnRules own({rules({"kotihoito"}, {}), rules({}, {"terveysasema"})});
  EXPECT_THAT(own.told("Terveysasema auki", "Asia etenee."), ElementsAre("topic1"));
  EXPECT_THAT(own.told("Kotihoito muuttuu", "Terveysasema auki."), ElementsAre("topic0"));
}

TEST(Topics, WeakWordsNeedEachOther) {
  OwnRules own({rules({"kotihoito"}), rules({}, {}, {"ammattilainen", "työpaikka", "osaaja"})});
  EXPECT_THAT(own.told("Kotihoidon ammattilainen", "Asia etenee."), ElementsAre("topic0"));
  EXPECT_THAT(own.told("Kotihoidon ammattilaisen työpaikka", "Asia etenee."), ElementsAre("topic0", "topic1"));
}

TEST(Topics, WhereNothingIsToldTheLikeliestIs) {
  OwnRules own({rules({}, {}, {"ammattilainen"})});
  EXPECT_THAT(own.told("Ammattilainen vastaa", "Asia etenee."), ElementsAre("topic0"));
}

TEST(Topics, ExceptionsTakeTheirWordsOut) {
  OwnRules own({rules({"järjestö"}, {}, {}, {"järjestöavustus"}), rules({"avustus"})});
  EXPECT_THAT(own.told("Järjestöavustusten haku", "Asia etenee."), ElementsAre("topic1"));
  EXPECT_THAT(own.told("Järjestöjen avustusten haku", "Asia etenee."), ElementsAre("topic0", "topic1"));
}

TEST(Topics, WithAsksForAnotherWordAnywhere) {
  config::TopicRules asked;
  asked.with = {{"lausunto", "ministeriö"}};
  OwnRules own({asked, rules({"vanhusneuvosto"})});
  EXPECT_THAT(own.told("Vanhusneuvoston lausunto", "Asia etenee."), ElementsAre("topic1"));
  EXPECT_THAT(own.told("Vanhusneuvoston lausunto", "Ministeriö kiittää."), ElementsAre("topic0", "topic1"));
}

TEST(Topics, AtMostFour) {
  OwnRules own(
      {rules({"kotihoito"}), rules({"terveysasema"}), rules({"neuvola"}), rules({"sairaala"}), rules({"hoivakoti"})});
  EXPECT_EQ(own.told("Kotihoito, terveysasema, neuvola, sairaala ja hoivakoti", "Asia etenee.").size(), 4U);
}

TEST(Topics, WhatStandsDeepInTheTextTellsLess) {
  OwnRules own({rules({"kotihoito"}), rules({"palveluseteli"})});
  EXPECT_THAT(own.told("Kotihoito muuttuu", "Palveluseteli jää. Asia etenee."), ElementsAre("topic0", "topic1"));
  EXPECT_THAT(own.told("Kotihoito muuttuu", "Asia etenee. Palveluseteli jää."), ElementsAre("topic0"));
}

TEST(Topics, TheFirstHalfOfACompoundIsNotTheThing) {
  EXPECT_THAT(topics_of({"Satakunnassa uusi palvelupolku", "Tarkoitus on vähentää päivystyskäyntejä."}),
              Not(Contains("erikoissairaanhoito")));
}

TEST(Topics, BoilerplateTellsNothing) {
  const std::string_view about =
      "Hoitajat lisääntyvät elokuussa. Varha vastaa sosiaali- ja terveydenhuollon sekä pelastustoimen palveluista 27 "
      "kunnassa.";
  EXPECT_THAT(topics_of({"Hammashoitola avautuu Turussa", about, "Varha"}), Not(Contains("pelastustoimi")));
  EXPECT_THAT(topics_of({"Nytt äldreboende",
                         "Området svarar för social- och hälsovården och räddningsväsendet i tio kommuner.", "Varha"}),
              Not(Contains("pelastustoimi")));
}

TEST(Topics, OtherReleasesAtTheEndTellNothing) {
  const auto topics =
      topics_of({"Omaishoidon palkkiot nousevat", "Korotus on kaksi prosenttia.\nLue myös: Paloasema muuttaa Kuopiossa",
                 "Pohjois-Savon hyvinvointialue"});
  EXPECT_THAT(topics, ElementsAre("ikaantyneet"));
}

TEST(Topics, CutsOfMoneyAreNoSurgery) {
  EXPECT_THAT(topics_of({"Avustusleikkaukset iskevät järjestöihin", "Summa puolittuu.", "SOSTE"}),
              AllOf(Contains("jarjestoavustukset"), Not(Contains("erikoissairaanhoito"))));
  EXPECT_THAT(topics_of({"Tekonivelleikkaukset keskitetään", "Jono lyhenee.", "Tays"}),
              Contains("erikoissairaanhoito"));
}

TEST(Topics, ABillsRemissIsLawAndAPlansIsParticipation) {
  EXPECT_THAT(topics_of({"Luonnos potilaslain muutoksesta lausunnoille", "Lausuntoaika on kuusi viikkoa.",
                         "Sosiaali- ja terveysministeriö"}),
              Contains("lainsaadanto"));
  const auto plan = topics_of(
      {"Strategialuonnos lausunnoille", "Luonnosta voivat kommentoida kaikki asukkaat.", "Kainuun hyvinvointialue"});
  EXPECT_THAT(plan, ElementsAre("osallisuus", "strategia"));
}

TEST(Topics, SwedishAndEnglish) {
  EXPECT_THAT(topics_of({"Organisationsbidragen kan sökas", "Ansökan görs på nätet.", "Österbottens välfärdsområde"}),
              ElementsAre("jarjestoavustukset"));
  EXPECT_THAT(topics_of({"Home care visits fall in Lapland", "Older people wait longer.",
                         "Wellbeing services county of Lapland"}),
              ElementsAre("ikaantyneet"));
}

// What authorities are told is no purchase; a firm's penalty payment is.
TEST(Topics, SupervisionIsAPurchaseWhereAFirmIsSupervised) {
  EXPECT_THAT(topics_of({"Avi määräsi uhkasakon hoidon viivästymisestä",
                         "Varhan on saatava kiireetön hammashoito lain edellyttämälle tasolle."}),
              Not(Contains("hankinnat")));
  EXPECT_THAT(topics_of({"Avi määräsi uhkasakon hoivakodille", "Yksityinen yritys ei korjannut puutteita."}),
              Contains("hankinnat"));
}

TEST(Topics, AHousingCompanyIsNoProvider) {
  EXPECT_THAT(topics_of({"Palovaroittimen hankinta on taloyhtiön vastuulla", "Pelastuslaitos neuvoo.",
                         "Kymenlaakson pelastuslaitos"}),
              ElementsAre("pelastustoimi"));
}

// The office's own name speaks of supervision, and no less where the firm is named.
TEST(Topics, TheSupervisingOfficeAndAFirm) {
  for (const auto* title :
       {"Lupa- ja valvontavirasto tarkasti Attendon yksikön", "Lupa- ja valvontavirasto antoi huomautuksen Esperille",
        "Lupa- ja valvontavirasto valvoo yksityisiä palveluntuottajia"}) {
    EXPECT_TRUE(tagger().tag(subject_of({title, "Asiasta kerrottiin torstaina."})).relevant) << title;
    EXPECT_THAT(topics_of({title, "Asiasta kerrottiin torstaina."}), Contains("hankinnat")) << title;
  }
}

TEST(Topics, WordsThatOnlyLookLikeTheTopic) {
  EXPECT_THAT(topics_of({"Vammaisneuvosto: henkilökohtaisen avun leikkaukset on peruttava", "Rahat eivät riitä."}),
              Not(Contains("erikoissairaanhoito")));
  EXPECT_THAT(topics_of({"Osallistu ikäihmisten neuvolan nimikilpailuun", "Voittajan valitsee vanhusneuvosto."}),
              Not(Contains("lapset-nuoret-perheet")));
  EXPECT_THAT(topics_of({"Kvotflyktingar till tjugo kommuner",
                         "Välfärdsområdena ansvarar för den inledande hälsoundersökningen.", "Migrationsverket"}),
              Not(Contains("hyte")));
}

TEST(Topics, AVacancyIsOfTheStaff) {
  for (const Entry& entry : {Entry{"Haemme ylihammaslääkäriä", "Hakuaika päättyy 18.11.2026."},
                             Entry{"Sosiaalipalvelujen päällikön virka haettavana", "Virka täytetään 1.1.2027."},
                             Entry{"ÅHS söker överläkare till psykiatrin", "Sista ansökningsdag är den 13 november."},
                             Entry{"Socialarbetare till Borgå", "Befattningen är ordinarie."}})
    EXPECT_THAT(topics_of(entry), Contains("henkilosto")) << entry.title;
  for (const Entry& entry : {Entry{"Virkamiehet täyttävät lomakkeita", "Hoito jää vähemmälle."},
                             Entry{"Haemme perhehoitajia ja omaishoitajia kyselyyn", "Vastaa viimeistään perjantaina."},
                             Entry{"Vi söker närståendevårdare till en enkät", "Svara senast på fredag."}})
    EXPECT_THAT(topics_of(entry), Not(Contains("henkilosto"))) << entry.title;
}

// What a ward or a clinic does closes, moves and comes back as the ward itself.
TEST(Topics, ActivitiesCloseAsUnitsDo) {
  EXPECT_THAT(topics_of({"Vuodeosastotoiminta päättyy Kemijärvellä", "Potilaat hoidetaan muualla."}),
              Contains("palveluverkko"));
  EXPECT_THAT(topics_of({"Päiväkirurgia palaa Loimaalle", "Leikkaukset alkavat tammikuussa."}),
              Contains("palveluverkko"));
  EXPECT_THAT(topics_of({"Tervetuloa asukasiltaan", "Orimattilan terveysaseman tulevaisuudesta keskustellaan."}),
              Contains("palveluverkko"));
  EXPECT_THAT(topics_of({"Päiväkirurgian jonot lyhenevät", "Leikkauksia on lisätty iltoihin."}),
              Not(Contains("palveluverkko")));
  EXPECT_THAT(topics_of({"Riihimäen sote-asemalle etsitään uusia tiloja", "Nykyinen rakennus myydään."}),
              Contains("palveluverkko"));
  EXPECT_THAT(topics_of({"Nytt digitalt bokningssystem tas i bruk på rådgivningarna", "Familjerna bokar i appen."}),
              Not(Contains("palveluverkko")));
}

TEST(Topics, WhatALawAsksOfAnAuthorityIsNoLawmaking) {
  EXPECT_THAT(topics_of({"Huomautus lastensuojelun määräaikojen ylityksistä",
                         "Arviointeja ei ole tehty lain edellyttämässä kolmessa kuukaudessa."}),
              Not(Contains("lainsaadanto")));
  EXPECT_THAT(topics_of({"Välfärdsområdet får vite", "Elevhälsan ska ordnas enligt lagen."}),
              AllOf(Not(Contains("lainsaadanto")), Not(Contains("hankinnat"))));
  EXPECT_THAT(topics_of({"Vite för vårdbolag", "Bolaget rättade inte till bristerna i sina vårdhem."}),
              Contains("hankinnat"));
  EXPECT_THAT(topics_of({"Uusi sosiaalihuoltolaki tulee voimaan", "Lain mukaan hakemus on ratkaistava viikossa."}),
              Contains("lainsaadanto"));
}

TEST(Topics, WhoIsHeardTakesPart) {
  EXPECT_THAT(topics_of({"Seniorikeskusten asukasneuvostot hakevat jäseniä", "Haku on auki."}), Contains("osallisuus"));
  EXPECT_THAT(topics_of({"Omaishoitajien virkistyspäivä", "Päivän aikana kuullaan terveiset omaishoidosta."}),
              Not(Contains("osallisuus")));
  EXPECT_THAT(topics_of({"Resultaten av Enkäten Hälsa i skolan", "Den besvarades av 150 000 elever."}),
              Not(Contains("osallisuus")));
}

// "Ei täytä kelpoisuusehtoja" is of the staff where it is said of them, and a patient leaves for the
// dentist's as a dentist leaves the county.
TEST(Topics, WhoLeavesAndWhoIsFit) {
  EXPECT_THAT(topics_of({"Hammaslääkäriin pitää nyt lähteä Turkuun", "Hoitolaa remontoidaan."}),
              AllOf(Contains("perusterveydenhuolto"), Not(Contains("henkilosto"))));
  EXPECT_THAT(topics_of({"Yhä useampi lääkäri lähtee Norjaan", "Asia huolettaa."}), Contains("henkilosto"));
  EXPECT_THAT(topics_of({"Nuohoojien pätevyysvaatimukset muuttuvat", "Pelastuslaitos muistuttaa nuohouksesta."}),
              ElementsAre("pelastustoimi"));
  EXPECT_THAT(topics_of({"Lääkärien pätevyysvaatimukset muuttuvat", "Kielitaito on osoitettava."}),
              Contains("henkilosto"));
  EXPECT_THAT(topics_of({"Sjukhuset hittar inga röntgenskötare", "Köerna växer.", "Vasabladet"}),
              Contains("henkilosto"));
  EXPECT_THAT(topics_of({"Patienterna hittar inte fram till sjukhuset", "Skyltarna saknas.", "Vasabladet"}),
              Not(Contains("henkilosto")));
}

// The language rights are those of the country's own languages.
TEST(Topics, LanguagesOfTheCountryAndOfThoseWhoCame) {
  EXPECT_THAT(topics_of({"Neuvolassa voi asioida viidellä kielellä", "Palvelua saa arabiaksi ja somaliksi."}),
              AllOf(Contains("maahanmuutto"), Not(Contains("kielet"))));
  EXPECT_THAT(topics_of({"Clinic appointments in five languages", "Families are served in Arabic.", "Yle News"}),
              AllOf(Contains("maahanmuutto"), Not(Contains("kielet"))));
  EXPECT_THAT(topics_of({"Palvelua kahdella kielellä", "Asiakas saa hoitoa ruotsiksi.", "Luvn"}), Contains("kielet"));
  EXPECT_THAT(topics_of({"Palvelua kolmella saamen kielellä", "Inarinsaamea puhuu yksi hoitaja."}), Contains("kielet"));
}

// A council is of those whose it is, where the entry is about it and not about all of them.
TEST(Topics, TheCouncilOfOlderPeople) {
  EXPECT_THAT(topics_of({"Vanhusneuvosto: etäpalvelut eivät sovi kaikille", "Puhelinpalvelu on säilytettävä."}),
              AllOf(Contains("osallisuus"), Contains("ikaantyneet")));
  EXPECT_THAT(topics_of({"Kom med i äldrerådet", "Rådet söker ersättare.", "Östra Nylands välfärdsområde"}),
              AllOf(Contains("osallisuus"), Contains("ikaantyneet")));
  EXPECT_THAT(topics_of({"Vanhusneuvosto ja nuorisovaltuusto kuultavana", "Ne antavat kantansa."}),
              Not(Contains("ikaantyneet")));
  EXPECT_THAT(topics_of({"Strategia etenee", "Samassa kokouksessa asetettiin vanhusneuvosto."}),
              Not(Contains("ikaantyneet")));
}

TEST(Topics, RehabilitationOfOtherKindsIsNoHospital) {
  EXPECT_THAT(topics_of({"Tarjouspyyntö: kuntouttava työtoiminta", "Sopimuskausi alkaa syksyllä.", "Pohde"}),
              AllOf(Contains("sosiaaliturva"), Not(Contains("vammaispalvelut"))));
  EXPECT_THAT(topics_of({"Kehitysvammaisten työtoiminta muuttaa", "Tilat ovat uudet.", "Pohde"}),
              Contains("vammaispalvelut"));
  EXPECT_THAT(topics_of({"Päihdekuntoutusta kotiin", "Lähete tehdään sähköisesti.", "Pirha"}),
              AllOf(Contains("mielenterveys-paihteet"), Not(Contains("erikoissairaanhoito"))));
}

// "Hon drog sig ur" took no drugs.
TEST(Topics, SwedishWordsOfSeveralMeanings) {
  EXPECT_THAT(topics_of({"Hon drog sig ur valet av direktör", "Direktören väljs i mars.", "Vasabladet"}),
              Not(Contains("mielenterveys-paihteet")));
  EXPECT_THAT(topics_of({"Drogerna är allt starkare", "Flera har dött.", "Vasabladet"}),
              Contains("mielenterveys-paihteet"));
  EXPECT_THAT(topics_of({"Förslag till understöd åt organisationerna", "Förslaget ges i januari.", "STEA"}),
              ElementsAre("jarjestoavustukset"));
  EXPECT_THAT(topics_of({"Pargas får behålla sin bäddavdelning", "Styrelsen backade.", "Svenska Yle"}),
              Contains("palveluverkko"));
  EXPECT_THAT(topics_of({"Sjukhuset behåller patienterna en natt längre", "Vården blir säkrare.", "Svenska Yle"}),
              Not(Contains("palveluverkko")));
}

// "Mielenterveyspalvelu" ends as "terveyspalvelu" does.
TEST(Topics, MentalHealthIsNoHealthCentre) {
  for (const auto* title : {"Mielenterveyspalvelujen saatavuus heikkeni", "Mielenterveyskeskus suljetaan",
                            "Mielenterveyskampanja lukioissa", "Mielenterveysneuvontaa puhelimessa"})
    EXPECT_THAT(topics_of({title, "Asiasta kerrottiin torstaina.", "Pirha"}),
                AllOf(Contains("mielenterveys-paihteet"), Not(Contains("perusterveydenhuolto")), Not(Contains("hyte"))))
        << title;
  EXPECT_THAT(topics_of({"Mielenterveyden edistäminen kouluissa", "Opas ilmestyi.", "THL"}), Contains("hyte"));
  EXPECT_THAT(topics_of({"Mielenterveyspalvelut siirtyvät terveysasemille", "Muutos alkaa toukokuussa.", "Pirha"}),
              Contains("perusterveydenhuolto"));
}

// Whose names stand side by side before the verb agree with each other.
TEST(Topics, TwoWhoAgree) {
  EXPECT_THAT(topics_of({"Espoo ja Luvn sopivat huoneista", "Sopimus koskee 80 koulua."}), Contains("yhdyspinnat"));
  EXPECT_THAT(topics_of({"Oma Häme ja HUS selvittävät kustannusten jakoa", "Päätös tehdään syksyllä."}),
              Contains("yhdyspinnat"));
  EXPECT_THAT(topics_of({"Vantaan ja Keravan hyvinvointialue neuvottelee", "Asia etenee.", "Vake"}),
              Not(Contains("yhdyspinnat")));
  EXPECT_THAT(topics_of({"Turun ja Salon päivystykset neuvottelevat vuoroista", "Asia etenee.", "Varha"}),
              Not(Contains("yhdyspinnat")));
}

TEST(Topics, AServiceOfTheKindMayHaveNothingToDoWithTheWord) {
  EXPECT_THAT(topics_of({"Taksimatkojen tilausnumerot muuttuvat", "Omavastuu säilyy.", "Kela"}),
              ElementsAre("sosiaaliturva"));
  EXPECT_THAT(topics_of({"Kelan johtaja vierailee Oulussa", "Matka kestää kaksi päivää.", "Kela"}),
              ElementsAre("sosiaaliturva"));
  EXPECT_THAT(topics_of({"Sosiaalityön päivystys palvelee öisin", "Numero on 116 117.", "Varha"}),
              Not(Contains("erikoissairaanhoito")));
  EXPECT_THAT(topics_of({"Avtalet med vårdbolaget sägs upp", "Området tar över.", "Vasabladet"}),
              AllOf(Contains("hankinnat"), Not(Contains("henkilosto"))));
  EXPECT_THAT(topics_of({"Radiation therapy moves to a new building", "The hospital opens in May.", "HUS"}),
              AllOf(Contains("erikoissairaanhoito"), Not(Contains("mielenterveys-paihteet"))));
  EXPECT_THAT(topics_of({"Young people wait a year for therapy", "Queues grew.", "Yle News"}),
              Contains("mielenterveys-paihteet"));
  EXPECT_THAT(topics_of({"Muistiperheet jäävät ilman kuntoutusta", "Kysely tehtiin syksyllä.", "Muistiliitto"}),
              ElementsAre("ikaantyneet"));
  EXPECT_THAT(topics_of({"Allt fler väljer privat tandläkare", "Kön växer i Helsingfors.", "HBL"}),
              AllOf(Contains("hankinnat"), Not(Contains("henkilosto"))));
  EXPECT_THAT(topics_of({"Nytt material på lätt språk", "Materialet är gratis.", "FDUV"}),
              AllOf(Contains("vammaispalvelut"), Not(Contains("kielet"))));
  EXPECT_THAT(topics_of({"Kollektivavtalet gick ut, lönerna står stilla", "Facket protesterar.", "Vasabladet"}),
              Contains("henkilosto"));
  EXPECT_THAT(topics_of({"Öppenvården för missbrukare krymper", "Avtalet skärs ner.", "HBL"}),
              Not(Contains("perusterveydenhuolto")));
}

TEST(Topics, RetiredDoctorsCamerasAndWhatAffectsUs) {
  EXPECT_THAT(topics_of({"Rautalammin lääkäri eläkkeelle 38 vuoden jälkeen", "Seuraajaa ei ole.", "Savon Sanomat"}),
              Contains("henkilosto"));
  EXPECT_THAT(topics_of({"Lääkäri: eläkkeelle jäävän kannattaa liikkua", "Terveys paranee.", "Yle"}),
              Not(Contains("henkilosto")));
  EXPECT_THAT(topics_of({"Hoivakoti sai kameravalvonnan öiksi", "Omaiset suhtautuvat varauksella.", "Yle"}),
              Not(Contains("hankinnat")));
  EXPECT_THAT(topics_of({"Hoivakotien valvonta tehostuu", "Yksityiset yksiköt tarkastetaan.", "Yle"}),
              Contains("hankinnat"));
  EXPECT_THAT(topics_of({"Så påverkar sjukvårdsreformen företagen", "Avtalen är större.", "Svenska Yle"}),
              Not(Contains("osallisuus")));
  EXPECT_THAT(topics_of({"Du kan påverka vården i Borgå", "Svara på enkäten.", "Östnyland"}), Contains("osallisuus"));
  EXPECT_THAT(topics_of({"Kunta ja alue kinaavat terveysaseman laskusta", "Laskua kertyi paljon.", "Yle"}),
              Contains("yhdyspinnat"));
  EXPECT_THAT(topics_of({"Kunta- ja aluevaalit samana päivänä", "Äänestää voi ennakkoon.", "Yle"}),
              Not(Contains("yhdyspinnat")));
}

TEST(Topics, WordsThatNeedMoreThanThemselves) {
  EXPECT_THAT(topics_of({"Mötet sänds via webben", "Fullmäktige samlas.", "Österbottens välfärdsområde"}),
              Not(Contains("digi-tieto")));
  EXPECT_THAT(topics_of({"Blanketten fylls i på webben", "Äldreomsorgen i Borgå berättar.", "Östnyland"}),
              Not(Contains("digi-tieto")));
  EXPECT_THAT(topics_of({"Nödcentralen fick larm om stöld", "Polisen grep en man utanför sjukhuset.", "HBL"}),
              AllOf(Not(Contains("pelastustoimi")), Not(Contains("varautuminen"))));
  EXPECT_THAT(topics_of({"Svara på enkäten: hur påverkar nedskärningarna dig?", "Vården sparar.", "Svenska Yle"}),
              Contains("osallisuus"));
  EXPECT_THAT(topics_of({"Lääkärit lähtevät hyvinvointialueelta", "Tilanne huolettaa.", "Kaleva"}),
              Contains("henkilosto"));
  EXPECT_THAT(topics_of({"Hyvä psykologi löytyi heti", "Potilas on tyytyväinen.", "Kaleva"}),
              Not(Contains("henkilosto")));
  EXPECT_THAT(topics_of({"Psykologia ei löydy kouluun", "Virka on ollut auki.", "Kaleva"}), Contains("henkilosto"));
  EXPECT_THAT(topics_of({"Drug therapy for addicts", "The clinic opens in May.", "Yle News"}),
              Contains("mielenterveys-paihteet"));
}

TEST(Topics, EvidenceNamesWordsAndRule) {
  const Entry entry{"Järjestöavustusten haku avautuu Kymenlaaksossa", "Hakuaika päättyy perjantaina."};
  const Tags tags = tagger().tag(subject_of(entry));
  ASSERT_FALSE(tags.topics.empty());
  EXPECT_EQ(tags.topics[0].id, "jarjestoavustukset");
  const Evidence& evidence = tags.topics[0].evidence.at(0);
  EXPECT_EQ(entry.title.substr(evidence.begin, evidence.end - evidence.begin), evidence.words);
  EXPECT_EQ(evidence.rule, "strong: järjestöavustus");
}

}  // namespace
}  // namespace sotevahti::tag::testing
