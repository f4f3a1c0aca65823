// The words by which a date is known as a deadline, and for what: one readable table
// each for Finnish, Swedish and English. Pure; any thread.
#pragma once
#include <cstdint>
#include <string_view>

namespace sotevahti::tag {

// What a word says of a date near it; a word may say several things.
enum class Cue : std::uint32_t {
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
};

using Cues = std::uint32_t;
constexpr Cues operator|(Cue a, Cue b) { return static_cast<Cues>(a) | static_cast<Cues>(b); }
constexpr Cues operator|(Cues a, Cue b) { return a | static_cast<Cues>(b); }
constexpr bool has(Cues cues, Cue cue) { return (cues & static_cast<Cues>(cue)) != 0; }

// Of a word in lower case; `language` other than sv and en means Finnish.
Cues cues_of(std::string_view word, std::string_view language);

}  // namespace sotevahti::tag
