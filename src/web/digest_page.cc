// "/digests/ID": a digest as it was sent, without its personal links, for those who know
// its unguessable name.
#include "archive/ledger.h"
#include "web/page.h"
#include "web/pages.h"

namespace sotevahti::web {

Response digest_page(const Visit& visit, std::string_view token) {
  const auto digest = archive::Ledger(visit.database).digest(std::string(token));
  if (!digest) return error_page(visit, 404, visit.say("digest.none"));
  Response response;
  response.body = digest->html;
  response.headers.emplace_back("Cache-Control", "private, max-age=86400");
  response.headers.emplace_back("X-Robots-Tag", "noindex");
  // It carries its own style, as mail does.
  response.headers.emplace_back(
      "Content-Security-Policy",
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
  return response;
}

}  // namespace sotevahti::web
