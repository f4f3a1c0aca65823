#include "web/site.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <stdexcept>

#include "digest/texts.h"
#include "text/url.h"
#include "text/words.h"
#include "web/embedded_assets.h"
#include "web/page.h"
#include "web/pages.h"

namespace sotevahti::web {
namespace {

// The pages need nothing but our own style sheet and, in entries, the publishers' pictures.
constexpr const char* content_policy =
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

Response plain(int status, std::string text) {
  Response response;
  response.status = status;
  response.content_type = "text/plain; charset=utf-8";
  response.body = std::move(text);
  return response;
}

std::string_view asset(std::string_view name) {
  for (const auto& file : assets())
    if (file.name == name) return file.content;
  throw std::logic_error("no asset is called " + std::string(name));
}

const digest::Messages& messages_in(const std::string& language) {
  static const auto all = [] {
    std::map<std::string, digest::Messages> read;
    for (const char* code : {"fi", "sv", "en"}) {
      const std::string name = std::string("messages/") + code + ".txt";
      auto messages = digest::Messages::read(name, asset(name), read.empty() ? nullptr : &read.begin()->second);
      if (!messages) throw std::logic_error(messages.error().message);
      read.emplace(code, std::move(*messages));
    }
    return read;
  }();
  return all.at(language);
}

// A name that a browser could only have been told by a stranger's DNS is refused.
bool is_our_host(const Request& request, const SiteData& data) {
  const std::string_view given = request.header("host");
  const auto colon = given.rfind(':');
  const bool v6 = given.starts_with('[');
  const std::string host =
      text::lower(colon != given.npos && (!v6 || given[colon - 1] == ']') ? given.substr(0, colon) : given);
  if (host == "localhost" || host == "127.0.0.1" || host == "[::1]") return true;
  if (!data.settings.web.public_url.empty() && host == text::url_host(data.settings.web.public_url)) return true;
  const auto& listen = data.settings.web.listen;
  return !host.empty() && host == listen.substr(0, listen.rfind(':'));
}

std::optional<archive::EntryId> id_after(std::string_view path, std::string_view prefix) {
  if (!path.starts_with(prefix)) return std::nullopt;
  path.remove_prefix(prefix.size());
  archive::EntryId id = 0;
  const auto [end, error] = std::from_chars(path.data(), path.data() + path.size(), id);
  if (path.empty() || error != std::errc() || end != path.data() + path.size() || id < 1) return std::nullopt;
  return id;
}

void secure(Response& response) {
  for (const auto& [name, value] : std::initializer_list<std::pair<const char*, const char*>>{
           {"Content-Security-Policy", content_policy},
           {"X-Content-Type-Options", "nosniff"},
           {"Referrer-Policy", "no-referrer"},
           {"Cross-Origin-Opener-Policy", "same-origin"},
           {"Cross-Origin-Resource-Policy", "same-origin"},
           {"X-Frame-Options", "DENY"}})
    response.headers.emplace_back(name, value);
}

}  // namespace

Site::Site(std::function<std::shared_ptr<const SiteData>()> data, const base::Clock& clock,
           std::function<Vitals()> vitals)
    : data_(std::move(data)), clock_(clock), vitals_(std::move(vitals)) {}

Response Site::answer(const Request& request) {
  const auto data = data_();
  Response response = is_our_host(request, *data) ? route(request, *data) : plain(421, "Not a host of this site.\n");
  secure(response);
  return response;
}

archive::Database& Site::database(const SiteData& data) {
  if (!database_) {
    archive::OpenOptions options;
    options.access = archive::Access::read;
    options.lexicon_cache_bytes = std::size_t{8} << 20;
    auto opened = archive::Database::open(data.settings.archive.path, options);
    if (!opened) throw archive::ArchiveError(opened.error().message);
    database_ = std::move(*opened);
  }
  return *database_;
}

Response Site::route(const Request& request, const SiteData& data) {
  const Vitals vitals = vitals_ ? vitals_() : Vitals{};
  if (request.path == "/healthz") return plain(200, "ok\n");
  if (request.path == "/readyz")
    return vitals.ready ? plain(200, "ready\n") : plain(503, "not ready: " + vitals.trouble + "\n");
  if (request.path == "/style.css") {
    Response style;
    style.content_type = "text/css; charset=utf-8";
    style.body = asset("assets/style.css");
    style.headers.emplace_back("Cache-Control", "max-age=3600");
    return style;
  }
  return page(request, data);
}

Response Site::page(const Request& request, const SiteData& data) {
  const std::string language = choose_language(request);
  const auto& messages = messages_in(language);
  const Visit visit{request, data, database(data), clock_.now(), language, messages,
                    digest::Wording(digest::Texts::builtin().messages(language))};
  if (request.method != "GET" && request.method != "HEAD") {
    Response refused = error_page(visit, 405, visit.say("error.method"));
    refused.headers.emplace_back("Allow", "GET, HEAD");
    return refused;
  }
  if (request.path == "/") return front_page(visit);
  if (const auto id = id_after(request.path, "/entry/")) return entry_page(visit, *id);
  return error_page(visit, 404, visit.say("error.path"));
}

}  // namespace sotevahti::web
