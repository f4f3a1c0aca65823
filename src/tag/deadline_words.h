// The words by which a date is known as a deadline, and for what: one readable table
// each for Finnish, Swedish and English. Pure; any thread.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>

namespace sotevahti::tag {

// What a word says of a date near it; a word may say several things.
enum class Cue : std::uint64_t {
  registration = 1U << 0,  // ilmoittaudu
  consultation = 1U << 1,  // lausunto, kysely
  grant = 1U << 2,         // avustus
  application = 1U << 3,   // haku, hakemus, ehdotus
  weak = 1U << 4,          // lomake, auki: an action, but not which
  until = 1U << 5,         // behind a date: mennessä, saakka
  since = 1U << 6,         // behind a date: alkaen
  at_latest = 1U << 7,     // just before a date: viimeistään, senast, by
  ends = 1U << 8,          // päättyy, takaraja
  begins = 1U << 9,        // alkaa, avautuu
  ended = 1U << 10,        // päättyi: no longer open
  event = 1U << 11,        // asukasilta, webinaari
  occurs = 1U << 12,       // järjestetään, tervetuloa
  press = 1U << 13,        // medialle: not open to all
  body = 1U << 14,         // aluevaltuusto, kokous: decides, and is no occasion
  invites = 1U << 15,      // voi, pyydetään
  processes = 1U << 16,    // käsitellään, maksetaan: what others do by then
  binds = 1U << 17,        // velvoittaa, määräsi: a time limit for an authority
  authority = 1U << 18,    // hyvinvointialueen (on annettava)
  must = 1U << 19,         // on, tulee, ska, must
  extends = 1U << 20,      // jatketaan, förlängs
  person = 1U << 21,       // jäseniä, edustajaa: applied for, but no money
  before = 1U << 22,       // right before a date: ennen, till, by
  open_to_all = 1U << 23,  // tervetuloa, vapaa pääsy
  campaign = 1U << 24,     // mielenterveysviikko: a span, no occasion
  proposal = 1U << 25,     // ehdotuksia: of persons an application, of things an opinion
  done = 1U << 26,         // vastattiin, saatiin
  not_action = 1U << 27,   // äänestys, remontti, neuvottelut: a span of time that asks nothing
  unending = 1U << 28,     // beside a call: hakea jatkuvasti, sökas löpande
  arrives = 1U << 29,      // before a date: oltava perillä, ska vara framme
  // What says something only beside another (cue_pairs).
  seeks = 1U << 30,              // haetaan
  sought = 1U << 31,             // säästöjä, ratkaisua: nobody applies for them
  reserves = 1ULL << 32,         // varaathan: of the reader, whatever the seat's case
  seat = 1ULL << 33,             // paikan, paikkasi
  states = 1ULL << 34,           // ilmoittaa: the reader, or somebody else
  may = 1ULL << 35,              // voi
  tells = 1ULL << 36,            // ilmoita, and "voi ilmoittaa"
  attended = 1ULL << 37,         // tapahtumasi, deltagande
  answers = 1ULL << 38,          // vastaa
  questions = 1ULL << 39,        // kysymyksiin
  takes_questions = 1ULL << 40,  // "johto vastaa kysymyksiin"
  names = 1ULL << 41,            // nimiä
  gathers = 1ULL << 42,          // kerätään
  reserve_now = 1ULL << 43,      // varaa: of the reader where a nominative is beside it, else of somebody else
  seat_now = 1ULL << 44,         // paikka, paikkasi
  reserve_own = 1ULL << 45,      // varata, boka: of the reader where the seat is the reader's
  seat_own = 1ULL << 46,         // paikkasi, din
  own = 1ULL << 47,              // oma
  tells_own = 1ULL << 48,        // "ilmoita oma"
  attended_own = 1ULL << 49,     // tapahtuma, where it is the reader's
  decision = 1ULL << 50,         // ratkaisu
  decided = 1ULL << 51,          // hakemuksiin: on which others decide
  there = 1ULL << 52,            // perillä, framme
  must_be_there = 1ULL << 53,    // oltava
  be = 1ULL << 54,               // olla, vara
  be_there = 1ULL << 55,         // "olla perillä"
  contest = 1ULL << 56,          // ideakilpailulla, osallistu: in its sentence, what is sought is asked of the reader
};

using Cues = std::uint64_t;
constexpr Cues operator|(Cue a, Cue b) { return static_cast<Cues>(a) | static_cast<Cues>(b); }
constexpr Cues operator|(Cues a, Cue b) { return a | static_cast<Cues>(b); }
constexpr bool has(Cues cues, Cue cue) { return (cues & static_cast<Cues>(cue)) != 0; }

// What a word says besides, or no longer says, where another stands near it in its part of the
// sentence: "säästöjä haetaan" is no application. Of a word `unless` nearer than the other, nothing.
struct CuePair {
  Cue word;
  Cue beside;
  Cues unless;
  Cues gives;
  Cues takes;
};
// In this order, so that "voi ilmoittaa" is read as "ilmoita".
inline constexpr std::array cue_pairs = {
    CuePair{Cue::seeks, Cue::sought, Cue::grant | Cue::person | Cue::application, 0, Cue::application | Cue::invites},
    CuePair{Cue::reserves, Cue::seat, 0, static_cast<Cues>(Cue::registration), 0},
    CuePair{Cue::reserve_own, Cue::seat_own, 0, static_cast<Cues>(Cue::reserve_now), 0},
    CuePair{Cue::reserve_now, Cue::seat_now, 0, static_cast<Cues>(Cue::registration), 0},
    CuePair{Cue::states, Cue::may, 0, static_cast<Cues>(Cue::tells), 0},
    CuePair{Cue::tells, Cue::attended, 0, static_cast<Cues>(Cue::registration), 0},
    CuePair{Cue::tells, Cue::own, 0, static_cast<Cues>(Cue::tells_own), 0},
    CuePair{Cue::tells_own, Cue::attended_own, 0, static_cast<Cues>(Cue::registration), 0},
    CuePair{Cue::decision, Cue::decided, 0, static_cast<Cues>(Cue::processes), 0},
    CuePair{Cue::there, Cue::must_be_there, 0, static_cast<Cues>(Cue::arrives), 0},
    CuePair{Cue::there, Cue::be, 0, static_cast<Cues>(Cue::be_there), 0},
    CuePair{Cue::be_there, Cue::must, 0, static_cast<Cues>(Cue::arrives), 0},
    CuePair{Cue::answers, Cue::questions, 0, static_cast<Cues>(Cue::takes_questions), 0},
    CuePair{Cue::names, Cue::gathers, 0, static_cast<Cues>(Cue::consultation), 0},
};
// Words with which a pair can begin.
constexpr Cues paired = Cue::seeks | Cue::reserves | Cue::reserve_now | Cue::reserve_own | Cue::states | Cue::tells |
                        Cue::answers | Cue::names | Cue::decision | Cue::there;

// Of a word in lower case; `language` other than sv and en means Finnish.
Cues cues_of(std::string_view word, std::string_view language);

}  // namespace sotevahti::tag
