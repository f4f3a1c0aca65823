#include "web/mailed_link.h"

#include <algorithm>

namespace sotevahti::web {

Response personal(Response response) {
  std::erase_if(response.headers, [](const auto& header) { return header.first == "Cache-Control"; });
  response.headers.emplace_back("Cache-Control", "no-store");
  response.headers.emplace_back("X-Robots-Tag", "noindex");
  response.headers.emplace_back("Referrer-Policy", "same-origin");  // none at all would take a POST's Origin too
  return response;
}

std::unique_ptr<archive::Database> open_for_writing(const Visit& visit) {
  auto archive = archive::Database::open(visit.data.settings.archive.path);
  if (!archive) throw archive::ArchiveError(archive.error().message);
  return std::move(*archive);
}

}  // namespace sotevahti::web
