// The XML namespaces that feeds use, by their address, or by the usual prefix where
// a document forgot to declare it. Pure; any thread.
#pragma once
#include <cstdint>
#include <string_view>

namespace sotevahti::feed {

enum class Ns : std::uint8_t {
  unknown,
  rss,  // no namespace, or one of RSS 0.91 to 2.0
  rss090,
  rss10,
  atom03,
  atom10,
  rdf,
  xml,
  xhtml,
  dublin_core,
  dublin_terms,
  content,
  itunes,
  media,
  well_formed_web,
  creative_commons,
  creative_commons_rss,
  syndication,
  feedburner,
  admin,
  history,  // RFC 5005
  odata,
  odata_metadata,
};

Ns namespace_of(std::string_view address);
// For undeclared prefixes: "itunes", "dc", "media" ...
Ns namespace_of_usual_prefix(std::string_view prefix);
// RSS's and Atom's own elements: one vocabulary, whichever of them it is.
constexpr bool is_core(Ns ns) { return ns >= Ns::rss && ns <= Ns::atom10; }
constexpr bool is_atom(Ns ns) { return ns == Ns::atom03 || ns == Ns::atom10; }

}  // namespace sotevahti::feed
