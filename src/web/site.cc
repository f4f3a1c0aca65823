#include "web/site.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "archive/change_mark.h"
#include "base/zone.h"
#include "digest/texts.h"
#include "text/url.h"
#include "text/words.h"
#include "web/api.h"
#include "web/embedded_assets.h"
#include "web/form.h"
#include "web/gzip.h"
#include "web/messages.h"
#include "web/outputs.h"
#include "web/page.h"
#include "web/pages.h"
#include "web/problem.h"
#include "web/question.h"

namespace sotevahti::web {
namespace {

// The pages need nothing but our own style sheet and script.
constexpr const char* content_policy =
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'";

Response plain(int status, std::string text) {
  Response response;
  response.status = status;
  response.content_type = "text/plain; charset=utf-8";
  response.body = std::move(text);
  return response;
}

// A name that a browser could only have been told by a stranger's DNS is refused.
bool is_our_host(const Request& request, const SiteData& data) {
  const std::string_view given = request.header("host");
  const auto colon = given.rfind(':');
  const bool v6 = given.starts_with('[');
  const bool has_port = colon != given.npos && (!v6 || given[colon - 1] == ']');
  if (has_port && given.find_first_not_of("0123456789", colon + 1) != given.npos) return false;
  const std::string host = text::lower(has_port ? given.substr(0, colon) : given);
  if (host == "localhost" || host == "127.0.0.1" || host == "[::1]") return true;
  if (!data.settings.web.public_url.empty() && host == text::url_host(data.settings.web.public_url)) return true;
  const auto& listen = data.settings.web.listen;
  return !host.empty() && host == listen.substr(0, listen.rfind(':'));
}

std::optional<archive::EntryId> id_after(std::string_view path, std::string_view prefix) {
  if (!path.starts_with(prefix)) return std::nullopt;
  return whole_number(path.substr(prefix.size()));
}

bool has_header(const Response& response, std::string_view name) {
  return std::any_of(response.headers.begin(), response.headers.end(),
                     [&](const auto& each) { return each.first == name; });
}

// Open to pages of any origin: it is read only, and knows nothing of the reader.
void open_to_all(Response& response) {
  response.headers.emplace_back("Access-Control-Allow-Origin", "*");
  response.headers.emplace_back("Access-Control-Expose-Headers", "ETag, Link");
  response.headers.emplace_back("Cross-Origin-Resource-Policy", "cross-origin");
  response.headers.emplace_back("Cache-Control", "no-cache");
}

// What a browser asks before it lets another origin's script ask us (Fetch, CORS preflight).
Response preflight() {
  Response response;
  response.status = 204;
  response.content_type.clear();
  response.headers.emplace_back("Allow", "GET, HEAD, OPTIONS");
  response.headers.emplace_back("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS");
  response.headers.emplace_back("Access-Control-Allow-Headers", "If-None-Match, If-Modified-Since");
  response.headers.emplace_back("Access-Control-Max-Age", "86400");
  return response;
}

void secure(Response& response) {
  for (const auto& [name, value] :
       std::initializer_list<std::pair<const char*, const char*>>{{"Content-Security-Policy", content_policy},
                                                                  {"X-Content-Type-Options", "nosniff"},
                                                                  {"Referrer-Policy", "same-origin"},
                                                                  {"Cross-Origin-Opener-Policy", "same-origin"},
                                                                  {"Cross-Origin-Resource-Policy", "same-origin"},
                                                                  {"X-Frame-Options", "DENY"}})
    if (!has_header(response, name)) response.headers.emplace_back(name, value);
}

struct Asset {
  std::string_view path, file;
  const char* type;
};
constexpr std::array<Asset, 3> served_assets = {{{"/style.css", "assets/style.css", "text/css; charset=utf-8"},
                                                 {"/site.js", "assets/site.js", "text/javascript; charset=utf-8"},
                                                 {"/icon.svg", "assets/icon.svg", "image/svg+xml"}}};

Response asset_of(const Asset& of) {
  Response response;
  response.content_type = of.type;
  response.body = base::content_of(assets(), of.file);
  response.headers.emplace_back("Cache-Control", "no-cache");
  return response;
}

constexpr std::string_view hub_folder = "/websub/";

struct PlainRoute {
  std::string_view path;
  Response (*page)(const Visit&);
};
constexpr std::string_view subscribe_path = "/subscribe";
constexpr std::array<PlainRoute, 8> plain_routes = {{{"/", front_page},
                                                     {"/areas", areas_page},
                                                     {"/coverage", coverage_page},
                                                     {"/deadlines", deadlines_page},
                                                     {"/feeds", feeds_page},
                                                     {"/metrics", metrics_page},
                                                     {subscribe_path, subscribe_page},
                                                     {"/subscribe/sent", subscribe_sent_page}}};

struct NamedRoute {
  std::string_view folder;  // the rest of the path is a name
  Response (*page)(const Visit&, std::string_view name);
};
constexpr std::array<NamedRoute, 3> named_routes = {
    {{"/areas/", area_page}, {"/topics/", topic_page}, {"/digests/", digest_page}}};

// Data, for programs of any origin.
constexpr std::array<PlainRoute, 6> data_routes = {{{"/feed.atom", atom_feed},
                                                    {"/feed.json", json_feed},
                                                    {"/deadlines.ics", deadlines_calendar},
                                                    {"/entries.csv", entries_csv},
                                                    {"/entries.jsonl", entries_json_lines},
                                                    {"/feeds.opml", catalogue_opml}}};
constexpr std::string_view api_folder = "/api/";

bool is_data(std::string_view path) {
  return path.starts_with(api_folder) ||
         std::any_of(data_routes.begin(), data_routes.end(), [&](const PlainRoute& each) { return each.path == path; });
}

Response data_page(const Visit& visit) {
  const auto& request = visit.request;
  if (request.method == "OPTIONS") return preflight();
  if (request.method != "GET" && request.method != "HEAD") {
    Response refused = problem(405, "Method not allowed", "This can only be read.");
    refused.headers.emplace_back("Allow", "GET, HEAD, OPTIONS");
    return refused;
  }
  for (const auto& each : data_routes)
    if (request.path == each.path) return each.page(visit);
  if (request.path == "/api/v1/openapi.json") {
    Response description;
    description.content_type = "application/vnd.oai.openapi+json;version=3.1";
    description.body = base::content_of(assets(), "assets/openapi.json");
    return description;
  }
  return api(visit, std::string_view(request.path).substr(api_folder.size()));
}

// Of mailed links: what a reader may change there.
constexpr std::array<NamedRoute, 3> mailed_routes = {
    {{"/unsubscribe/", unsubscribe_page}, {"/confirm/", confirm_page}, {"/manage/", manage_page}}};
constexpr std::string_view one_click_folder = mailed_routes[0].folder;  // RFC 8058: a mail program posts there

bool may_be_kept(const Request& request) {
  return (request.method == "GET" || request.method == "HEAD") && request.path != "/metrics";
}

std::string cache_key(const Request& request) {
  // No part holds a NUL: none can pass for the end of another.
  std::string key = choose_language(request);
  key.append(1, '\0').append(request.header("host")).append(1, '\0').append(request.path);
  for (const auto& [name, value] : request.query) key.append(1, '\0').append(name).append(1, '\0').append(value);
  return key;
}

constexpr std::size_t most_unpacked_at_once = std::size_t{64} << 10;

// What every answer gets, wherever it came from.
void finish(const Request& request, Response& response) {
  make_conditional(request, response);
  unpack_unless_taken(request, response);
  secure(response);
}

// What stands at the path, or the page that says why nothing does.
Response page_for_people(const Visit& visit) {
  const Request& request = visit.request;
  const bool reads = request.method == "GET" || request.method == "HEAD";
  if (request.method == "POST" && is_from_elsewhere(request, visit.data.settings.web.public_url) &&
      !request.path.starts_with(one_click_folder))
    return error_page(visit, 403, visit.say("error.elsewhere"));
  if (reads || request.method == "POST")
    for (const auto& each : mailed_routes)
      if (request.path.starts_with(each.folder))
        return each.page(visit, std::string_view(request.path).substr(each.folder.size()));
  if (!reads && !(request.method == "POST" && request.path == subscribe_path)) {
    Response refused = error_page(visit, 405, visit.say("error.method"));
    refused.headers.emplace_back("Allow", "GET, HEAD");
    return refused;
  }
  for (const auto& each : plain_routes)
    if (request.path == each.path) return each.page(visit);
  for (const auto& each : named_routes)
    if (request.path.starts_with(each.folder))
      return each.page(visit, std::string_view(request.path).substr(each.folder.size()));
  if (const auto id = id_after(request.path, "/entry/")) return entry_page(visit, *id);
  return error_page(visit, 404, visit.say("error.path"));
}

}  // namespace

Site::Site(std::function<std::shared_ptr<const SiteData>()> data, const base::Clock& clock, Shared& shared,
           base::Measures& measures, Callbacks callbacks)
    : data_(std::move(data)), clock_(clock), shared_(shared), measures_(measures), callbacks_(std::move(callbacks)) {}

Response Site::answer(const Request& request) {
  edition_ = shared_.answers.edition();  // before the data: what is made from old data is of an old edition
  const auto data = data_();
  if (data != seen_data_) edition_ = shared_.answers.renew();
  seen_data_ = data;
  Response response = is_our_host(request, *data) ? route(request, *data) : plain(421, "Not a host of this site.\n");
  finish(request, response);
  return response;
}

// No host needs to be looked at: an answer was kept for this one, so it is ours.
HttpServer::Kept answer_at_once(const Request& request, Shared& shared, base::Time now) {
  if (!shared.rush.count(now) || !may_be_kept(request)) return {};
  auto known = shared.answers.recent(cache_key(request), now);
  if (!known) return {};
  const bool to_unpack = known->response.is_gzip && !takes_gzip(request);
  if (to_unpack && known->response.body.size() > most_unpacked_at_once) return {};  // a worker does that
  finish(request, known->response);
  return {std::move(known->response), known->is_due};
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
  const Vitals vitals = callbacks_.vitals ? callbacks_.vitals() : Vitals{};
  if (request.path == "/healthz") return plain(200, "ok\n");
  if (request.path == "/readyz")
    return vitals.ready ? plain(200, "ready\n") : plain(503, "not ready: " + vitals.trouble + "\n");
  if (callbacks_.hub && request.path.starts_with(hub_folder)) return answer_hub(request);
  return may_be_kept(request) ? cached_page(request, data) : page(request, data);
}

Response Site::answer_hub(const Request& request) {
  HubVisit visit;
  visit.is_post = request.method == "POST";
  if (!visit.is_post && request.method != "GET") {
    Response refused = plain(405, "A hub comes by GET or POST.\n");
    refused.headers.emplace_back("Allow", "GET, POST");
    return refused;
  }
  visit.token = request.path.substr(hub_folder.size());
  visit.query = request.query;
  visit.content_type = request.header("content-type");
  visit.signature = request.header("x-hub-signature");
  visit.body = request.body;
  HubReply reply = callbacks_.hub(visit);
  return plain(reply.status, std::move(reply.body));
}

Edition Site::edition(const SiteData& data) {
  const std::int64_t mark = archive::change_mark(database(data));
  if (mark != seen_mark_) edition_ = shared_.answers.renew();
  seen_mark_ = mark;
  return {edition_, base::to_unix(clock_.now()) / 60};
}

Response Site::cached_page(const Request& request, const SiteData& data) {
  const Edition made_from = edition(data);
  const base::Time now = clock_.now();
  const std::string key = cache_key(request);
  if (auto known = shared_.answers.find(key, made_from)) {
    ++measures_.pages_from_cache;
    return std::move(*known);
  }
  ++measures_.pages_made;
  Response made = page(request, data);
  if (made.status != 200) return made;
  if (is_data(request.path))
    made.headers.emplace_back("Last-Modified", base::to_http_date(shared_.first_seen.of(key, made.body, now)));
  if (has_header(made, "Set-Cookie") || has_header(made, "X-Robots-Tag")) return made;  // this reader's own
  put_tag(made);
  pack(made);
  shared_.answers.keep(key, made_from, now, made);
  return made;
}

Response Site::page(const Request& request, const SiteData& data) {
  for (const auto& each : served_assets)
    if (request.path == each.path) return asset_of(each);
  const std::string language = choose_language(request);
  const auto& messages = messages_in(language);
  const Visit visit{request,        data,
                    database(data), shared_.limits,
                    measures_,      callbacks_,
                    clock_.now(),   language,
                    messages,       digest::Wording(digest::Texts::builtin().messages(language))};
  if (is_data(request.path)) {
    Response answer = data_page(visit);
    open_to_all(answer);
    return answer;
  }
  return page_for_people(visit);
}

}  // namespace sotevahti::web
