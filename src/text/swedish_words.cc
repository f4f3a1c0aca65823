#include "text/swedish_words.h"

#include <algorithm>
#include <array>

namespace sotevahti::text {
namespace {

using std::string_view_literals::operator""sv;

enum class Declension {
  or_,   // fråga, frågan, frågor, frågorna
  ar,    // förening, föreningen, föreningar, föreningarna
  er,    // tid, tiden, tider, tiderna; byrå, byrån
  r,     // linje, linjen, linjer, linjerna
  n,     // område, området, områden, områdena
  none,  // bidrag, bidraget, bidrag, bidragen
  are,   // läkare, läkaren, läkare, läkarna
  nde,   // sökande, sökanden, sökande, sökandena
  um,    // ministerium, ministeriet, ministerier, ministerierna
  eri,   // kansli, kansliet, kanslier, kanslierna
};

struct Nouns {
  Declension declension;
  std::string_view words;
};

constexpr std::array nouns = {
    Nouns{Declension::or_,
          "fråga hyra hälsa karta krona kvinna kyrka källa lista människa olycka resa rösta sida "
          "sjuksköterska skada skola sköterska stadga summa timma vecka"},
    Nouns{Declension::ar,
          "anslutning app avdelning avveckling bedömning behandling bemanning beredning besparing betalning "
          "budget bädd dag dimensionering dom ersättning fattigdom finansiering flykting forskning förening "
          "förhandling förlossning förordning försäkring förvaltning förändring granskning hall handling "
          "handläggning harmonisering helg höjning höst integrering invandring kartläggning kväll lag "
          "lagstiftning ledning lösning minskning mottagning nedläggning nedskärning nedsättning omröstning "
          "ordning organisering placering planering privatisering prövning rapportering regering "
          "rehabilitering rekrytering räddning rådgivning sal samling samordning satsning skrivning "
          "ställning störning sysselsättning sänkning tidning tilldelning tillsättning träning undersökning "
          "ungdom uppföljning upphandling uppsägning utbildning utjämning utredning utskrivning utsättning "
          "utveckling utvärdering vaccinering väg vår ändring återbetalning ökning öppning"},
    Nouns{Declension::er,
          "aktör alkohol allmänhet ambulans arbetslöshet assistans assistent avgift bank beredskap blankett "
          "bransch brist byggnad byrå central chef delaktighet delegation demens diagnos dialog "
          "digitalisering direktör diskussion drog ekonomi enhet enkät epidemi expert familj form föreskrift "
          "förmån garanti grupp hemlöshet hjälp idé information inkomst insats instans institution "
          "integration intervju investering jour jurist kampanj kanal kandidat kapacitet katastrof klass "
          "klient klinik kommitté kommun kommunikation koncern konferens konkurrens konsekvens konsult "
          "kontakt kostnad kris kund kunskap kurs kvalitet kår kö lokal lön majoritet makt marknad metod "
          "miljon miljö minoritet minut modell motion myndighet månad mångfald möjlighet nationalitet nämnd "
          "offentlighet omsorg operation organisation panel part patient pension pensionär period person "
          "plan plats poliklinik polis politik post press prestation princip prioritet process produkt "
          "produktion professor prognos psykiatri punkt rapport redaktion reform region rekommendation "
          "remiss resurs riksdag rättighet röst sektion sektor senior session situation sjukdom skatt "
          "skillnad specialist stat station statistik strategi strejk student svårighet teknik telefon "
          "terapi termin tid tillgänglighet tillgång tjänst transport trygghet uppgift utgift utkomst "
          "utsatthet vaccination verksamhet vinst välfärd vård åtgärd"},
    Nouns{Declension::r,
          "berättelse betydelse händelse kallelse linje påföljelse rörelse stiftelse styrelse upplevelse "
          "vistelse"},
    Nouns{Declension::n,
          "anseende arbete avgörande bemötande beroende beslutsfattande beteende boende deltagande "
          "erbjudande främjande förebyggande förfarande förhållande förtroende genomförande hjärta hörande "
          "inflytande läge meddelande minne möte omhändertagande område rike samarbete samhälle sammanträde "
          "ställe tillfälle utlåtande uttalande värde väsende yrke yttrande ärende"},
    Nouns{Declension::none,
          "anbud anslag ansvar arv avbrott avdrag avslag avtal barn behov beslut besök bidrag bistånd "
          "bokslut bolag brott bruk distrikt dokument evenemang fall fel folk förbud förbund förslag hem hus "
          "instrument intyg jobb krav kvartal larm liv lov län mandat medborgarskap medlemskap missbruk mord "
          "mål nät nätverk ord paket pris problem projekt protokoll recept resultat råd sammanhang "
          "samråd sekretariat sjukhus skydd språk steg stöd svar tak tal test tillstånd tillägg torg "
          "underhåll underlag underskott understöd uppdrag utkast utskott vaccin val verk våld år överskott"},
    Nouns{Declension::are,
          "användare arbetare arbetsgivare arbetstagare beslutsfattare brukare deltagare forskare "
          "företrädare givare handläggare invandrare invånare ledare läkare lärare medarbetare medborgare "
          "missbrukare mottagare närvårdare räddare rådgivare sekreterare skötare utförare utredare väljare "
          "vårdare ägare"},
    Nouns{Declension::nde, "arbetssökande asylsökande närstående ordförande studerande sökande"},
    Nouns{Declension::um,
          "kollegium kriterium laboratorium ministerium museum seminarium stadium stipendium webbinarium"},
    Nouns{Declension::eri, "batteri galleri kansli parti"},
};

// Nouns whose forms follow no rule of the above: the noun, then its other forms.
constexpr std::array irregular = {
    "anmälan anmälningar anmälningarna anmälning anmälningen"sv,
    "ansökan ansökningar ansökningarna ansökning ansökningen"sv,
    "bostad bostaden bostäder bostäderna"sv,
    "brand branden bränder bränderna"sv,
    "center centret centren"sv,
    "centrum centrumet centrumen"sv,
    "euro euron"sv,
    "fullmäktige"sv,
    "förtroendevald förtroendevalda"sv,
    "förälder föräldern föräldrar föräldrarna"sv,
    "hinder hindret hindren"sv,
    "inbjudan inbjudningar"sv,
    "ledamot ledamoten ledamöter ledamöterna"sv,
    "läkemedel läkemedlet läkemedlen"sv,
    "man mannen män männen"sv,
    "medel medlet medlen"sv,
    "minister ministern ministrar ministrarna"sv,
    "moder modern mödrar mödrarna"sv,
    "narkotika narkotikan"sv,
    "nummer numret numren"sv,
    "personal personalen"sv,
    "program programmet programmen"sv,
    "revisor revisorn revisorer revisorerna"sv,
    "rum rummet rummen"sv,
    "rätt rätten"sv,
    "sakkunnig sakkunniga"sv,
    "sedel sedeln sedlar sedlarna"sv,
    "service servicen"sv,
    "stad staden städer städerna"sv,
    "system systemet systemen"sv,
    "tjänsteman tjänstemannen tjänstemän tjänstemännen"sv,
    "ålder åldern åldrar åldrarna"sv,
    "äldre"sv,
};

struct Beginning {
  std::string_view form;
  std::string_view word;
};

// What begins a compound in another form than the noun's own, or begins compounds only.
constexpr std::array beginnings = {
    Beginning{"barna", "barn"},
    Beginning{"brand", "brand"},
    Beginning{"data", "data"},
    Beginning{"digi", "digi"},
    Beginning{"elev", "elev"},
    Beginning{"familje", "familj"},
    Beginning{"funktions", "funktion"},
    Beginning{"hälso", "hälsa"},
    Beginning{"invånar", "invånare"},
    Beginning{"kvinno", "kvinna"},
    Beginning{"läkar", "läkare"},
    Beginning{"mental", "mental"},
    Beginning{"mun", "mun"},
    Beginning{"mödra", "moder"},
    Beginning{"när", "när"},
    Beginning{"samarbets", "samarbete"},
    Beginning{"finans", "finans"},
    Beginning{"funktionshinder", "funktionshinder"},
    Beginning{"missbrukar", "missbrukare"},
    Beginning{"familje", "familj"},
    Beginning{"national", "national"},
    Beginning{"mötes", "möte"},
    Beginning{"bruk", "bruk"},
    Beginning{"själv", "själv"},
    Beginning{"primär", "primär"},
    Beginning{"riks", "rike"},
    Beginning{"sjuk", "sjuk"},
    Beginning{"skol", "skola"},
    Beginning{"social", "social"},
    Beginning{"special", "special"},
    Beginning{"stats", "stat"},
    Beginning{"tand", "tand"},
    Beginning{"tjänste", "tjänst"},
    Beginning{"ungdoms", "ungdom"},
    Beginning{"vårdar", "vårdare"},
    Beginning{"äldre", "äldre"},
    Beginning{"lokal", "lokal"},
    Beginning{"grund", "grund"},
    Beginning{"central", "central"},
    Beginning{"universitets", "universitet"},
    Beginning{"yrkes", "yrke"},
    Beginning{"människo", "människa"},
    Beginning{"miljö", "miljö"},
    Beginning{"partnerskaps", "partnerskap"},
};

bool ends_in_vowel(std::string_view word) {
  return word.ends_with('a') || word.ends_with('e') || word.ends_with('i') || word.ends_with('o') ||
         word.ends_with("å") || word.ends_with("é");
}

std::array<std::string, 3> other_forms(std::string_view noun, Declension declension) {
  const std::string word(noun);
  const std::string shorter = word.substr(0, word.size() - 1);
  switch (declension) {
    case Declension::or_: return {word + "n", shorter + "or", shorter + "orna"};
    case Declension::ar: return {word + "en", word + "ar", word + "arna"};
    case Declension::er: return {word + (ends_in_vowel(noun) ? "n" : "en"), word + "er", word + "erna"};
    case Declension::r: return {word + "n", word + "r", word + "rna"};
    case Declension::n: return {word + "t", word + "n", word + "na"};
    case Declension::none: return {word + "et", word, word + "en"};
    case Declension::are: return {word + "n", shorter + "na", word};
    case Declension::nde: return {word + "n", word + "na", word};
    case Declension::um: {
      const std::string stem = word.substr(0, word.size() - 2);
      return {stem + "et", stem + "er", stem + "erna"};
    }
    case Declension::eri: return {word + "et", word + "er", word + "erna"};
  }
  return {};
}

// Calls `each` with every word of a list that spaces part.
void for_each_word(std::string_view list, const auto& each) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(' '), list.size());
    if (end > 0) each(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

}  // namespace

SwedishNouns::SwedishNouns() {
  for (const Nouns& group : nouns)
    for_each_word(group.words, [&](std::string_view noun) {
      add_form(std::string(noun), noun);
      for (std::string& form : other_forms(noun, group.declension)) add_form(std::move(form), noun);
    });
  for (const std::string_view row : irregular) {
    const std::string_view noun = row.substr(0, row.find(' '));
    for_each_word(row, [&](std::string_view form) { add_form(std::string(form), noun); });
  }
  for (const Beginning& beginning : beginnings) beginnings_.try_emplace(std::string(beginning.form), beginning.word);
}

void SwedishNouns::add_form(std::string form, std::string_view noun) {
  if (!form.ends_with('s')) forms_.try_emplace(form + "s", noun);
  forms_.insert_or_assign(std::move(form), noun);
}

std::string_view SwedishNouns::lemma(std::string_view form) const {
  const auto found = forms_.find(form);
  return found == forms_.end() ? std::string_view() : found->second;
}

std::string_view SwedishNouns::first_part(std::string_view beginning) const {
  const auto found = beginnings_.find(beginning);
  if (found != beginnings_.end()) return found->second;
  return lemma(beginning);
}

}  // namespace sotevahti::text
