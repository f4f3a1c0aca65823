#include "tag/deadline_phrases.h"

#include <array>
#include <cassert>
#include <span>
#include <vector>

#include "tag/word_lists.h"

namespace sotevahti::tag {
namespace {

using Kind = Piece::Kind;
using Words = std::string_view;  // a list as tag/word_lists.h reads it

// A word, and what stands around it where it says something of a date, or not what it says alone.
// Empty columns ask nothing.
struct Phrase {
  Words word;
  std::array<Words, 3> near{};          // one of each list, in any order, in the word's part of the sentence
  std::array<Words, 2> right_before{};  // one of each list, in this order, with nothing between
  Words not_followed_by{};
  Cue says{};
  Cue unsays{};
};

// What is looked for but not applied for: "säästöjä haetaan", "söker lösningar". Elsewhere what
// `seeks` is a call: where money or people stand nearer to it ("avustusta haetaan ratkaisuihin"),
// and where its sentence asks to take part ("haetaan ratkaisuja, osallistu").
struct Search {
  Words seeks;
  Words sought;
  Words takes_part;
};

namespace finnish {
constexpr Words seat = "paikka paikan paikkasi paikkanne paikkaasi omasi";
constexpr Words readers_seat = "paikkasi paikkanne paikkaasi omasi";
constexpr Words stand = "näyttelypaik* esittelypaik* messupaik* myyntipaik*";
constexpr Words named_stand = "näyttelypaikka* esittelypaikka* messupaikka* myyntipaikka*";
constexpr Words readers_occasion = "tapahtumasi tapahtumanne";
constexpr Words occasion = "tapahtuma tapahtuman tapahtumat";
constexpr Words own = "oma oman omat";
constexpr Words may = "voi voit voivat saa saavat ehtii ehdit";
constexpr Words needs = "vaadi vaadita tarvita tarvitse edellytä edellytetä";
constexpr Words must = "on tulee pitää täytyy piti";
constexpr Words link = "*linkki *linkit *kutsu *kutsut";
constexpr Words sent_to_reader =
    "*linkki *linkit *kutsu *kutsut kirje kirjeet *kutsukirje *kutsukirjeet *kyselykirje *kyselykirjeet "
    "*tiedotekirje *tiedotekirjeet *infokirje *infokirjeet";
constexpr Words sent_by_reader =
    "*hakemus *hakemukset *lausunto *lausunnot *ehdotus *ehdotukset *esitys *esitykset *tarjous *tarjoukset "
    "*vastaus *vastaukset *ilmoittautuminen *ilmoittautumiset";
constexpr Words time_to_act =
    "aikaa vastausaika vastausaikaa hakuaika hakuaikaa lausuntoaika lausuntoaikaa kommentointiaika kommentointiaikaa "
    "kommenttiaikaa ilmoittautumisaika ilmoittautumisaikaa osallistumisaikaa";

constexpr std::array phrases = {
    // Others than the reader reserve seats and tell of occasions too: in "alue voi varata paikan" the county. So
    // the verb asks the reader (varaa, varaathan), or the thing is the reader's (paikkasi), or nobody is named
    // (paikan voi varata), or it is no patient's (näyttelypaikan).
    Phrase{.word = "varaathan", .near = {seat}, .says = Cue::registration},
    Phrase{.word = "varaa varatkaa", .near = {"paikka paikkasi paikkanne paikkaasi omasi"}, .says = Cue::registration},
    Phrase{.word = "varata varaamaan", .near = {readers_seat}, .says = Cue::registration},
    Phrase{.word = "varata varaamaan", .right_before = {seat, may}, .says = Cue::registration},
    Phrase{.word = "varata varaamaan", .near = {stand}, .says = Cue::registration},
    Phrase{.word = "varaa varatkaa varaathan", .near = {named_stand}, .says = Cue::registration},
    Phrase{.word = "ilmoita ilmoitathan ilmoittakaa", .near = {readers_occasion}, .says = Cue::registration},
    Phrase{.word = "ilmoita ilmoitathan ilmoittakaa", .near = {own, occasion}, .says = Cue::registration},
    Phrase{.word = "ilmoittaa", .near = {may, readers_occasion}, .says = Cue::registration},
    Phrase{.word = "ilmoittaa", .near = {may, own, occasion}, .says = Cue::registration},
    // "Webinaari ei vaadi ennakkoilmoittautumista", but "ilmoittautuminen ei edellytä jäsenyyttä".
    Phrase{.word = "*ilmoittautumista *ilmoittautumisia", .near = {"ei eikä", needs}, .unsays = Cue::registration},

    Phrase{.word = "nimiä", .near = {"kerätään kerää keräävät kerätä"}, .says = Cue::consultation},
    Phrase{.word = "vastaa vastaavat vastaamassa", .near = {"kysymyksiin"}, .says = Cue::takes_questions},
    // "Ehdotuksia vuoden omaishoitajaksi".
    Phrase{.word = "*ksi", .right_before = {"", "vuoden"}, .says = Cue::person},
    Phrase{.word = "*arvioksi *budjetiksi *suunnitelmaksi *ohjelmaksi *tavoitteiksi",
           .right_before = {"", "vuoden"},
           .unsays = Cue::person},
    // What is "hakusessa" is hard to find, and a "hakukone" finds.
    Phrase{.word = "hakusessa hakusalla hakukone*", .unsays = Cue::application},
    Phrase{.word = "perillä", .near = {"oltava"}, .says = Cue::arrives},
    Phrase{.word = "perillä", .near = {"olla", must}, .says = Cue::arrives},

    // What others do, or nobody.
    Phrase{.word = "ratkaisu ratkaisun ratkaisut ratkaisunsa", .near = {"hakemu*"}, .says = Cue::processes},
    Phrase{.word = "jättävät esittävät antavat", .near = {"valtuutetut valtuustoryhmät"}, .says = Cue::processes},
    Phrase{.word = "käytöstä", .right_before = {"", "poissa pois"}, .says = Cue::asks_nothing},
    Phrase{.word = "käytöstä", .near = {"poistu* poistet*"}, .says = Cue::processes},
    Phrase{.word = "toimimasta", .near = {"lakkaa lakkaavat"}, .says = Cue::processes},
    Phrase{.word = "käytettävissä käytössä", .near = {"ei eivät"}, .says = Cue::asks_nothing},
    Phrase{.word = "toimi", .right_before = {"", "ei eivät"}, .says = Cue::asks_nothing},
    // "Kyselylinkki lähetetään", "linkki kyselyyn lähetetään", but "hakemus ja saatekirje lähetetään".
    Phrase{.word = "lähetetään", .right_before = {"", sent_to_reader}, .says = Cue::processes},
    Phrase{.word = "lähetetään", .right_before = {link, "*yn *iin *een *aan *ään *lle"}, .says = Cue::processes},
    Phrase{.word = "kyselylinkki kyselylinkit", .right_before = {"", "lähetetään"}, .says = Cue::processes},
    Phrase{.word = "lähetetään", .near = {sent_by_reader}, .unsays = Cue::processes},
    // "Linkki lähetetään jäsenille ja vastausaikaa on 31.3. asti", but "hakuaika on päättynyt".
    Phrase{.word = "on",
           .right_before = {"", time_to_act},
           .not_followed_by = "päättynyt umpeutunut sulkeutunut loppunut ollut ohi",
           .says = Cue::invites},
};

constexpr Search search = {
    .seeks = "haetaan haettiin haettaisiin hakee hakevat hakea haettava haettavat",
    .sought =
        "*säästö *säästöt *säästöä *säästöjä *sopeutus *sopeutusta *sopeutustoimia *ratkaisu *ratkaisut "
        "*ratkaisua *ratkaisuja tasapaino tasapainoa vauhtia tehoa tehokkuutta sopu sopua "
        "neuvottelutulosta keinoja vaihtoehtoja toimenpiteitä",
    .takes_part = "osallistu osallistukaa *kilpailu *kilpailun *kilpailuun *kilpailulla *kilpailussa"};
}  // namespace finnish

namespace swedish {
constexpr Words must = "ska måste bör skall";

constexpr std::array phrases = {
    Phrase{.word = "boka", .near = {"din", "plats"}, .says = Cue::registration},
    Phrase{.word = "meddela", .near = {"deltagande deltagandet"}, .says = Cue::registration},
    Phrase{.word = "framme inlämnad inlämnade", .near = {"vara", must}, .says = Cue::arrives},
    // "Behandlas inne på sjukhuset" is a place.
    Phrase{.word = "inne", .near = {"vara", must}, .not_followed_by = "på i", .says = Cue::arrives},
    Phrase{.word = "dig", .right_before = {"hör", "av"}, .says = Cue::some_action},
    // "Remisstiden går ut", but "priset delas ut".
    Phrase{.word = "ut", .near = {"går gå gick gått löper löpt löpte"}, .says = Cue::ends},
    // "Utan anmälan", but "anmälan utan kostnad".
    Phrase{.word = "anmälan förhandsanmälan", .right_before = {"", "ingen utan"}, .unsays = Cue::registration},
    Phrase{.word = "anmälan", .right_before = {"ingen utan", "särskild separat"}, .unsays = Cue::registration},
    Phrase{.word = "anmälan förhandsanmälan", .near = {"inte", "behövs krävs"}, .unsays = Cue::registration},
    Phrase{.word = "svarar", .near = {"frågor frågorna"}, .says = Cue::takes_questions},
    // What is put away, or is not to be had for a while.
    Phrase{.word = "bruk", .right_before = {"", "ur"}, .says = Cue::processes},
    Phrase{.word = "fungera", .near = {"slutar upphör"}, .says = Cue::processes},
    Phrase{.word = "användas fungerar", .near = {"inte"}, .says = Cue::asks_nothing},
    Phrase{.word = "bruk funktion", .right_before = {"är", "ur"}, .says = Cue::asks_nothing},
    Phrase{.word = "nere", .right_before = {"", "ligger"}, .says = Cue::asks_nothing},
};

constexpr Search search = {
    .seeks = "söks sökas söker söka",
    .sought = "*besparing *besparingar *besparingarna lösning lösningen lösningar lösningarna balans överenskommelse",
    .takes_part = ""};
}  // namespace swedish

namespace english {
constexpr std::array phrases = {
    // "Without registration", but "registration no later than".
    Phrase{.word = "registration", .right_before = {"", "no without"}, .unsays = Cue::registration},
    Phrase{.word = "registration", .right_before = {"no without", "prior advance"}, .unsays = Cue::registration},
    Phrase{.word = "registration", .near = {"not", "required needed necessary"}, .unsays = Cue::registration},
};
}  // namespace english

// A language's phrases, read against a text. Each list of their words has a number, so that a word
// is looked up once for all of them.
class PhraseReader {
 public:
  using Set = WordLists::Set;

  PhraseReader(std::span<const Phrase> phrases, const Search& search)
      : seeks_(number(search.seeks)), sought_(number(search.sought)), takes_part_(number(search.takes_part)) {
    starts_ = seeks_;
    for (const Phrase& phrase : phrases) {
      Row row{.word = number(phrase.word),
              .not_followed_by = number(phrase.not_followed_by),
              .says = phrase.says,
              .unsays = phrase.unsays};
      for (std::size_t i = 0; i < row.near.size(); ++i) row.near[i] = number(phrase.near[i]);
      for (std::size_t i = 0; i < row.right_before.size(); ++i) row.right_before[i] = number(phrase.right_before[i]);
      starts_ |= row.word;
      rows_.push_back(row);
    }
  }

  // What the word at `i`, which alone says `alone`, says among the others.
  Cues read(const Pieces& pieces, std::size_t i, Cues alone, std::string_view language) const {
    const Set word = lists_.of(pieces[i].word);
    if ((word & starts_) == 0) return alone;
    Cues cues = alone;
    if ((word & seeks_) != 0 && is_only_sought(pieces, i, language) && !asks_to_take_part(pieces, i))
      cues &= ~(Cue::application | Cue::invites);
    const Set near = lists_near(pieces, i);
    for (const Row& row : rows_)
      if ((word & row.word) != 0 && stands_among(row, near, pieces, i))
        cues = (cues | row.says) & ~static_cast<Cues>(row.unsays);
    return cues;
  }

 private:
  // A phrase with the sets that its lists are; an empty list is the empty set.
  struct Row {
    Set word;
    std::array<Set, 3> near{};
    std::array<Set, 2> right_before{};
    Set not_followed_by;
    Cue says;
    Cue unsays;
  };

  Set number(Words words) {
    if (words.empty()) return 0;
    for (std::size_t i = 0; i < known_.size(); ++i)
      if (known_[i] == words) return Set{1} << i;
    assert(known_.size() < 64);
    known_.push_back(words);
    const Set list = Set{1} << (known_.size() - 1);
    lists_.add(words, list);
    return list;
  }

  Set lists_at(const Pieces& pieces, std::size_t i) const {
    return pieces.at(i).is(Kind::word) ? lists_.of(pieces[i].word) : 0;
  }

  // Calls `visit` with each place near `i` in its part of the sentence, before it and then behind it, the
  // nearest first, until it returns false.
  static void visit_near(const Pieces& pieces, std::size_t i, const auto& visit) {
    constexpr std::size_t near = 4;
    const auto parts_sentence = [&](std::size_t at) {
      const Piece& piece = pieces[at];
      const bool mark = !piece.is(Kind::word) && !piece.is(Kind::number);
      return piece.is(Kind::line) || (mark && pieces.at(at + 1).space_before);
    };
    for (std::size_t at = i; at > 0 && i - at < near && !parts_sentence(at - 1); --at)
      if (!visit(at - 1)) return;
    for (std::size_t at = i + 1; at < pieces.size() && at <= i + near && !parts_sentence(at); ++at)
      if (!visit(at)) return;
  }

  Set lists_near(const Pieces& pieces, std::size_t i) const {
    Set near = 0;
    visit_near(pieces, i, [&](std::size_t at) {
      near |= lists_at(pieces, at);
      return true;
    });
    return near;
  }

  bool stands_among(const Row& row, Set near, const Pieces& pieces, std::size_t i) const {
    for (const Set list : row.near)
      if (list != 0 && (near & list) == 0) return false;
    const std::size_t before = row.right_before.size();
    for (std::size_t k = 0; k < before; ++k) {
      const Set list = row.right_before[k];
      if (list != 0 && (i + k < before || (lists_at(pieces, i + k - before) & list) == 0)) return false;
    }
    return (lists_at(pieces, i + 1) & row.not_followed_by) == 0;
  }

  bool is_only_sought(const Pieces& pieces, std::size_t i, std::string_view language) const {
    bool found = false;
    visit_near(pieces, i, [&](std::size_t at) {
      if (!pieces[at].is(Kind::word)) return true;
      found = (lists_.of(pieces[at].word) & sought_) != 0;
      const bool applied_for =
          (cues_of(pieces[at].word, language) & (Cue::grant | Cue::person | Cue::application)) != 0;
      return !found && !applied_for;
    });
    return found;
  }

  bool asks_to_take_part(const Pieces& pieces, std::size_t i) const {
    const std::size_t end = pieces.sentence_end(i);
    for (std::size_t at = pieces.sentence_begin(i); at < end; ++at)
      if ((lists_at(pieces, at) & takes_part_) != 0) return true;
    return false;
  }

  std::vector<Words> known_;
  WordLists lists_;
  Set seeks_;
  Set sought_;
  Set takes_part_;
  Set starts_ = 0;
  std::vector<Row> rows_;
};

const PhraseReader& reader_of(std::string_view language) {
  static const PhraseReader fi(finnish::phrases, finnish::search);
  static const PhraseReader sv(swedish::phrases, swedish::search);
  static const PhraseReader en(english::phrases, {});
  return language == "sv" ? sv : language == "en" ? en : fi;
}

}  // namespace

Cues cues_at(const Pieces& pieces, std::size_t i, std::string_view language) {
  if (!pieces[i].is(Kind::word)) return 0;
  return reader_of(language).read(pieces, i, cues_of(pieces[i].word, language), language);
}

}  // namespace sotevahti::tag
