// sotevahti feeds import FILE.opml, feeds export: subscription lists in and out.
#include <fmt/format.h>

#include <fstream>
#include <functional>
#include <unordered_set>

#include "base/content.h"
#include "base/hash.h"
#include "cli/commands.h"
#include "cli/context.h"
#include "cli/terminal.h"
#include "config/values.h"
#include "feed/opml.h"
#include "text/url.h"

namespace sotevahti::cli {
namespace {

constexpr std::size_t longest_id = 60;

// An id of the address: "hyvaks-fi-feed", with a part of its hash where that is taken.
std::string id_for(const std::string& url, const std::unordered_set<std::string>& taken) {
  std::string id;
  for (const char c : url.substr(url.find("//") + 2)) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (letter) id += c;
    else if (c >= 'A' && c <= 'Z') id += static_cast<char>(c - 'A' + 'a');
    else if (!id.empty() && id.back() != '-') id += '-';
    if (id.size() == longest_id) break;
  }
  while (!id.empty() && id.back() == '-') id.pop_back();
  if (id.starts_with("www-")) id.erase(0, 4);
  if (id.empty() || taken.contains(id)) id += "-" + base::to_hex(base::hash64(url)).substr(0, 8);
  return id;
}

using KnownAreas = std::function<std::vector<std::string>()>;

// The row that a catalogue of ours gave away, where it is fit to be one here; else what any list says of a feed.
config::Feed row_of(const feed::OpmlFeed& listed, const std::unordered_set<std::string>& taken,
                    const KnownAreas& known_areas) {
  config::Feed feed;
  feed.title = listed.title.empty() ? listed.url : listed.title;
  feed.url = listed.url;
  if (listed.language == "fi" || listed.language == "sv" || listed.language == "en") feed.lang = listed.language;
  if (!listed.row.empty()) {
    config::FeedWords words = config::to_words(feed);
    words.insert(words.end(), listed.row.begin(), listed.row.end());
    if (auto row = config::read_feed(words, known_areas)) feed = std::move(*row);
    else tell("{}: taken over without what its list says of the row: {}\n", listed.url, row.error().message);
  }
  if (feed.id.empty() || taken.contains(feed.id)) feed.id = id_for(listed.url, taken);
  if (feed.publisher.empty()) feed.publisher = listed.folder.empty() ? text::url_host(listed.url) : listed.folder;
  return feed;
}

// What OPML has no word of its own for.
feed::OpmlFeed::Row own_words(const config::Feed& feed) {
  auto words = config::to_words(feed);
  std::erase_if(words,
                [](const auto& word) { return word.first == "title" || word.first == "url" || word.first == "lang"; });
  return words;
}

std::string bytes_of(const std::string& file) {
  auto bytes = base::content_of(file, feed::most_opml_bytes);
  if (!bytes) throw std::runtime_error(file + " " + bytes.error().message);
  return std::move(*bytes);
}

class FeedsImport final : public Command {
 public:
  std::string_view name() const override { return "feeds import"; }
  std::string_view help() const override { return "Takes over the feeds of an OPML file"; }
  void declare(Syntax& syntax) override {
    syntax.argument("file", file_, "OPML 2.0");
    syntax.option("--into", into_, "The file of feeds.d to write", "NAME");
  }

  int run(Context& context) override {
    if (into_.find('/') != into_.npos || !into_.ends_with(".toml"))
      throw UsageError("--into: name a file of feeds.d, such as imported.toml");
    const auto read = feed::read_opml(bytes_of(file_));
    if (!read) throw std::runtime_error(fmt::format("{}: {}; nothing was imported", file_, read.error().message));

    std::size_t unfit = 0;
    std::unordered_set<std::string> ids;
    std::unordered_set<std::string> addresses;
    for (const auto& feed : context.catalogue().feeds()) {
      ids.insert(feed.id);
      addresses.insert(text::canonical_url(feed.url));
    }
    std::vector<config::Feed> fresh;
    for (const auto& listed : *read) {
      // What the catalogue would refuse must not get into it.
      if (!config::wrong_http_url(listed.url).empty()) {
        ++unfit;
        continue;
      }
      if (!addresses.insert(text::canonical_url(listed.url)).second) continue;
      auto feed = row_of(listed, ids, [&] { return context.taxonomy().area_ids(); });
      ids.insert(feed.id);
      fresh.push_back(std::move(feed));
    }
    if (!fresh.empty()) write(context, fresh);
    fmt::print("{} feeds in {}: {} taken over, {} known before", read->size(), file_, fresh.size(),
               read->size() - fresh.size() - unfit);
    if (unfit > 0) fmt::print(", {} with an address that is not fit to be polled", unfit);
    fmt::print(".\n");
    return Exit::done;
  }

 private:
  // Appended as a whole file beside and renamed: a crash leaves the old one.
  void write(Context& context, const std::vector<config::Feed>& fresh) const {
    const auto& dir = context.settings().feeds.dir;
    std::filesystem::create_directories(dir);
    const auto target = dir / into_;
    const auto beside = dir / (into_ + ".new");
    {
      std::ofstream out(beside, std::ios::binary);
      if (std::ifstream old(target, std::ios::binary); old) out << old.rdbuf() << "\n";
      out << config::to_toml(fresh);
      out.flush();
      if (!out) throw std::runtime_error("cannot write " + beside.string());
    }
    std::filesystem::rename(beside, target);
  }

  std::string file_;
  std::string into_ = "imported.toml";
};

class FeedsExport final : public Command {
 public:
  std::string_view name() const override { return "feeds export"; }
  std::string_view help() const override { return "Prints the feeds as OPML 2.0"; }
  void declare(Syntax&) override {}
  int run(Context& context) override {
    std::vector<feed::OpmlFeed> feeds;
    std::size_t pages = 0;
    for (const auto& feed : context.catalogue().feeds())
      if (feed.discover) ++pages;
      else feeds.push_back({feed.url, feed.title, "", feed.lang, feed.publisher, own_words(feed)});
    fmt::print("{}", feed::write_opml("sotevahti", feeds));
    if (pages > 0) tell("Left out, for OPML lists feeds: pages on which a feed is looked for, {}.\n", pages);
    return Exit::done;
  }
};

}  // namespace

std::unique_ptr<Command> make_feeds_import() { return std::make_unique<FeedsImport>(); }
std::unique_ptr<Command> make_feeds_export() { return std::make_unique<FeedsExport>(); }

}  // namespace sotevahti::cli
