#include "tag/glossary.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace sotevahti::tag {
namespace {

// One concept: its words in Finnish, Swedish and English, as the lexicon's lemmas.
struct Concept {
  std::string_view fi, sv, en;
};

constexpr Concept glossary[] = {
    // What is decided, and by whom
    {"talousarvio budjetti", "budget", "budget"},
    {"alijäämä", "underskott", "deficit deficits"},
    {"ylijäämä", "överskott", "surplus"},
    {"säästö säästää säästöohjelma", "besparing spar sparprogram", "savings save saving cuts"},
    {"leikkaus leikata avustusleikkaus", "nedskärning skär", "cut cuts cutting"},
    {"rahoitus rahoittaa", "finansiering finansier", "funding financing finance"},
    {"veronmaksaja vero", "skatt", "tax taxes"},
    {"asiakasmaksu maksu", "klientavgift avgift", "fee fees charges"},
    {"lainanottovaltuus laina", "lån lånefullmakt", "loan borrowing"},
    {"osavuosikatsaus", "delårsrapport", "interim"},
    {"tilinpäätös", "bokslut", "accounts"},
    {"tuottavuusohjelma tuottavuus", "produktivitet produktivitetsprogram", "productivity"},
    {"päätös päättää", "beslut beslutar", "decision decisions decided decides"},
    {"hallintosääntö", "förvaltningsstadga", "regulations"},
    {"johtajasopimus", "direktörsavtal", "agreement"},
    {"aluehallitus", "välfärdsområdesstyrelse", "board"},
    {"aluevaltuusto valtuusto", "välfärdsområdesfullmäktige fullmäktige", "council"},
    {"lautakunta", "nämnd", "committee committees"},
    {"luottamustehtävä luottamushenkilö", "förtroendeuppdrag förtroendevald", "trustee trustees"},
    {"aluevaali vaali", "välfärdsområdesval val", "election elections"},
    {"aluevaalilautakunta", "valnämnd", "electoral"},
    {"ehdokas", "kandidat", "candidate candidates"},
    {"äänestää äänestys äänestäjä", "rösta röst väljare", "vote votes voting voters"},
    {"äänestysaktiivisuus", "valdeltagande", "turnout"},
    {"tarkastuslaskenta tulos", "valresultat resultat", "result results"},
    {"strategia hyvinvointialuestrategia", "strategi", "strategy"},
    {"luonnos strategialuonnos", "utkast", "draft"},
    {"suunnitelma hyvinvointisuunnitelma", "plan välfärdsplan", "plan plans"},
    {"hyvinvointikertomus", "välfärdsberättelse", "report"},
    {"palvelulupaus", "servicelöfte", "promise"},
    {"laki lainsäädäntö", "lag lagstiftning", "act law legislation"},
    {"lakiesitys esitys", "lagförslag proposition förslag", "bill proposal proposed"},
    {"asetus", "förordning", "decree"},
    {"lausunto lausuntokierros lausuntopyyntö", "utlåtande yttrande remiss", "statement statements consultation"},
    {"eduskunta", "riksdag", "parliament"},
    {"hallitus", "regering", "government"},
    {"ministeriö", "ministerium", "ministry"},
    {"valtio", "stat", "state"},
    {"arviointimenettely", "utvärderingsförfarande bedömningsförfarande", "assessment"},
    {"hankinta kilpailutus kilpailuttaa", "upphandling", "procurement tender"},
    {"ulkoistus ulkoistaa", "utkontraktering", "outsourcing outsourced"},
    {"palveluseteli", "servicesedel", "voucher vouchers"},
    {"sopimus", "avtal", "contract agreement"},
    {"yksityinen", "privat", "private"},
    {"valvoa valvonta", "övervaka tillsyn", "supervision supervise"},
    {"aloite", "initiativ motion", "initiative"},
    // Staff
    {"muutosneuvottelu yhteistoimintaneuvottelu yt-neuvottelu neuvottelu neuvotella",
     "samarbetsförhandling förhandling", "negotiation negotiations"},
    {"irtisanominen irtisanoa", "uppsägning", "layoffs dismissals redundancies"},
    {"lomautus lomauttaa", "permittering permitter", "furlough"},
    {"henkilöstö työntekijä", "personal anställd", "staff employees workers"},
    {"tehtävä vakanssi virka", "tjänst befattning uppgift", "post posts job jobs"},
    {"vähennys vähentää vähetä", "minskning minsk", "reduce reduction reduced decreased"},
    {"lääkäri omalääkäri", "läkare", "doctor doctors physician physicians gp"},
    {"sairaanhoitaja hoitaja", "sjukskötare", "nurse nurses"},
    {"lähihoitaja", "närvårdare", "carer carers"},
    {"kätilö", "barnmorska", "midwife midwives"},
    {"sosiaalityöntekijä", "socialarbetare", "social"},
    {"hoitajamitoitus mitoitus", "vårdardimensionering dimensionering", "ratio staffing"},
    {"palkka palkkaharmonisointi", "lön löneharmonisering", "pay wages salary"},
    {"lakko", "strejk", "strike"},
    {"rekrytointi rekrytoida palkata", "rekrytering rekryter anställ", "recruitment recruit hire"},
    {"johtaja hyvinvointialuejohtaja", "direktör", "director"},
    {"keskijohto", "mellanchef", "management"},
    {"tukipalvelu", "stödfunktion stödtjänst", "support"},
    {"eläköityminen eläke eläköityä", "pension pensionsavgång", "pension retirement"},
    {"opiskelija harjoittelija", "studerande praktikant", "student students trainee"},
    {"kielikoulutus kielikurssi", "språkkurs språkutbildning", "language"},
    {"sijainen vuokralääkäri", "vikarie hyrläkare", "locum"},
    // Units and their fate
    {"terveysasema terveyskeskus sote-asema sote-keskus",
     "hälsostation hälsovårdscentral hälsocentral vårdcentral social-och", "station centre clinic"},
    {"sairaala", "sjukhus", "hospital hospitals"},
    {"keskussairaala", "centralsjukhus", "central"},
    {"yliopistosairaala", "universitetssjukhus", "university"},
    {"vuodeosasto osasto", "bäddavdelning vårdavdelning avdelning", "ward wards"},
    {"vuodeosastopaikka", "vårdplats bäddplats", "beds"},
    {"palveluasuminen ympärivuorokautinen", "serviceboende dygnetruntvård", "housing"},
    {"hoivakoti", "vårdhem", "nursing"},
    {"yhteisöllinen", "gemenskapsboende", "communal"},
    {"päivystys yöpäivystys yhteispäivystys", "jour jourmottagning nattjour", "emergency"},
    {"ensihoito ambulanssi", "ambulans akutvård", "ambulance ambulances paramedic"},
    {"synnytys synnytysosasto synnyttää", "förlossning bb", "birth births maternity delivery"},
    {"neuvola äitiysneuvola", "rådgivning mödrarådgivning", "clinic"},
    {"perhekeskus", "familjecenter", "family"},
    {"hammashoito suunterveydenhuolto hammashoitola hammaslääkäri", "tandvård tandklinik tandläkare munhälsovård",
     "dental dentist"},
    {"röntgen kuvantaminen magneettikuvaus", "röntgen bilddiagnostik", "imaging x-ray"},
    {"laboratorio näytteenotto", "laboratorium provtagning", "laboratory lab"},
    {"paloasema", "brandstation", "fire"},
    {"pelastuslaitos pelastustoimi pelastaja", "räddningsverk räddningsväsende räddare", "rescue"},
    {"palokunta vapaaehtoispalokunta", "brandkår", "brigade"},
    {"tulipalo palo", "brand eldsvåda", "fire"},
    {"palveluverkko palveluverkkosuunnitelma", "servicenät", "network"},
    {"sulkea lakkauttaa lakata lopettaa", "stäng läggs dra", "close closes closed closing closure"},
    {"avata avautua", "öppn", "open opens opened"},
    {"yhdistää yhdistyä", "slå sammanslagning förena", "merge merged merger"},
    {"siirtää siirtyä", "flytt överför", "move moved transfer"},
    {"remontti peruskorjaus", "renovering", "renovation"},
    {"rakentaa uudisrakennus", "bygg nybygge", "build building"},
    {"tontti", "tomt", "site plot"},
    {"väistötila tila", "lokal", "premises"},
    // Care
    {"hoitotakuu", "vårdgaranti", "guarantee"},
    {"jono hoitojono leikkausjono", "kö vårdkö", "queue queues waiting"},
    {"leikkausjono polvi- proteesi", "protes höftprotes", "replacement"},
    {"polvi", "knä", "knee"},
    {"lonkka lonkkaproteesi", "höft höftprotes", "hip"},
    {"leikata leikkausrobotti iltaleikkaus", "operation operer operationsrobot", "surgery operate"},
    {"perusterveydenhuolto", "primärvård", "primary"},
    {"erikoissairaanhoito", "specialsjukvård", "specialised specialist"},
    {"kiireetön kiireellinen", "brådskande", "urgent"},
    {"vastaanotto", "mottagning", "appointment reception"},
    {"etävastaanotto etälääkäri digipalvelu", "distansmottagning distansläkare digitaltjänst", "remote digital"},
    {"potilas", "patient", "patient patients"},
    {"asiakas", "klient kund", "client clients customer"},
    {"potilastietojärjestelmä asiakastietojärjestelmä", "patientdatasystem klientdatasystem", "records"},
    {"tietoturva tietomurto", "dataskydd dataintrång", "data breach"},
    {"tekoäly", "ai", "ai"},
    {"sovellus", "app", "app"},
    {"rokotus rokote rokottaa influenssarokotus", "vaccination vaccinering vaccin influensavaccin",
     "vaccine vaccination jab"},
    {"influenssa", "influensa", "flu influenza"},
    {"korona", "corona covid", "covid coronavirus"},
    {"syöpä", "cancer", "cancer"},
    {"sydän sydäninfarkti", "hjärta hjärtinfarkt", "heart"},
    {"kuntoutus", "rehabilitering", "rehabilitation"},
    {"mielenterveys", "mentalvård psyke", "mental"},
    {"psykiatria lastenpsykiatria", "psykiatri barnpsykiatri", "psychiatry psychiatric"},
    {"terapia psykoterapia", "terapi psykoterapi", "therapy"},
    {"päihde päihdepalvelu", "missbruk missbrukarvård beroende", "substance addiction"},
    {"huume huumekuolema", "narkotika drog drogdöd", "drug drugs"},
    {"alkoholi", "alkohol", "alcohol"},
    {"itsemurha", "självmord", "suicide"},
    {"kriisi kriisiapu kriisipuhelin", "kris krishjälp kristelefon", "crisis"},
    {"yksinäisyys", "ensamhet", "loneliness"},
    {"väkivalta lähisuhdeväkivalta", "våld", "violence"},
    {"turvakoti", "skyddshem", "shelter"},
    // People
    {"ikääntynyt vanhus ikäihminen iäkäs", "äldre", "older elderly"},
    {"vanhusneuvosto", "äldreråd", "elderly"},
    {"vammainen vammaispalvelu vammaispalvelulaki", "funktionshinder funktionshinderservice funktionsnedsättning",
     "disability disabled disabilities"},
    {"vammaisneuvosto", "funktionshinderråd", "disability"},
    {"nuori nuorisovaltuusto", "ung ungdom ungdomsfullmäktige", "young youth"},
    {"lapsi", "barn", "child children"},
    {"perhe lapsiperhe", "familj barnfamilj", "family families"},
    {"vanhempi", "förälder", "parent parents"},
    {"lastensuojelu", "barnskydd", "protection"},
    {"huostaanotto", "omhändertagande", "care"},
    {"sijoitus sijoittaa sijaishuolto", "placering placerad", "placement placements placed"},
    {"jälkihuolto", "eftervård", "aftercare"},
    {"ikäraja", "åldersgräns", "age"},
    {"opiskeluhuolto oppilashuolto", "elevhälsa studerandevård elevvård", "pupil"},
    {"koulu", "skola", "school schools"},
    {"kuraattori psykologi", "kurator psykolog", "psychologist"},
    {"omaishoito omaishoitaja", "närståendevård närståendevårdare", "informal"},
    {"kotihoito kotipalvelu", "hemvård", "home"},
    {"muistisairas muistisairaus", "minnessjukdom demens", "dementia"},
    {"kuljetuspalvelu kuljetus", "färdtjänst transport", "transport"},
    {"apuväline", "hjälpmedel", "aids"},
    {"tulkkaus tulkki", "tolkning tolk", "interpreter"},
    {"maahanmuuttaja maahanmuutto", "invandrare invandring", "immigrant immigrants migrants"},
    {"turvapaikanhakija pakolainen", "asylsökande flykting", "asylum refugee refugees"},
    {"ukrainalainen ukraina", "ukrainare ukraina", "ukrainian ukrainians ukraine"},
    {"paperiton", "papperslös", "undocumented"},
    {"kotoutuminen kotouttaminen", "integration", "integration"},
    {"asunnoton asunnottomuus", "hemlös bostadslös bostadslöshet hemlöshet", "homeless homelessness"},
    {"ensisuoja", "härbärge", "shelter"},
    {"köyhyys", "fattigdom", "poverty"},
    {"ruoka-apu", "mathjälp matbistånd", "food"},
    {"työtön työttömyys", "arbetslös arbetslöshet", "unemployed unemployment"},
    {"työnhakija", "arbetssökande", "jobseeker jobseekers"},
    {"toimeentulotuki perustoimeentulotuki", "utkomststöd", "assistance"},
    {"asumistuki", "bostadsbidrag", "housing"},
    {"etuus", "förmån", "benefit benefits"},
    {"kela", "fpa", "kela"},
    {"asukas", "invånare", "resident residents inhabitants"},
    {"kysely asukaskysely", "enkät", "survey questionnaire"},
    {"vastata vastaus", "svar besvar", "respond answer response"},
    {"kommentoida", "kommenter", "comment comments"},
    {"palaute mielipide", "respons åsikt synpunkt", "feedback opinion"},
    {"kuulla kuuleminen kuulemistilaisuus", "hör hörande", "hearing heard"},
    {"osallisuus osallistua", "delaktighet delt", "participation participate"},
    {"kohtelu", "bemötande", "treatment"},
    {"saavutettavuus esteettömyys", "tillgänglighet", "accessibility"},
    {"elintapa", "livsstil levnadsvana livsstilsförändring", "lifestyle"},
    {"edistää edistäminen", "främjande främj", "promotion promote"},
    {"ehkäistä ehkäisevä", "förebygg förebyggande", "prevention preventive"},
    {"liikunta", "motion", "exercise"},
    // Associations
    {"järjestö yhdistys", "organisation förening", "organisation organisations association associations ngo ngos"},
    {"avustus järjestöavustus yleisavustus toiminta-avustus valtionavustus",
     "bidrag understöd organisationsbidrag verksamhetsbidrag statsunderstöd", "grant grants"},
    {"haku hakea hakemus hakuaika haettava", "ansökan ansökningstid sök ansök", "apply application applications"},
    {"vapaaehtoinen vapaaehtoistoiminta", "frivillig frivilligarbete volontär", "volunteer volunteers"},
    {"vertaistuki", "kamratstöd", "peer"},
    {"kokemusasiantuntija", "erfarenhetsexpert", "experience"},
    {"kohtaamispaikka", "mötesplats", "meeting"},
    {"kumppanuus", "partnerskap", "partnership"},
    {"toiminta", "verksamhet", "activities"},
    {"hanke projekti", "projekt", "project"},
    {"kunta", "kommun", "municipality municipalities municipal"},
    {"yhteistyö", "samarbete", "cooperation"},
    {"yhdyspinta", "kontaktyta gränssnitt", "interface"},
    {"ruotsinkielinen ruotsi", "svensk", "swedish"},
    {"suomi suomenkielinen", "finsk finska", "finnish"},
    {"saamelainen saamenkielinen saame", "samisk same", "sámi"},
    {"kieli kielellinen", "språk språklig", "language languages"},
    {"kaksikielinen", "tvåspråk", "bilingual"},
    {"kansalliskielilautakunta", "nationalspråksnämnd", "national"},
    {"varautuminen varautua valmius", "beredskap", "preparedness"},
    {"väestönsuoja väestönsuojelu", "skyddsrum befolkningsskydd", "shelter"},
    {"sähkökatko häiriö", "elavbrott störning", "outage disruption"},
    {"huoltovarmuus", "försörjningsberedskap", "supply"},
    {"lääke", "läkemedel medicin", "medicine medicines drugs"},
    {"antibiootti", "antibiotikum", "antibiotics"},
    {"webinaari", "webbinarium", "webinar"},
    {"tilaisuus", "tillfälle", "event"},
    {"koulutus", "utbildning", "training education"},
    {"media tiedotusväline", "press medier", "press media"},
    {"kirje", "brev", "letter letters"},
    {"tilasto", "statistik", "statistics"},
    {"tutkimus", "undersökning forskning", "study research"},
    {"raportti selvitys", "rapport utredning", "report"},
    {"ennätys", "rekord", "record"},
    {"miljoona", "miljon", "million"},
    {"miljardi", "miljard", "billion"},
    {"kolmannes kolmasosa", "tredjedel", "third"},
    {"puolet puoli", "hälft halv", "half"},
    {"viikko", "veck vecka", "week weeks"},
    {"kasvaa kasvu nousta", "ök ökning väx stig", "increase grow growth rise"},
    {"uudistus", "reform", "reform"},
    {"kesä", "sommar", "summer"},
    {"syksy", "höst", "autumn"},
    {"kevät", "vår", "spring"},
    {"talvi", "vinter", "winter"},
    {"yö yöllä", "natt", "night"},
    {"ilta", "kväll", "evening"},
};

using Words = std::unordered_map<std::string_view, std::uint32_t>;

void add_words(Words& to, std::string_view list, std::uint32_t number) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(' '), list.size());
    if (end > 0) to.try_emplace(list.substr(0, end), number);
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

Words words_of(std::string_view Concept::*language) {
  Words words;
  std::uint32_t number = 0;
  for (const Concept& each : glossary) add_words(words, each.*language, ++number);
  return words;
}

const Words& words_in(std::string_view language) {
  static const Words fi = words_of(&Concept::fi);
  static const Words sv = words_of(&Concept::sv);
  static const Words en = words_of(&Concept::en);
  return language == "sv" ? sv : language == "en" ? en : fi;
}

// Swedish lemmas are stems where the lexicon has no noun: "influens" is influensa.
std::uint32_t concept_of_stem(std::string_view stem) {
  constexpr std::size_t shortest = 4;
  constexpr std::size_t longest_ending = 4;
  static const std::vector<std::string_view> words = glossary_words("sv");
  if (stem.size() < shortest) return 0;
  const auto at = std::lower_bound(words.begin(), words.end(), stem);
  if (at == words.end() || !at->starts_with(stem) || at->size() > stem.size() + longest_ending) return 0;
  return words_in("sv").at(*at);
}

}  // namespace

std::uint32_t concept_of(std::string_view lemma, std::string_view language) {
  const Words& words = words_in(language);
  const auto found = words.find(lemma);
  if (found != words.end()) return found->second;
  return language == "sv" ? concept_of_stem(lemma) : 0;
}

std::vector<std::string_view> glossary_words(std::string_view language) {
  std::vector<std::string_view> all;
  for (const auto& [word, number] : words_in(language)) all.push_back(word);
  std::sort(all.begin(), all.end());
  return all;
}

}  // namespace sotevahti::tag
