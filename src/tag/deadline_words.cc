#include "tag/deadline_words.h"

#include <array>
#include <span>
#include <unordered_map>
#include <vector>

namespace sotevahti::tag {
namespace {

// Words that spaces part. "haku" is the word itself, "haku*" what begins so, "*haku" what
// ends so, "*haku*" what has it anywhere.
struct Row {
  Cue cue;
  std::string_view words;
};

constexpr std::array finnish = {
    Row{Cue::registration,
        "ilmoittau* *ilmoittautumi* osallistumisilmoit* rekisteröitymi* rekisteröidyttävä paikkavaraukset "
        "mukaantulo* tulosi tulostasi osallistumisestasi osallistumisesi osallistujamäär* vahvista"},
    Row{Cue::consultation,
        "lausu* *lausunto* *lausunno* komment* *kysely* vastaa vastaathan vastata vastaus* vastaukset "
        "vastauksia vastauksensa vastauksesi vastauksenne vastausaika* palaute palautetta palautteen palautteet "
        "palautteita palautteensa "
        "palautteesi *palautekysely* mielipi* näkemy* kantaa sanasi sanottava* kysymyks* kannano* kuulemi* "
        "nähtävill* nähtävän* *otakanta* asukasraatikysely äänestä *äänestysaik* ideo* ideat idea ideasi "
        "näkökulm* kokemuksia kokemuksesi kokemuksista kerro toiveita toiveesi ajatuksia kuulee kuulla "
        "puheenvuoroj* muistutuks* huomautuks*"},
    Row{Cue::grant,
        "*avustu* *apuraha* *stipend* *rahoitushaku* *rahoitushau* *hankehaku* *hankehau* *tukirahoitu* "
        "*toimintatuk* "
        "*toimintatue* *järjestötuk* *järjestötue* *kumppanuustuk* stea steaan stean hankerahoitu*"},
    Row{Cue::application,
        "*haku *hakua *haun *haussa *hakuun haku* hae haeta* haete* haett* hakea hakee hakeu* hakem* "
        "*hakemu* hakev* hakij* hakenu* ehdok* ehdol* *tarjouks* *tarjous* ilmianna* nimensä halukk* "
        "kiinnostu* *kilpailu *kilpailuun *kilpailun nimeä nimeämään nimeävät nimetä liity liittyä "
        "hakeutu* pyrki*"},
    Row{Cue::weak,
        "auki avoinna *lomak* linkki* linki* määräai* määräaja* takaraj* perillä lähet* toimit* jättä* jätä "
        "jätet* anna antaa osallistu* täyttä* täytä täydenn* mukaan käynnissä palauta palautet* palautt* ota ottaa "
        "otetaan vastaanotetaan päivitettävä ilmoitettava toimitettava palautettava täytettävä"},
    Row{Cue::until, "mennessä asti saakka"},
    Row{Cue::since, "alkaen lähtien"},
    Row{Cue::at_latest, "viimeistään"},
    Row{Cue::ends,
        "päättyy päättyvä* päättyv* päättymi* sulkeutuu sulkeutuv* umpeutuu umpeutuv* loppuu takaraj* "
        "määräai* määräaja* "
        "määräpäiv* deadline* dl viimeinen viimeisenä *hakupäivä *ilmoittautumispäivä sulkeutumi*"},
    Row{Cue::begins,
        "alkaa alkavat alkoi alkaessa avautu* avataan avattiin avasi avaa aukeaa aukeavat käynnisty* "
        "käynnistää aloitetaan"},
    Row{Cue::ended,
        "päättyi päättyivät päättynyt päättynee* sulkeutui sulkeutunut umpeutui umpeutunut loppui oli "
        "olivat"},
    Row{Cue::event,
        "*asukasilta* *asukasillan* *asukasillas* *asukasillat* *asukastilaisuu* *kuulemistilaisuu* "
        "*keskustelutilaisuu* *yleisötilaisuu* *infotilaisuu* *esittelytilaisuu* *webinaar* *työpaj* "
        "*seminaar* *foorumi* *luento* *luenno* *messut *messuill* *messuilla *toripäiv* *järjestöpäiv* "
        "*järjestöilta *järjestöillan *järjestöillassa *teemapäiv* *tapahtum* *kyselytunt* *infoilta* "
        "*infoillan* *info *infossa *infoon avustusinfo* hakuinfo* *koulutustilaisuu* *verkostotapaam* "
        "*yleisöluen* *omaistenilta* *vanhempainilta* *keskusteluilta* *keskusteluillan* ilta illassa "
        "illan iltaan tavattavissa *kuntakoko* *asukaskoko* *kyläkoko* *kehittämispäiv* *aamukahv* "
        "*tilaisuu* *päivänavaus ovet ovi ovien *kiertue* avajais* *kävely *kävelylle *kävelyt *kahvila "
        "*kahvilat *kahvilaan *kahvilassa konsert* *juhla *juhlat *juhlaan *markkinat kyläil* "
        "*iltatilaisuu* *päiväkahv* *neuvontapäiv* *paneeli* *vertaistapaami* *näyttely"},
    Row{Cue::occurs,
        "järjeste* pidetään tervetulo* tule kutsu* keskustellaan keskustelevat tavattavissa esitellään puhuu "
        "kerrotaan kuullaan vietetään kokoontuu klo kello avoin pysähtyy vierailee juhlitaan"},
    Row{Cue::press, "medialle toimittaj* tiedotusväli* mediakutsu* mediatilaisuu* lehdistö* tiedotustilaisuu*"},
    Row{Cue::body,
        "aluevaltuusto aluevaltuuston aluehallitus aluehallituksen valtuusto valtuuston hallitus lautakunta "
        "lautakunnan jaosto jaoston valiokunta eduskunta valtioneuvosto kaupunginhallitus kaupunginvaltuusto "
        "kunnanhallitus kunnanvaltuusto yhtymähallitus yhtymävaltuusto ministeriölle eduskunnalle "
        "valtuustolle aluevaltuustolle aluehallitukselle hallitukselle kokous kokouks* istun* täysistun*"},
    Row{Cue::invites,
        "voi voivat voit saa saavat pyydetään pyytää pyytävät kutsu* haetaan kysyy kysyvät kerää kerätään "
        "toivo* hae hakea vastaa vastata anna antakaa kommentoi kommentoida lausua lähetä lähettää jätä "
        "jättää toimita toimittaa täytä ilmoittaudu ilmoittautua osallistu osallistua tule auki avoinna "
        "avataan aikaa perillä jätettävä lähetettävä toimitettava haettava haettavana haettavissa ehdota ota "
        "otetaan vastaanotetaan kerro nimeämään nimeä varaa liity"},
    Row{Cue::processes,
        "käsitel* käsittel* ratkaise* ratkaista ratkaistaan ratkaistiin ratkaistaneen "
        "ratkaistu* ratkaistaisi* päätökset päätöksiä päätöksen päätöksistä päätös päättää "
        "päättävät "
        "arvioidaan maksetaan "
        "julkaistaan julkistetaan kootaan "
        "valmistu* valmiste* myönne* saadaan tehdään nimetään valitaan valitsee ilmoitetaan tiedotetaan "
        "toteutetaan rakennetaan "
        "käyttää käytettävä käytettäv* käyttöaika* siirtyy siirretään muuttaa muuttuu kokeillaan laaditaan "
        "tarkastetaan"},
    Row{Cue::binds,
        "velvoitt* velvoitet* määräsi määrää kehotti selvity* vastine* uhkasak* muutoksenhak* valitusaika* valitta*"},
    Row{Cue::authority,
        "hyvinvointialueen hyvinvointialueiden alueen alueiden aluehallituksen aluevaltuuston ministeriön "
        "lautakunnan hallituksen viraston eduskunnan yhtymän hus husin hus:n valmistelijoiden "
        "viranhaltijoiden"},
    Row{Cue::must, "on tulee pitää täytyy piti"},
    Row{Cue::extends,
        "jatketaan jatkettu jatkettiin jatkoaika* jatkoaikaa pidenne* pidentä* lisäaika* lisäaikaa "
        "siirrettiin jatkaa"},
    Row{Cue::person,
        "jäsen* edustaj* ehdok* kokemusasiantuntij* kokemustoimij* vapaaehtoi* opiskel* *koulutuks* "
        "*koulutus *valtuust* mukaan virk* työpaik* tehtäv* avainhenkil* *raati* *raadi* palkin* palkint* "
        "*neuvosto* *ryhmään *kurss* valmennu* *toimielim* tukihenkil* *johtaj* *paikkaa *paikka* pilotti* "
        "kumppanei* kuka palkitse*"},
    Row{Cue::not_action,
        "*äänest* *vaali* *vaalei* *remont* näyttel* neuvottelut neuvottelu* *neuvottelut *neuvotteluja "
        "suljettu suljettuna lomautu* loma loman lomaa lomaan lomat lomia lomien lomalla lomakau* sulku* poikkeusauki* "
        "*avustaja* suljetaan suljettiin sulkee "
        "lakkautetaan lopetetaan muuttaa siirtyy avataan peruttu perutaan peruttiin peruuntu* peruutet* "
        "kiinni katko* *katko haastattel* tavoitettavissa puhelinaik* soittoaik* käyttökatk* päivitet* "
        "aukiol*"},
    Row{Cue::before, "ennen"},
    Row{Cue::done,
        "*ettiin *attiin *ättiin *ittiin *uttiin *stiin *atiin *ätiin vastasi vastasivat haki hakivat tuli "
        "saapui"},
    Row{Cue::campaign, "*viikko *viikkoa *viikon *viikolla *kampanja*"},
    Row{Cue::open_to_all, "tervetul* pääsy kaikille kaikki yleisölle"},
    Row{Cue::proposal, "ehdot* aloit*"},
    Row{Cue::unending, "jatkuvasti"},
    Row{Cue::arrives, "toimitettava jätettävä lähetettävä palautettava"},
    Row{Cue::there, "perillä"},
    Row{Cue::must_be_there, "oltava"},
    Row{Cue::be, "olla"},
    Row{Cue::seeks, "haetaan haettiin haettaisiin hakee hakevat hakea haettava haettavat"},
    Row{Cue::sought,
        "*säästö *säästöt *säästöä *säästöjä *sopeutus *sopeutusta *ratkaisu *ratkaisut *ratkaisua *ratkaisuja "
        "tasapaino tasapainoa vauhtia tehoa sopu sopua neuvottelutulosta "
        "keinoja vaihtoehtoja toimenpiteitä *sopeutustoimia tehokkuutta"},
    Row{Cue::contest, "osallistu osallistukaa *kilpailu *kilpailun *kilpailuun *kilpailulla *kilpailussa"},
    Row{Cue::reserves, "varaathan"},
    Row{Cue::seat, "paikka paikan paikkasi paikkanne paikkaasi omasi"},
    Row{Cue::reserve_now, "varaa varatkaa"},
    Row{Cue::seat_now, "paikka paikkasi paikkanne paikkaasi omasi"},
    Row{Cue::reserve_own, "varata varaamaan"},
    Row{Cue::seat_own, "paikkasi paikkanne paikkaasi omasi"},
    Row{Cue::states, "ilmoittaa"},
    Row{Cue::may, "voi voit voivat saa saavat ehtii ehdit"},
    Row{Cue::tells, "ilmoita ilmoitathan ilmoittakaa"},
    Row{Cue::attended, "tapahtumasi tapahtumanne"},
    Row{Cue::own, "oma oman omat"},
    Row{Cue::attended_own, "tapahtuma tapahtuman tapahtumat"},
    Row{Cue::decision, "ratkaisu ratkaisun ratkaisut ratkaisunsa"},
    Row{Cue::decided, "hakemu*"},
    Row{Cue::answers, "vastaa vastaavat vastaamassa"},
    Row{Cue::questions, "kysymyksiin"},
    Row{Cue::names, "nimiä"},
    Row{Cue::gathers, "kerätään kerää keräävät kerätä"},
};

constexpr std::array swedish = {
    Row{Cue::registration, "anmäl*"},
    Row{Cue::consultation,
        "yttra* utlåtand* *remiss* kommenter* kommentar* *enkät* svara besvara* svar svaren svarstid* "
        "synpunkt* åsikt* respons* feedback *samråd* *hörand* tyck* påverka berätta erfarenheter* "
        "framlagd* påseende anmärkning*"},
    Row{Cue::grant, "*bidrag* *understöd* *stipend* projektfinansiering* stea"},
    Row{Cue::application,
        "sök söka söks sökas sökande* *ansök* nominer* kandidat* anbud* intresserade intresseanmäl* söker "
        "tävling* nomin* intresse"},
    Row{Cue::weak,
        "öppen öppet öppna blankett* länk* lämna lämnas lämnar skicka* inlämn* delta* fyll* pågår framme tid "
        "ska inkom* insänd* ta tas emot"},
    Row{Cue::until, "senast"},
    Row{Cue::since, "framåt"},
    Row{Cue::at_latest, "senast"},
    Row{Cue::ends,
        "utgår upphör avslutas slutar stängs stänger ut deadline* sista tidsfrist* *tiden ansökningsdag "
        "anmälningsdag"},
    Row{Cue::begins, "från from börjar öppnar öppnas inleds startar lanseras"},
    Row{Cue::ended, "gick löpte avslutades stängde stängdes utgick var"},
    Row{Cue::event,
        "*kväll *kvällen *kvällar *diskussionstillfäll* *informationstillfäll* *infotillfäll* "
        "*hörandetillfäll* *webbinari* *webinari* *seminari* *workshop* *evenemang* *mässa *mässan "
        "*föreläsning* *temadag* *organisationsdag* *forum* *tillfälle* hus *utbildningsdag* *hörande "
        "*höranden *tillfällen *tillfället *café *dagarna *promenad"},
    Row{Cue::occurs,
        "ordnas hålls välkom* kom bjuder diskuteras presenteras kl klockan öppet öppen arrangeras hörs hörd "
        "träffas"},
    Row{Cue::press, "press* medie medier medierna mediainbjudan journalist*"},
    Row{Cue::body, "*fullmäktige* *styrelse* *nämnd* sammanträd* möte mötet möten riksdag* utskott* regeringen"},
    Row{Cue::invites,
        "kan får ber begärs begär söka söks sökas svara anmäl kommentera lämna lämnas skicka öppen öppet ges "
        "delta ska bör"},
    Row{Cue::processes,
        "behandla* besluten beslut avgörs betalas publiceras meddelas utses väljs bereds blir färdig* "
        "används användas beviljas"},
    Row{Cue::binds, "förplikta* åläggs ålade redogörelse* utredning* besvärstid* besvär överklag* bemötande*"},
    Row{Cue::authority, "välfärdsområdet välfärdsområdena området ministeriet styrelsen nämnden regeringen"},
    Row{Cue::must, "ska måste bör skall"},
    Row{Cue::extends, "förläng* tilläggstid* förskjut*"},
    Row{Cue::person,
        "medlem* representant* kandidat* erfarenhetsexpert* frivillig* stud* utbildning* tjänst* *råd *rådet "
        "*fullmäktige* pris* "
        "plats* jury* kurs* nyckelperson* intresse"},
    Row{Cue::not_action,
        "*val *valet rösta* röst* *förhandling* stängd stängt renover* semester* utställning* "
        "bostadsbidrag* inställd* inställt ställs intervju* anträffbar* telefontid* avbrott*"},
    Row{Cue::before, "före innan till tom med"},
    Row{Cue::done, "svarade ansökte lämnades besvarades söktes skickades inkom"},
    Row{Cue::campaign, "*veckan *vecka *kampanj*"},
    Row{Cue::open_to_all, "välkom* alla fritt öppet"},
    Row{Cue::proposal, "föreslå* förslag initiativ*"},
    Row{Cue::unending, "löpande fortlöpande"},
    Row{Cue::there, "framme inne inlämnad inlämnade"},
    Row{Cue::be, "vara"},
    Row{Cue::seeks, "söks sökas söker söka"},
    Row{Cue::sought,
        "*besparing *besparingar *besparingarna lösning lösningen lösningar lösningarna balans överenskommelse"},
    Row{Cue::reserve_own, "boka"},
    Row{Cue::seat_own, "din"},
    Row{Cue::seat_now, "plats"},
    Row{Cue::tells, "meddela"},
    Row{Cue::attended, "deltagande deltagandet"},
    Row{Cue::answers, "svarar"},
    Row{Cue::questions, "frågor frågorna"},
};

constexpr std::array english = {
    Row{Cue::registration, "register* registration* rsvp sign signup enrol*"},
    Row{Cue::consultation,
        "comment* consult* survey* feedback statement* opinion* respond respons* questionnaire* views say "
        "answer* hearing tell think"},
    Row{Cue::grant, "grant* funding subsid* bursar* scholarship*"},
    Row{Cue::application,
        "apply application* applicant* applying nominat* candidat* tender* call applications competition* "
        "accept accepts"},
    Row{Cue::weak, "open form submit* send sent return* take participat* link due received accepted"},
    Row{Cue::until, "latest"},
    Row{Cue::since, "onwards onward"},
    Row{Cue::at_latest, "latest"},
    Row{Cue::ends, "closes close closing ends end deadline* expires last due"},
    Row{Cue::begins, "from opens starts begins launches starting"},
    Row{Cue::ended, "closed ended expired was were"},
    Row{Cue::event,
        "webinar* seminar* workshop* event events forum* fair session* lecture* evening* discussion* meeting "
        "town day"},
    Row{Cue::occurs, "held organised organized welcome join discuss* open takes at arranged"},
    Row{Cue::press, "press media journalist* reporters"},
    Row{Cue::body, "council board committee parliament councils government"},
    Row{Cue::invites,
        "can may invite* ask asked asks please apply comment respond register send submit open join must "
        "should"},
    Row{Cue::processes,
        "decide* decision* processed published paid announced completed ready prepared transferred built "
        "used spent implemented"},
    Row{Cue::binds, "ordered obliged report* appeal* clarification"},
    Row{Cue::authority, "county counties council ministry government"},
    Row{Cue::must, "must shall has have"},
    Row{Cue::extends, "extend* prolong*"},
    Row{Cue::person,
        "member* representative* candidate* expert* volunteer* student* course* training* council* award* "
        "prize* panel* job* position*"},
    Row{Cue::not_action,
        "vote* voting election* negotiation* renovation* exhibition* closed cancelled canceled postponed "
        "interview* available outage*"},
    Row{Cue::before, "by until till before through than"},
    Row{Cue::done, "answered applied received responded commented submitted"},
    Row{Cue::campaign, "week campaign*"},
    Row{Cue::open_to_all, "welcome everyone free"},
    Row{Cue::proposal, "propos* suggest*"},
    Row{Cue::unending, "continuously"},
};

// A language's rows, found by a word's first two bytes or, where the pattern begins with a
// star, one after the other.
class CueIndex {
 public:
  explicit CueIndex(const auto& rows) {
    for (const Row& row : rows) {
      std::string_view list = row.words;
      while (!list.empty()) {
        const std::size_t end = std::min(list.find(' '), list.size());
        add(list.substr(0, end), row.cue);
        list.remove_prefix(std::min(end + 1, list.size()));
      }
    }
  }

  Cues find(std::string_view word) const {
    if (word.empty()) return 0;
    Cues cues = 0;
    for (const Pattern& pattern : beginning_as(word))
      if (pattern.prefix ? word.starts_with(pattern.text) : word == pattern.text) cues = cues | pattern.cue;
    for (const Pattern& pattern : inside_)
      if (pattern.prefix ? word.find(pattern.text) != std::string_view::npos : word.ends_with(pattern.text))
        cues = cues | pattern.cue;
    return cues;
  }

 private:
  struct Pattern {
    std::string_view text;
    Cue cue;
    bool prefix;
  };

  void add(std::string_view pattern, Cue cue) {
    if (pattern.empty()) return;
    const bool open_end = pattern.ends_with('*');
    if (open_end) pattern.remove_suffix(1);
    const bool open_start = pattern.starts_with('*');
    if (open_start) pattern.remove_prefix(1);
    if (pattern.empty()) return;
    (open_start ? inside_ : by_beginning_[beginning_of(pattern)]).push_back({pattern, cue, open_end});
  }

  // Two bytes tell most words apart; no pattern of one letter is open at its end.
  static std::size_t beginning_of(std::string_view word) {
    const auto byte = [&](std::size_t i) { return i < word.size() ? static_cast<unsigned char>(word[i]) : 0U; };
    return byte(0) * 256U + byte(1);
  }

  std::span<const Pattern> beginning_as(std::string_view word) const {
    const auto found = by_beginning_.find(beginning_of(word));
    return found == by_beginning_.end() ? std::span<const Pattern>() : found->second;
  }

  std::unordered_map<std::size_t, std::vector<Pattern>> by_beginning_;
  std::vector<Pattern> inside_;
};

}  // namespace

Cues cues_of(std::string_view word, std::string_view language) {
  static const CueIndex fi(finnish);
  static const CueIndex sv(swedish);
  static const CueIndex en(english);
  return language == "sv" ? sv.find(word) : language == "en" ? en.find(word) : fi.find(word);
}

}  // namespace sotevahti::tag
