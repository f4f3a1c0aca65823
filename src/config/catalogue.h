// The catalogue: feeds.d/*.toml read into checked structs. One file an area or a
// publisher group; `[[feed]]` tables. A broken file is refused whole, with file:line.
// Values: read once, then shared by any threads.
#pragma once
#include <array>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace sotevahti::config {

enum class FeedRole { official, ministry, wire, ngo, media };

// As feeds.d, filters and forms name them: roles by FeedRole, and what a feed's entries are.
inline constexpr std::array<std::string_view, 5> feed_roles = {"official", "ministry", "wire", "ngo", "media"};
inline constexpr std::array<std::string_view, 8> entry_kinds = {"news",          "press",  "decisions", "law",
                                                                "consultations", "grants", "media",     "events"};

struct Feed {
  std::string id;  // [a-z0-9-]+, unique over all files
  std::string title;
  std::string publisher;
  std::string url;  // of the feed, or of the page to search where `discover`
  bool discover = false;
  std::vector<std::string> areas;  // ids of tags.d/areas.toml; prior evidence, may be empty
  std::string lang;                // fi, sv, en or empty
  std::string kind = "news";       // one of entry_kinds
  FeedRole role = FeedRole::official;
  std::optional<base::Seconds> interval;
  bool relevant_only = false;  // carries other news: keep what is about sote
  bool enabled = true;
  std::string user_agent;      // empty: the setting's
  std::string zone;            // of dates that name none; default Europe/Helsinki
  std::string platform;        // dynasty, sttinfo, liferay ...: a hint, may be empty
  std::filesystem::path file;  // where it stands
  int line = 0;
};

class Catalogue {
 public:
  Catalogue() = default;
  explicit Catalogue(std::vector<Feed> feeds);
  const std::vector<Feed>& feeds() const { return feeds_; }
  const Feed* find(std::string_view id) const;  // nullptr where there is none

 private:
  std::vector<Feed> feeds_;
  std::map<std::string, std::size_t, std::less<>> by_id_;
};

// Asked by all who poll: a name that was mistyped, or a folder that was moved away, would else end all polling in
// silence. Nothing that only asks the archive needs it.
base::Result<base::Done> find_catalogue(const std::filesystem::path& dir);

// `known_areas` are the ids that a feed may name. A folder that is not there is an
// empty catalogue; every failure is "FILE:LINE: cause", all of them, one a line.
base::Result<Catalogue> load_catalogue(const std::filesystem::path& dir, const std::vector<std::string>& known_areas);
// The same; asks for the areas when the first feed names one.
base::Result<Catalogue> load_catalogue(const std::filesystem::path& dir,
                                       const std::function<std::vector<std::string>()>& known_areas);

// A row as other lists carry it: words by the keys of feeds.d, areas by commas; what is at its default is left out.
using FeedWords = std::vector<std::pair<std::string, std::string>>;
FeedWords to_words(const Feed& feed);
// ... and back, by the rules of feeds.d; fails with the causes of all that are broken.
base::Result<Feed> read_feed(const FeedWords& words, const std::function<std::vector<std::string>()>& known_areas);

// `[[feed]]` tables as a feeds.d file holds them, strings quoted as TOML needs it.
std::string to_toml(const std::vector<Feed>& feeds);

std::string_view to_string(FeedRole role);

}  // namespace sotevahti::config
