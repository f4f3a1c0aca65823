#include "service/sample_feeds.h"

#include <array>
#include <fstream>

#include "base/hash.h"
#include "base/zone.h"
#include "feed/sample_dates.h"
#include "service/embedded_samples.h"

namespace sotevahti::service {
namespace {

constexpr std::string_view catalogue_name = "samples.toml";
constexpr std::string_view address_mark = "http://SAMPLES";

std::string_view content_type(std::string_view name) {
  if (name.ends_with(".atom")) return "application/atom+xml";
  if (name.ends_with(".json")) return "application/feed+json";
  if (name.ends_with(".rdf")) return "application/rdf+xml";
  return "application/rss+xml";
}

const base::EmbeddedFile* find_sample(std::string_view name) {
  for (const auto& file : samples())
    if (file.name == name) return &file;
  return nullptr;
}

struct ItemTags {
  std::string_view begin, end;
};
constexpr std::array<ItemTags, 3> item_tags = {{{"<item>", "</item>"}, {"<item ", "</item>"}, {"<entry>", "</entry>"}}};

// What a publisher edited overnight: a sum, and a date to act by.
struct Edit {
  std::string_view file, before, after;
};
constexpr std::array<Edit, 1> edits = {
    {{"varha-uutiset.xml", "Kokouspalkkio on 150 euroa. Ilmoittaudu viimeistään {{dmy +10d}}.",
      "Kokouspalkkio on 200 euroa. Ilmoittaudu viimeistään {{dmy +17d}}."}}};

std::string before_edits(std::string_view file, std::string document) {
  for (const Edit& edit : edits) {
    if (edit.file != file) continue;
    for (auto at = document.find(edit.after); at != document.npos; at = document.find(edit.after, at + 1))
      document.replace(at, edit.after.size(), edit.before);
  }
  return document;
}

}  // namespace

std::string yesterdays_edition(std::string document) {
  for (const auto& [begin, end] : item_tags) {
    std::vector<std::pair<std::size_t, std::size_t>> items;
    for (auto at = document.find(begin); at != document.npos; at = document.find(begin, at + 1)) {
      const auto to = document.find(end, at);
      if (to == document.npos) break;
      items.emplace_back(at, to + end.size());
    }
    if (items.size() < 2) continue;
    const std::size_t newer = items.size() / 2;
    document.erase(items.front().first, items[newer - 1].second - items.front().first);
    return document;
  }
  return document;
}

base::Result<std::unique_ptr<SampleFeeds>> SampleFeeds::start(const base::Clock& clock) {
  std::unique_ptr<SampleFeeds> feeds(new SampleFeeds(clock));
  web::HttpServer::Options options;
  options.listen = "127.0.0.1:0";
  options.workers = 1;
  auto server = web::HttpServer::start(
      options, [self = feeds.get()] { return [self](const web::Request& request) { return self->answer(request); }; });
  if (!server) return tl::unexpected(server.error());
  feeds->server_ = std::move(*server);
  return feeds;
}

web::Response SampleFeeds::answer(const web::Request& request) const {
  web::Response response;
  response.content_type = "text/plain; charset=utf-8";
  const auto* file = find_sample(std::string_view(request.path).substr(1));
  if (file == nullptr || file->name == catalogue_name) {
    response.status = 404;
    return response;
  }
  // By the hour, so that a second poll finds nothing new.
  const base::Time now = std::chrono::floor<std::chrono::hours>(clock_.now());
  std::string document(file->content);
  if (edition_ == Edition::yesterday) document = yesterdays_edition(before_edits(file->name, std::move(document)));
  document = feed::fill_dates(document, now);
  const std::string etag = "\"" + base::to_hex(base::hash64(document)) + "\"";
  response.headers.emplace_back("ETag", etag);
  if (request.header("if-none-match") == etag) {
    response.status = 304;
    response.content_type.clear();
    return response;
  }
  response.content_type = content_type(file->name);
  response.body = std::move(document);
  return response;
}

void SampleFeeds::write_catalogue(const std::filesystem::path& dir) const {
  std::string text(find_sample(catalogue_name)->content);
  for (auto at = text.find(address_mark); at != text.npos; at = text.find(address_mark, at + 1))
    text.replace(at, address_mark.size(), server_->address());
  std::filesystem::create_directories(dir);
  std::ofstream out(dir / catalogue_name, std::ios::binary);
  out << text;
  if (!out.flush()) throw std::runtime_error("cannot write " + (dir / catalogue_name).string());
}

}  // namespace sotevahti::service
