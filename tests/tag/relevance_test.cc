#include <gtest/gtest.h>

#include "tagging.h"

namespace sotevahti::tag::testing {
namespace {

bool is_relevant(const Entry& entry) { return tagger().tag(subject_of(entry)).relevant; }

TEST(Relevance, WordsOfTheField) {
  EXPECT_TRUE(is_relevant({"Terveysasema avautuu", "Vastaanotot alkavat maanantaina."}));
  EXPECT_TRUE(is_relevant({"Mökkipalo syttyi grillistä", "Kukaan ei loukkaantunut."}));
  EXPECT_TRUE(is_relevant({"Lapsiperheköyhyys lisääntyi", "Ruoka-apua haetaan yhä enemmän."}));
  EXPECT_TRUE(is_relevant({"Yhdistysten avustukset haettavana", "Haku päättyy perjantaina.", "STEA"}));
  EXPECT_TRUE(is_relevant({"Hemvården får fler vårdare", "Äldreomsorgen växer.", "Svenska Yle"}));
  EXPECT_TRUE(is_relevant({"Home care visits fall", "Older people wait longer.", "Yle News"}));
}

TEST(Relevance, ABrandOrItsOwnRoomIsEnough) {
  EXPECT_TRUE(is_relevant({"Pohteen valtuusto äänesti arvoista", "Keskustelu kesti kuusi tuntia.", "Kaleva"}));
  EXPECT_TRUE(is_relevant({"Uusi pysäköintialue käyttöön", "Autot siirtyvät.", "Kainuun hyvinvointialue"}));
}

TEST(Relevance, OtherNews) {
  EXPECT_FALSE(is_relevant({"Salo pelasti Ilvekselle pisteen jatkoajalla", "Puolustaja osui ylivoimalla."}));
  EXPECT_FALSE(is_relevant({"Valtatie suljettu Ikaalisissa", "Liikenne ohjataan kiertotielle.", "Fintraffic"}));
  EXPECT_FALSE(is_relevant(
      {"Kevätkylvöt etenivät Etelä-Pohjanmaalla", "Viljelijöiden mukaan maa kuivui.", "Maaseudun Tulevaisuus"}));
  EXPECT_FALSE(is_relevant({"Kaupunginvaltuusto päätti uimahallin aukioloista", "Lippujen hinta nousee."}));
}

TEST(Relevance, WordsThatOnlyLookLikeTheField) {
  EXPECT_FALSE(is_relevant({"Hyvinvointimessut täyttivät messukeskuksen", "Kävijöitä kertyi 14 000.", "Aamulehti"}));
  EXPECT_FALSE(is_relevant({"Eläinlääkäripäivystys uudistuu", "Lemmikkien omistajat soittavat yhteen numeroon."}));
  EXPECT_FALSE(
      is_relevant({"Sairaaladraaman uusi kausi alkaa", "Suosikkisarja kuvattiin Helsingissä.", "Ilta-Sanomat"}));
  EXPECT_FALSE(is_relevant({"Metsänhoitoyhdistykset yhdistyvät", "Jäsenet hyväksyivät sulautumisen."}));
  EXPECT_FALSE(is_relevant({"Avustukset urheiluseuroille haettavana", "Kulttuuriavustusten haku alkaa syksyllä."}));
  EXPECT_FALSE(is_relevant({"Sommarteatern ställs in", "Biljetterna gäller på lördag.", "Hufvudstadsbladet"}));
}

// What is cared for, kept in order or played is not always a patient, a building on duty or a hospital.
TEST(Relevance, CareOfThingsAndAnimals) {
  for (const Entry& entry :
       {Entry{"Vård av fornlämningar på ängarna i Ekenäs", "Fåren betade på gravhögen.", "Museiverket"},
        Entry{"Jourhavande gatumästare svarar under påsken", "Felanmälan görs dygnet runt.", "Borgå stad"},
        Entry{"Kuutti sai hoitoa eläinsairaalassa", "Norppa vapautettiin järveen.", "Etelä-Saimaa"},
        Entry{"Tuki nuoren metsän hoitoon", "Hakemuksia on käsitelty nopeasti.", "Metsäkeskus"},
        Entry{"Sairaala-sarjan kolmas kausi alkaa", "Lääkärit kuvattiin tehtaassa.", "Helsingin Sanomat"},
        Entry{"Hoitoaineen valinta kuiville hiuksille", "Kampaaja neuvoo.", "Ilta-Sanomat"},
        Entry{"Nurse shark arrives at the aquarium", "The tank opens in May.", "Helsinki Times"}})
    EXPECT_FALSE(is_relevant(entry)) << entry.title;
  for (const Entry& entry :
       {Entry{"Kampaajat oppivat tunnistamaan lähisuhdeväkivallan", "Turvakoti kouluttaa."},
        Entry{"Näyttelijä kertoo masennuksestaan", "Psykoterapiaan pääsi kahden vuoden jonotuksen jälkeen."},
        Entry{"Influenssakausi alkoi, toinen rokotussarja saapuu", "Rokotteita jaetaan marraskuussa."},
        Entry{"Eläinsairaalan tilalle rakennetaan terveysasema", "Varha vuokraa kiinteistön.", "Turkulainen"},
        Entry{"Vattenläcka stängde hälsostationen i Malax", "Mottagningen flyttas.", "Vasabladet"},
        Entry{"Djur i vården: hunden besöker demensavdelningen", "Den kommer varje tisdag.", "Vasabladet"},
        Entry{"Hotell blir flyktingförläggning i Lovisa", "Asylsökande flyttar in i maj.", "Östnyland"},
        Entry{"Metsuri loukkaantui, ambulanssi etsi reittiä tunnin", "Ensihoito eksyi metsätielle.", "Kaleva"},
        Entry{"Sparkrav i vården i landskapet", "Budgeten är stram.", "Nya Åland"},
        Entry{"Vården flyttar till en ny byggnad i skogen", "Flytten sker i maj.", "Vasabladet"}})
    EXPECT_TRUE(is_relevant(entry)) << entry.title;
}

// The words of care are the same where animals are cared for, or people of other countries.
TEST(Relevance, CareOfOthers) {
  for (const Entry& entry :
       {Entry{"Hammaskiveä, leikkauksia ja päivystystä – koirien klinikka laajenee", "Omistaja palkkaa eläinlääkärin.",
              "Kaleva"},
        Entry{"Päivystysnumero muuttuu pieneläinten omistajille", "Hätätapauksissa numero on entinen."},
        Entry{"Dejour för fyrbenta öppnar i Pedersöre", "Två veterinärer och fyra skötare anställs på kliniken.",
              "Österbottens Tidning"},
        Entry{"Lontoon lääkärit marssivat palkkojensa puolesta", "Britannian sairaaloissa peruttiin leikkauksia."},
        Entry{"Miljoner amerikaner mister sin sjukförsäkring", "Sjukhus hotas av konkurs.", "Svenska Yle"},
        Entry{"Region Stockholm varslar undersköterskor", "Sjukhuset ska spara.", "Hufvudstadsbladet"}})
    EXPECT_FALSE(is_relevant(entry)) << entry.title;
}

TEST(Relevance, TheFootOfARoomIsNoWordOfOurs) {
  EXPECT_FALSE(is_relevant({"Yhdysvalloissa lääkärit lakkoilevat",
                            "Britannian lääkärit seuraavat.\nLue myös: Suomessa leikkausjonot kasvavat"}));
}

TEST(Relevance, CareOfOthersThatConcernsOurs) {
  for (const Entry& entry :
       {Entry{"Eläinlääkärit ja lääkärit samaan päivystykseen", "Hyvinvointialue neuvottelee kuntien kanssa."},
        Entry{"Tulipalo tuhosi navetan, palokunta pelasti lehmät", "Eläinlääkäri hoiti savusta kärsineitä."},
        Entry{"Tanskassa keskitettiin sairaalat", "Sosiaali- ja terveysministeriö haluaa vähentää päivystyksiä."},
        Entry{"Yhä useampi hoitaja lähtee Norjaan", "Ammattiliitto on huolissaan hoitajapulasta."},
        Entry{"Ruotsissa hoitoon pääsee nopeammin", "Suomessa jonot kasvavat, selviää THL:n vertailusta."},
        Entry{"Sjuksköterskor pendlar från Jakobstad till USA", "Sjukhuset saknar vårdare.", "Vasabladet"},
        Entry{"Palvelua saa ruotsiksi sairaalassa", "Potilaat ovat tyytyväisiä."}})
    EXPECT_TRUE(is_relevant(entry)) << entry.title;
}

// A school and a power plant are institutions too, money is placed as children are, and a language is
// not yet a service in it.
TEST(Relevance, ChildrenAndLanguagesOfOtherFields) {
  for (const Entry& entry : {Entry{"Nuoret hakevat oppilaitokseen ennätysmäärin", "Yhteishaku päättyi.", "Yle"},
                             Entry{"Lapset tutustuivat voimalaitokseen", "Retki tehtiin tiistaina.", "Kaleva"},
                             Entry{"Näin sijoitat lapselle", "Rahastosäästäminen kannattaa.", "Kauppalehti"},
                             Entry{"Kirja julkaistiin arabiaksi ja somaliksi", "Kustantaja iloitsee.", "Yle"},
                             Entry{"Hon talar på somaliska i boken", "Boken kom ut.", "HBL"},
                             Entry{"Somali runner wins marathon", "The race was held on Sunday.", "Yle News"},
                             Entry{"Eläinlääkäri: muista rokottaa kissa", "Kissarutto leviää.", "Kaleva"}})
    EXPECT_FALSE(is_relevant(entry)) << entry.title;
  EXPECT_TRUE(is_relevant({"Sijoitettu lapsi karkasi", "Etsinnät jatkuvat.", "Kaleva"}));
}

// A word that no other field has is enough, though no hospital, county or patient is named.
TEST(Relevance, AWordOfTheFieldAlone) {
  for (const Entry& entry : {Entry{"Nuorisokoti täynnä", "Paikkaa odottaa viisi.", "Savon Sanomat"},
                             Entry{"Skyddshemmet fullt i fjol", "Varannan kvinna fick vänta.", "Vasabladet"},
                             Entry{"Hinkuyskä leviää", "Tapauksia on kymmenen.", "Kaleva"},
                             Entry{"Omaolo kaatui", "Vika korjattiin.", "Ilta-Sanomat"},
                             Entry{"Sjukstugan blir bostäder", "Fastigheten säljs.", "HBL"},
                             Entry{"Bokning av blodprov på webben", "Fimlab sköter provtagningen.", "Pohjalainen"},
                             Entry{"Measles exposure on a ferry", "Passengers should check their status.", "Yle News"}})
    EXPECT_TRUE(is_relevant(entry)) << entry.title;
  for (const Entry& entry :
       {Entry{"Naudoilta löytyi tuberkuloosia", "Tila asetettiin rajoituksiin.", "Maaseudun Tulevaisuus"},
        Entry{"Luostarin apotti täytti 70", "Juhlat pidettiin museossa.", "Kotimaa"},
        Entry{"Perhepalvelu hinausautoilijoille", "Yhtiö laajenee konsertteihin.", "Kauppalehti"},
        Entry{"Attendon osake laski", "Pörssissä pelättiin tulosvaroitusta.", "Kauppalehti"},
        Entry{"Koirat on rokotettava ennen näyttelyä", "Kennelkerho muistuttaa.", "Keskisuomalainen"}})
    EXPECT_FALSE(is_relevant(entry)) << entry.title;
}

// Strikes, purchases and systems are of every field.
TEST(Relevance, WhatAnotherFieldBuysOrStrikesFor) {
  for (const Entry& entry : {Entry{"Lakko pysäytti metron", "Työtaistelu jatkuu perjantaihin.", "Ilta-Sanomat"},
                             Entry{"Kuopiossa kilpailutetaan auraus", "Tarjouspyyntö julkaistiin.", "Savon Sanomat"},
                             Entry{"Opettajien palkkaneuvottelut jumissa", "OAJ harkitsee ylityökieltoa.", "Yle"},
                             Entry{"Verkkopankin katko kesti kolme tuntia", "Digiajan asiakkaat odottivat.", "Yle"}})
    EXPECT_FALSE(is_relevant(entry)) << entry.title;
  for (const Entry& entry :
       {Entry{"Hyvtes-neuvottelut katkesivat", "Työnantaja ei hyväksynyt vaatimuksia.", "Yle"},
        Entry{"Opettajat huolissaan oppilaiden ahdistuksesta", "Koulukuraattorin jono kasvaa.", "Yle"},
        Entry{"Lentoasemalla harjoiteltiin suuronnettomuutta", "Ensihoito siirsi 30 potilasta.", "Kaleva"},
        Entry{"Lakko sulkee leikkaussalit", "Hoitajien työtaistelu jatkuu perjantaihin.", "Ilta-Sanomat"}})
    EXPECT_TRUE(is_relevant(entry)) << entry.title;
}

TEST(Relevance, WhatIsNotOfTheFieldHasNoTags) {
  const Tags tags = tagger().tag(subject_of({"Festivaali alkaa Joensuussa", "Liput loppuivat.", "Karjalainen"}));
  EXPECT_FALSE(tags.relevant);
  EXPECT_TRUE(tags.areas.empty());
  EXPECT_TRUE(tags.topics.empty());
  ASSERT_FALSE(tags.relevance.empty()) << "what spoke against it";
  EXPECT_EQ(tags.relevance[0].words, "Festivaali");
}

}  // namespace
}  // namespace sotevahti::tag::testing
