#include "config/catalogue.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

#include "base/trim.h"
#include "config/nearest.h"
#include "config/problems.h"
#include "config/toml_table.h"
#include "config/values.h"

namespace sotevahti::config {
namespace {

using namespace std::chrono_literals;

// Asking a publisher more often than this is not polite, whatever the feed.
constexpr base::Seconds shortest_interval = 5min;
constexpr base::Seconds longest_interval = 24h * 30;

const std::vector<std::string_view> kinds(entry_kinds.begin(), entry_kinds.end());
const std::vector<std::string_view> roles(feed_roles.begin(), feed_roles.end());
const std::vector<std::string_view> languages = {"fi", "sv", "en"};

constexpr std::array<std::string_view, 3> flags = {"discover", "relevant_only", "enabled"};

// "lappi", or ["lappi", "hus"]; people put spaces behind commas.
std::string areas_line(std::string_view areas) {
  if (areas.find(',') == areas.npos) return fmt::format("area = {}\n", as_toml(base::without_spaces_around(areas)));
  std::string list;
  while (!areas.empty()) {
    const auto comma = areas.find(',');
    list += (list.empty() ? "" : ", ") + as_toml(base::without_spaces_around(areas.substr(0, comma)));
    areas.remove_prefix(comma == areas.npos ? areas.size() : comma + 1);
  }
  return fmt::format("areas = [{}]\n", list);
}

std::string table_of(const FeedWords& words) {
  std::string out = "[[feed]]\n";
  for (const auto& [key, value] : words) {
    const bool is_flag =
        (value == "true" || value == "false") && std::find(flags.begin(), flags.end(), key) != flags.end();
    if (key == "areas") out += areas_line(value);
    else out += fmt::format("{} = {}\n", key, is_flag ? value : as_toml(value));
  }
  return out;
}

class Reader {
 public:
  explicit Reader(const std::function<std::vector<std::string>()>& known_areas) : known_areas_(known_areas) {}

  base::Result<Catalogue> read(const std::filesystem::path& dir) {
    for (const auto& file : toml_files(dir, problems_)) read_file(file);
    if (!problems_.empty()) return problems_.failure();
    return Catalogue(std::move(feeds_));
  }

  base::Result<Feed> read_row(std::string_view toml) {
    if (const auto document = Document::parse(toml, "", problems_)) read_document(*document);
    if (!problems_.empty()) return problems_.causes();
    return std::move(feeds_.front());
  }

 private:
  void read_document(const Document& document);
  void read_file(const std::filesystem::path& file);
  Feed read_feed(Table& table, const std::filesystem::path& file);
  std::string read_id(Table& table);
  void read_areas(Table& table, Feed& feed);
  std::optional<base::Seconds> read_interval(Table& table);
  FeedRole read_role(Table& table);
  // A text that the check finds sound, or empty.
  std::string_view read_checked(Table& table, std::string_view key, Check check);

  const std::vector<std::string_view>& areas();

  const std::function<std::vector<std::string>()>& known_areas_;
  std::vector<std::string> area_ids_;
  std::vector<std::string_view> areas_;
  std::vector<Feed> feeds_;
  std::unordered_map<std::string, Spot> places_of_ids_;
  Problems problems_;
};

void Reader::read_file(const std::filesystem::path& file) {
  const auto document = Document::read(file, problems_);
  if (document) read_document(*document);
}

void Reader::read_document(const Document& document) {
  Table root = document.root();
  for (Table& table : root.tables("feed")) feeds_.push_back(read_feed(table, document.name()));
  root.refuse_unknown();
}

Feed Reader::read_feed(Table& table, const std::filesystem::path& file) {
  Feed feed;
  feed.id = read_id(table);
  feed.title = table.required_text("title");
  feed.publisher = table.required_text("publisher");
  feed.url = table.required_text("url");
  if (!feed.url.empty()) {
    if (auto wrong = wrong_http_url(feed.url); !wrong.empty()) table.refuse("url", "url: " + wrong);
  }
  feed.discover = table.flag("discover").value_or(false);
  read_areas(table, feed);
  feed.lang = table.word("lang", languages).value_or("");
  feed.kind = table.word("kind", kinds).value_or("news");
  feed.role = read_role(table);
  feed.interval = read_interval(table);
  feed.relevant_only = table.flag("relevant_only").value_or(false);
  feed.enabled = table.flag("enabled").value_or(true);
  feed.user_agent = read_checked(table, "user_agent", wrong_header_text);
  feed.zone = read_checked(table, "zone", wrong_zone);
  feed.platform = table.text("platform").value_or("");
  feed.file = file;
  feed.line = table.line();
  table.refuse_unknown();
  return feed;
}

std::string Reader::read_id(Table& table) {
  std::string id(table.required_text("id"));
  if (id.empty()) return id;
  if (auto wrong = wrong_id(id); !wrong.empty()) {
    table.refuse("id", std::move(wrong));
    return id;
  }
  const auto [first, is_new] = places_of_ids_.emplace(id, table.spot("id"));
  if (!is_new) {
    table.refuse("id",
                 fmt::format("id \"{}\" stands already at {}: give one of them another", id, to_string(first->second)));
  }
  return id;
}

const std::vector<std::string_view>& Reader::areas() {
  if (area_ids_.empty()) {
    area_ids_ = known_areas_();
    areas_.assign(area_ids_.begin(), area_ids_.end());
  }
  return areas_;
}

void Reader::read_areas(Table& table, Feed& feed) {
  const bool both = table.has("area") && table.has("areas");
  if (both) table.refuse("areas", "both area and areas are given: write one of them");
  std::vector<std::string_view> named = table.texts("areas");
  if (const auto area = table.text("area"); area && !area->empty()) named.push_back(*area);
  for (const std::string_view area : named) {
    if (std::find(areas().begin(), areas().end(), area) == areas().end()) {
      table.refuse(table.has("areas") ? "areas" : "area",
                   fmt::format("unknown area \"{}\"{}", area, did_you_mean(area, areas())));
    }
    feed.areas.emplace_back(area);
  }
}

FeedRole Reader::read_role(Table& table) {
  const auto name = table.word("role", roles);
  const auto found = name ? std::find(roles.begin(), roles.end(), *name) : roles.end();
  return found == roles.end() ? FeedRole::official : static_cast<FeedRole>(found - roles.begin());
}

std::optional<base::Seconds> Reader::read_interval(Table& table) {
  const auto text = table.text("interval", "1h");
  if (!text) return std::nullopt;
  const auto interval = parse_duration(*text);
  if (!interval) {
    table.refuse("interval", "interval: " + interval.error().message);
    return std::nullopt;
  }
  if (*interval < shortest_interval || *interval > longest_interval) {
    table.refuse("interval", fmt::format("interval: {} is too {}: write {} to {}", *text,
                                         *interval < shortest_interval ? "short" : "long",
                                         duration_text(shortest_interval), duration_text(longest_interval)));
  }
  return *interval;
}

std::string_view Reader::read_checked(Table& table, std::string_view key, Check check) {
  const std::string_view text = table.text(key).value_or("");
  if (text.empty()) return text;
  if (const std::string wrong = check(text); !wrong.empty()) table.refuse(key, fmt::format("{}: {}", key, wrong));
  return text;
}

}  // namespace

Catalogue::Catalogue(std::vector<Feed> feeds) : feeds_(std::move(feeds)) {
  for (std::size_t i = 0; i < feeds_.size(); ++i) by_id_.emplace(feeds_[i].id, i);
}

const Feed* Catalogue::find(std::string_view id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &feeds_[found->second];
}

base::Result<base::Done> find_catalogue(const std::filesystem::path& dir) {
  std::error_code error;
  if (std::filesystem::is_directory(dir, error)) return base::Done{};
  return base::fail(fmt::format("feeds.dir: there is no folder {}: make it, or name another", dir.string()));
}

base::Result<Catalogue> load_catalogue(const std::filesystem::path& dir, const std::vector<std::string>& known_areas) {
  return load_catalogue(dir, [&] { return known_areas; });
}

base::Result<Catalogue> load_catalogue(const std::filesystem::path& dir,
                                       const std::function<std::vector<std::string>()>& known_areas) {
  return Reader(known_areas).read(dir);
}

FeedWords to_words(const Feed& feed) {
  FeedWords words;
  const auto put = [&](const char* key, std::string_view value) {
    if (!value.empty()) words.emplace_back(key, value);
  };
  put("id", feed.id);
  put("title", feed.title);
  put("publisher", feed.publisher);
  put("url", feed.url);
  if (feed.discover) put("discover", "true");
  put("areas", fmt::format("{}", fmt::join(feed.areas, ",")));
  put("lang", feed.lang);
  if (feed.kind != "news") put("kind", feed.kind);
  if (feed.role != FeedRole::official) put("role", to_string(feed.role));
  if (feed.interval) put("interval", duration_text(*feed.interval));
  if (feed.relevant_only) put("relevant_only", "true");
  if (!feed.enabled) put("enabled", "false");
  put("user_agent", feed.user_agent);
  put("zone", feed.zone);
  put("platform", feed.platform);
  return words;
}

base::Result<Feed> read_feed(const FeedWords& words, const std::function<std::vector<std::string>()>& known_areas) {
  for (const auto& [key, value] : words)
    if (key.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") != key.npos)
      return base::fail(fmt::format("unknown key {}", as_toml(key)));
  return Reader(known_areas).read_row(table_of(words));
}

std::string to_toml(const std::vector<Feed>& feeds) {
  std::string out;
  for (const Feed& feed : feeds) out += (out.empty() ? "" : "\n") + table_of(to_words(feed));
  return out;
}

std::string_view to_string(FeedRole role) { return feed_roles[static_cast<std::size_t>(role)]; }

}  // namespace sotevahti::config
