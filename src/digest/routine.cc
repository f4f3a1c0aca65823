#include "digest/routine.h"

#include <algorithm>
#include <array>
#include <string>

#include "text/utf8.h"

namespace sotevahti::digest {
namespace {

// Openings of titles, in lower case: Finnish and Swedish minutes say little else.
constexpr std::array<std::string_view, 34> openings = {"kokouksen avaus",
                                                       "kokouksen avaaminen",
                                                       "kokouksen päättäminen",
                                                       "kokouksen päätös",
                                                       "kokouksen laillisuus",
                                                       "laillisuus ja päätösvaltaisuus",
                                                       "nimenhuuto",
                                                       "läsnäolijoiden toteaminen",
                                                       "läsnä olevien toteaminen",
                                                       "pöytäkirjantarkast",
                                                       "pöytäkirjan tarkast",
                                                       "pöytäkirjan tarkist",
                                                       "ääntenlaskijoiden",
                                                       "työjärjestyksen",
                                                       "esityslistan hyväksyminen",
                                                       "asialistan hyväksyminen",
                                                       "ilmoitusasiat",
                                                       "tiedoksi merkittävät",
                                                       "tiedoksi saatetut",
                                                       "tiedoksi annettavat",
                                                       "muut asiat",
                                                       "muut esille tulevat",
                                                       "seuraava kokous",
                                                       "muutoksenhaku",
                                                       "oikaisuvaatimusohje",
                                                       "valitusosoitus",
                                                       "mötets öppnande",
                                                       "öppnande av möte",
                                                       "mötets laglighet",
                                                       "mötets beslutförhet",
                                                       "val av protokolljusterare",
                                                       "godkännande av föredragningslista",
                                                       "anmälningsärenden",
                                                       "mötets avslutande"};

// "§ 12 ", "12 §: ", "3. ": the number before a title.
std::string_view without_number(std::string_view title) {
  constexpr std::string_view section_sign = "§";
  std::size_t at = 0;
  while (at < title.size()) {
    const char c = title[at];
    if ((c >= '0' && c <= '9') || c == ' ' || c == '.' || c == ':' || c == '-' || c == '/') ++at;
    else if (title.substr(at).starts_with(section_sign)) at += section_sign.size();
    else break;
  }
  return title.substr(at);
}

}  // namespace

bool is_routine_item(std::string_view title) {
  std::string lower;
  const std::string_view bare = without_number(title);
  for (std::size_t at = 0; at < bare.size() && lower.size() < 80;)
    text::append_utf8(lower, text::to_lower(text::next_code_point(bare, at)));
  return std::any_of(openings.begin(), openings.end(),
                     [&](std::string_view opening) { return lower.starts_with(opening); });
}

}  // namespace sotevahti::digest
