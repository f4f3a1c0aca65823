// What a word says of a date near it: that something ends, what one is asked to do by then, or that
// nobody is. One readable table each for Finnish, Swedish and English. Pure; any thread.
#pragma once
#include <cstdint>
#include <string_view>

namespace sotevahti::tag {

// A word may say several things.
enum class Cue : std::uint32_t {
  // What the reader is asked to do
  registration = 1U << 0,  // ilmoittaudu
  consultation = 1U << 1,  // lausunto, kysely
  grant = 1U << 2,         // avustus
  application = 1U << 3,   // haku, hakemus
  proposal = 1U << 4,      // ehdotuksia: of persons an application, of things an opinion
  some_action = 1U << 5,   // lomake, auki: an action, but not which
  person = 1U << 6,        // jäseniä, edustajaa: applied for, but no money
  invites = 1U << 7,       // voi, pyydetään
  // How the date stands to it
  until = 1U << 8,       // behind a date: mennessä, saakka
  since = 1U << 9,       // behind a date: alkaen
  before = 1U << 10,     // right before a date: ennen, till, by
  at_latest = 1U << 11,  // just before a date: viimeistään, senast
  arrives = 1U << 12,    // before a date: oltava perillä, ska vara framme
  ends = 1U << 13,       // päättyy, takaraja
  begins = 1U << 14,     // alkaa, avautuu
  ended = 1U << 15,      // päättyi: no longer open
  extends = 1U << 16,    // jatketaan, förlängs
  unending = 1U << 17,   // beside a call: hakea jatkuvasti, sökas löpande
  // Occasions
  event = 1U << 18,            // asukasilta, webinaari
  occurs = 1U << 19,           // järjestetään, tervetuloa
  open_to_all = 1U << 20,      // tervetuloa, vapaa pääsy
  press = 1U << 21,            // medialle: not open to all
  campaign = 1U << 22,         // mielenterveysviikko: a span, no occasion
  takes_questions = 1U << 23,  // "johto vastaa kysymyksiin": asks no answer of the reader
  // What others do, or nobody
  body = 1U << 24,          // aluevaltuusto, kokous: decides, and is no occasion
  authority = 1U << 25,     // hyvinvointialueen (on annettava)
  must = 1U << 26,          // on, tulee, ska, must
  binds = 1U << 27,         // velvoittaa, määräsi: a time limit for an authority
  processes = 1U << 28,     // käsitellään, maksetaan: what others do by then
  done = 1U << 29,          // vastattiin, saatiin
  asks_nothing = 1U << 30,  // äänestys, remontti, neuvottelut: a span of time
};

using Cues = std::uint32_t;
constexpr Cues operator|(Cue a, Cue b) { return static_cast<Cues>(a) | static_cast<Cues>(b); }
constexpr Cues operator|(Cues a, Cue b) { return a | static_cast<Cues>(b); }
constexpr bool has(Cues cues, Cue cue) { return (cues & static_cast<Cues>(cue)) != 0; }

// What a reader is asked to do in so many words.
constexpr Cues actions = Cue::registration | Cue::consultation | Cue::application | Cue::proposal;

// Of a word in lower case; `language` other than sv and en means Finnish. What it says only beside
// others is told by tag/deadline_phrases.h.
Cues cues_of(std::string_view word, std::string_view language);

}  // namespace sotevahti::tag
