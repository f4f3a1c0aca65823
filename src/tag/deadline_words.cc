#include "tag/deadline_words.h"

#include <array>

#include "tag/word_lists.h"

namespace sotevahti::tag {
namespace {

// The words as tag/word_lists.h reads them: "haku*" is what begins so.
struct Row {
  Cue cue;
  std::string_view words;
};

constexpr std::array finnish = {
    // What the reader is asked to do
    Row{Cue::registration,
        "ilmoittau* *ilmoittautumi* osallistumisilmoit* rekisteröitymi* rekisteröidyttävä paikkavaraukset mukaantulo* "
        "varattava "
        "tulosi tulostasi osallistumisestasi osallistumisesi osallistujamäär* vahvista"},
    Row{Cue::consultation,
        "lausu* *lausunto* *lausunno* komment* *kysely* vastaa vastaathan vastata vastaus* vastaukset vastauksia "
        "vastauksensa vastauksesi vastauksenne palaute palautetta palautteen palautteet palautteita palautteensa "
        "palautteesi mielipi* näkemy* kantaa sanasi sanottava* kysymyks* kannano* kuulemi* nähtävill* nähtävän* "
        "*otakanta* äänestä *äänestysaik* ideo* ideat idea ideasi näkökulm* kokemuksia kokemuksesi kokemuksista kerro "
        "toiveita toiveesi ajatuksia kuulee kuulla puheenvuoroj* muistutuks* huomautuks*"},
    Row{Cue::grant,
        "*avustu* *apuraha* *stipend* *rahoitushaku* *rahoitushau* *hankehaku* *hankehau* *tukirahoitu* *toimintatuk* "
        "*toimintatue* *järjestötuk* *järjestötue* *kumppanuustuk* stea steaan stean hankerahoitu*"},
    Row{Cue::application,
        "*haku *hakua *haun *haussa *hakuun haku* hae haeta* haete* haett* hakea hakee hakeu* hakem* *hakemu* hakev* "
        "tiivistelm* abstrakt* "
        "hakij* hakenu* ehdok* ehdol* *tarjouks* *tarjous* ilmianna* nimensä halukk* kiinnostu* *kilpailu *kilpailuun "
        "*kilpailun nimeä nimeämään nimeävät nimetä liity liittyä pyrki*"},
    Row{Cue::proposal, "ehdot* aloit*"},
    Row{Cue::some_action,
        "aikaa auki avoinna *lomak* linkki* linki* määräai* määräaja* takaraj* perillä lähet* toimit* jättä* jätä "
        "jätet* "
        "anna annathan antaa osallistu* täyttä* täytä täydenn* mukaan käynnissä palauta palautet* palautt* ota otathan "
        "ottaa otetaan "
        "vastaanotetaan päivitettävä ilmoitettava täytettävä"},
    Row{Cue::person,
        "jäsen* edustaj* ehdok* kokemusasiantuntij* kokemustoimij* vapaaehtoi* opiskel* *koulutuks* *koulutus "
        "*valtuust* mukaan virk* työpaik* tehtäv* avainhenkil* *raati* *raadi* palkin* *neuvosto* *ryhmään *kurss* "
        "valmennu* *toimielim* tukihenkil* *johtaj* *paikka* pilotti* kumppanei* kuka palkitse*"},
    Row{Cue::invites,
        "voi voivat voit saa saavat pyydetään pyytää pyytävät kutsu* haetaan kysyy kysyvät kerää kerätään toivo* hae "
        "hakea vastaa vastata anna antakaa kommentoi kommentoida lausua lähetä lähettää jätä jättää toimita toimittaa "
        "täytä ilmoittaudu ilmoittautua osallistu osallistua tule auki avoinna avataan aikaa perillä jätettävä "
        "lähetettävä toimitettava haettava haettavana haettavissa ehdota ota otetaan vastaanotetaan kerro nimeämään "
        "nimeä varaa liity"},
    // How the date stands to it
    Row{Cue::until, "mennessä asti saakka"},
    Row{Cue::since, "alkaen lähtien"},
    Row{Cue::before, "ennen"},
    Row{Cue::at_latest, "viimeistään"},
    Row{Cue::arrives, "toimitettava jätettävä lähetettävä palautettava"},
    Row{Cue::ends,
        "päättyy päättyv* päättymi* sulkeutuu sulkeutuv* umpeutuu umpeutuv* loppuu takaraj* määräai* määräaja* "
        "määräpäiv* deadline* dl viimeinen viimeisenä *hakupäivä *ilmoittautumispäivä sulkeutumi*"},
    Row{Cue::begins,
        "alkaa alkavat alkoi alkaessa avautu* avataan avattiin avasi avaa aukeaa aukeavat käynnisty* käynnistää "
        "aloitetaan"},
    Row{Cue::ended,
        "päättyi päättyivät päättynyt päättynee* sulkeutui sulkeutunut umpeutui umpeutunut loppui oli olivat"},
    Row{Cue::extends, "jatketaan jatkettu jatkettiin jatkoaika* pidenne* pidentä* lisäaika* siirrettiin jatkaa"},
    Row{Cue::unending, "jatkuvasti"},
    // Occasions
    Row{Cue::event,
        "*asukasilta* *asukasillan* *asukasillas* *asukasillat* *webinaar* *työpaj* *seminaar* *foorumi* *luento* "
        "*luenno* *messut *messuill* *toripäiv* *järjestöpäiv* *järjestöilta *järjestöillan *järjestöillassa "
        "*teemapäiv* *tapahtum* *kyselytunt* *infoilta* *infoillan* *info *infossa *infoon avustusinfo* hakuinfo* "
        "*verkostotapaam* *yleisöluen* *omaistenilta* *vanhempainilta* *keskusteluilta* *keskusteluillan* ilta "
        "illassa illan iltaan tavattavissa *kuntakoko* *asukaskoko* *kyläkoko* *kehittämispäiv* *aamukahv* *tilaisuu* "
        "*päivänavaus ovet ovi ovien *kiertue* avajais* *kävely *kävelylle *kävelyt *kahvila *kahvilat *kahvilaan "
        "*kahvilassa konsert* *juhla *juhlat *juhlaan *markkinat kyläil* *päiväkahv* *neuvontapäiv* *paneeli* "
        "*vertaistapaami* *näyttely *asukasillo* *asukasilto* *infoillat *infoillo* *infoilto* *keskusteluillat "
        "*keskusteluillo* *järjestöillat *järjestöillo* *teemaillat *teemailta *teemaillan *teemaillassa illoissa"},
    Row{Cue::occurs,
        "järjeste* pidetään tervetulo* tule kutsu* keskustellaan keskustelevat tavattavissa esitellään puhuu "
        "kerrotaan kuullaan vietetään kokoontuu klo kello avoin pysähtyy vierailee juhlitaan"},
    Row{Cue::open_to_all, "tervetul* pääsy kaikille kaikki yleisölle"},
    Row{Cue::press, "medialle toimittaj* tiedotusväli* mediakutsu* mediatilaisuu* lehdistö* tiedotustilaisuu*"},
    Row{Cue::campaign, "*viikko *viikkoa *viikon *viikolla *kampanja*"},
    // What others do, or nobody
    Row{Cue::body,
        "aluevaltuusto aluevaltuuston aluehallitus aluehallituksen valtuusto valtuuston hallitus lautakunta "
        "lautakunnan jaosto jaoston valiokunta eduskunta valtioneuvosto kaupunginhallitus kaupunginvaltuusto "
        "kunnanhallitus kunnanvaltuusto yhtymähallitus yhtymävaltuusto ministeriölle eduskunnalle valtuustolle "
        "aluevaltuustolle aluehallitukselle hallitukselle kokous kokouks* istun* täysistun*"},
    Row{Cue::authority,
        "hyvinvointialueen hyvinvointialueiden alueen alueiden aluehallituksen aluevaltuuston ministeriön lautakunnan "
        "hallituksen viraston eduskunnan yhtymän hus husin hus:n valmistelijoiden viranhaltijoiden"},
    Row{Cue::must, "on tulee pitää täytyy piti"},
    Row{Cue::binds,
        "velvoitt* velvoitet* määräsi määrää kehotti selvity* vastine* uhkasak* muutoksenhak* valitusaika* valitta*"},
    Row{Cue::processes,
        "käsitel* käsittel* ratkaise* ratkaista ratkaistaan ratkaistiin ratkaistaneen ratkaistu* ratkaistaisi* "
        "päätökset päätöksiä päätöksen päätöksistä päätös päättää päättävät arvioidaan maksetaan julkaistaan "
        "julkistetaan kootaan valmistu* valmiste* myönne* saadaan tehdään nimetään valitaan valitsee ilmoitetaan "
        "tiedotetaan toteutetaan rakennetaan käyttää käytettäv* käyttöaika* siirtyy siirretään muuttaa muuttuu "
        "kokeillaan laaditaan tarkastetaan katsottavissa katseltavissa kuunneltavissa"},
    Row{Cue::done,
        "*ettiin *attiin *ättiin *ittiin *uttiin *stiin *atiin *ätiin vastasi vastasivat haki hakivat tuli saapui"},
    Row{Cue::asks_nothing,
        "*äänest* *vaali* *vaalei* *remont* näyttel* neuvottelu* *neuvottelut *neuvotteluja suljettu suljettuna "
        "lomautu* loma loman lomaa lomaan lomat lomia lomien lomalla lomakau* sulku* poikkeusauki* *avustaja* "
        "suljetaan suljettiin sulkee lakkautetaan lopetetaan muuttaa siirtyy avataan peruttu perutaan peruttiin "
        "peruuntu* peruutet* kiinni *katko* haastattel* tavoitettavissa puhelinaik* soittoaik* käyttökatk* "
        "päivitet* aukiol* häiriö häiriötä häiriöitä"},
};

constexpr std::array swedish = {
    // What the reader is asked to do
    Row{Cue::registration, "anmäl* förhandsanmäl*"},
    Row{Cue::consultation,
        "yttra* utlåtand* *remiss* kommenter* kommentar* *enkät* svara besvara* svar svaren svarstid* synpunkt* "
        "åsikt* respons* feedback *samråd* *hörand* tyck* påverka berätta erfarenheter* framlagd* påseende "
        "anmärkning*"},
    Row{Cue::grant, "*bidrag* *understöd* *stipend* projektfinansiering* stea"},
    Row{Cue::application,
        "sök söka söks sökes sökas sökande* *ansök* anhålla anhåller anhållas anhålls anhållan* kandidat* anbud* "
        "intresserade intresseanmäl* söker "
        "tävling* nomin* "
        "intresse"},
    Row{Cue::proposal, "föreslå* förslag initiativ*"},
    Row{Cue::some_action,
        "öppen öppet öppna blankett* länk* lämna lämnas lämnar skicka* inlämn* delta* fyll* pågår framme tid ska "
        "inkom* insänd* ta tas emot"},
    Row{Cue::person,
        "medlem* representant* kandidat* erfarenhetsexpert* frivillig* stud* utbildning* tjänst* *råd *rådet "
        "*fullmäktige* pris* plats* jury* kurs* nyckelperson* intresse"},
    Row{Cue::invites,
        "kan får ber begärs begär söka söks sökas svara anmäl kommentera lämna lämnas skicka öppen öppet ges delta "
        "ska bör"},
    // How the date stands to it
    Row{Cue::until, "senast"},
    Row{Cue::since, "framåt"},
    Row{Cue::before, "före innan till tom med"},
    Row{Cue::at_latest, "senast"},
    Row{Cue::ends,
        "utgår upphör avslutas slutar stängs stänger deadline* sista tidsfrist* *tiden ansökningsdag anmälningsdag"},
    Row{Cue::begins, "från from börjar öppnar öppnas inleds startar lanseras"},
    Row{Cue::ended, "gick löpte avslutades stängde stängdes utgick var"},
    Row{Cue::extends, "förläng* tilläggstid* förskjut*"},
    Row{Cue::unending, "löpande fortlöpande"},
    // Occasions
    Row{Cue::event,
        "*kväll *kvällen *kvällar *diskussionstillfäll* *informationstillfäll* *infotillfäll* *hörandetillfäll* "
        "*webbinari* *webinari* *seminari* *workshop* *evenemang* *mässa *mässan *föreläsning* *temadag* "
        "*organisationsdag* *forum* *tillfälle* hus *utbildningsdag* *hörande *höranden *café *dagarna *promenad"},
    Row{Cue::occurs,
        "ordnas hålls välkom* kom bjuder diskuteras presenteras kl klockan öppet öppen arrangeras hörs hörd träffas"},
    Row{Cue::open_to_all, "välkom* alla fritt öppet"},
    Row{Cue::press, "press* medie medier medierna mediainbjudan journalist*"},
    Row{Cue::campaign, "*veckan *vecka *kampanj*"},
    // What others do, or nobody
    Row{Cue::body, "*fullmäktige* *styrelse* *nämnd* sammanträd* möte mötet möten riksdag* utskott* regeringen"},
    Row{Cue::authority, "välfärdsområdet välfärdsområdena området ministeriet styrelsen nämnden regeringen"},
    Row{Cue::must, "ska måste bör skall"},
    Row{Cue::binds, "förplikta* åläggs ålade redogörelse* utredning* besvärstid* besvär överklag* bemötande*"},
    Row{Cue::processes,
        "behandla* besluten beslut avgörs betalas publiceras meddelas delas utses väljs bereds blir färdig* används "
        "användas beviljas slopas"},
    Row{Cue::done, "svarade ansökte lämnades besvarades söktes skickades inkom"},
    Row{Cue::asks_nothing,
        "*val *valet röst* *förhandling* stängd stängt renover* semester* utställning* bostadsbidrag* inställd* "
        "inställt ställs intervju* anträffbar* telefontid* avbrott* störning störningar"},
};

constexpr std::array english = {
    // What the reader is asked to do
    Row{Cue::registration, "register* registration* rsvp sign signup enrol*"},
    Row{Cue::consultation,
        "comment* consult* survey* feedback statement* opinion* respond respons* questionnaire* views say answer* "
        "hearing tell think reply replies"},
    Row{Cue::grant, "grant* funding subsid* bursar* scholarship*"},
    Row{Cue::application,
        "apply application* applicant* applying nominat* candidat* tender* call competition* accept accepts"},
    Row{Cue::proposal, "propos* suggest*"},
    Row{Cue::some_action, "open form submit* send sent return* take participat* link due received accepted"},
    Row{Cue::person,
        "member* representative* candidate* expert* volunteer* student* course* training* council* award* prize* "
        "panel* job* position*"},
    Row{Cue::invites,
        "can may invite* ask asked asks please apply comment respond register send submit open join must should"},
    // How the date stands to it
    Row{Cue::until, "latest"},
    Row{Cue::since, "onwards onward"},
    Row{Cue::before, "by until till before through than"},
    Row{Cue::at_latest, "latest"},
    Row{Cue::ends, "closes close closing ends end deadline* expires last due"},
    Row{Cue::begins, "from opens starts begins launches starting"},
    Row{Cue::ended, "closed ended expired was were"},
    Row{Cue::extends, "extend* prolong*"},
    Row{Cue::unending, "continuously"},
    // Occasions
    Row{Cue::event,
        "webinar* seminar* workshop* event events forum* fair session* lecture* evening* discussion* meeting town day"},
    Row{Cue::occurs, "held organised organized welcome join discuss* open takes at arranged"},
    Row{Cue::open_to_all, "welcome everyone free"},
    Row{Cue::press, "press media journalist* reporters"},
    Row{Cue::campaign, "week campaign*"},
    // What others do, or nobody
    Row{Cue::body, "council board committee parliament councils government"},
    Row{Cue::authority, "county counties council ministry government"},
    Row{Cue::must, "must shall has have"},
    Row{Cue::binds, "ordered obliged report* appeal* clarification"},
    Row{Cue::processes,
        "decide* decision* processed published paid announced completed ready prepared transferred built used spent "
        "implemented withdrawn discontinued"},
    Row{Cue::done, "answered applied received responded commented submitted"},
    Row{Cue::asks_nothing,
        "vote* voting election* negotiation* renovation* exhibition* closed cancelled canceled postponed interview* "
        "available outage*"},
};

WordLists lists_of(const auto& rows) {
  WordLists lists;
  for (const Row& row : rows) lists.add(row.words, static_cast<Cues>(row.cue));
  return lists;
}

}  // namespace

Cues cues_of(std::string_view word, std::string_view language) {
  static const WordLists fi = lists_of(finnish);
  static const WordLists sv = lists_of(swedish);
  static const WordLists en = lists_of(english);
  return static_cast<Cues>((language == "sv" ? sv : language == "en" ? en : fi).of(word));
}

}  // namespace sotevahti::tag
