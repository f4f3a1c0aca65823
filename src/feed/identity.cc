#include "feed/identity.h"

#include <fmt/format.h>

#include <unordered_map>
#include <unordered_set>

#include "base/hash.h"
#include "feed/ascii.h"
#include "text/url.h"

namespace sotevahti::feed {
namespace {

// A shorter title or text may well be that of another item.
constexpr std::size_t telling_title = 12;
constexpr std::size_t telling_text = 160;

std::string hash_of(std::string_view kind, std::string_view content) {
  return fmt::format("{}:{}", kind, base::to_hex(base::hash64(content)));
}

// A guid that is an address changes as addresses do; its fragment may tell items apart.
void add_guid_keys(std::vector<std::string>& keys, std::string_view guid) {
  guid = trimmed(guid);
  if (guid.empty()) return;
  if (!starts_ignoring_case(guid, "http://") && !starts_ignoring_case(guid, "https://")) {
    keys.push_back(fmt::format("guid:{}", guid));
    return;
  }
  const std::string_view fragment = guid.substr(std::min(guid.find('#'), guid.size()));
  keys.push_back(fmt::format("guid:{}{}", text::canonical_url(guid), fragment));
  const std::string former = text::lettered_canonical_url(guid);
  if (!former.empty()) keys.push_back(fmt::format("guid:{}{}", former, fragment));
}

// The address of the site, or of the feed's own page, says nothing of an item.
bool is_item_address(std::string_view canonical, const Document& document) {
  const std::size_t host = canonical.find("://");
  const std::size_t path = host == std::string_view::npos ? host : canonical.find_first_of("/?", host + 3);
  if (path == std::string_view::npos || canonical.substr(path) == "/") return false;
  return !document.feed.link || canonical != text::canonical_url(*document.feed.link);
}

using Counts = std::unordered_map<std::string_view, int>;

bool is_unique(const Counts& counts, const std::string& key) { return counts.at(key) == 1; }

// What an item without any key of its own is known by.
std::string last_resort(const Item& item) {
  const std::string published = item.published ? base::to_rfc3339(*item.published) : "";
  const std::string former = text::lettered_canonical_url(item.url);
  return hash_of("hash", fmt::format("{}\n{}\n{}\n{}", former.empty() ? item.canonical_url : former, item.title.view(),
                                     published, base::to_hex(item.content_hash)));
}

// The same item twice in one document: the same first key and the same content.
void drop_repeated(std::vector<Item>& items, std::vector<std::vector<std::string>>& keys) {
  std::unordered_set<std::string> seen;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::string first = keys[i].empty() ? last_resort(items[i]) : keys[i].front();
    if (!seen.insert(first + '\n' + base::to_hex(items[i].content_hash)).second) continue;
    if (kept != i) {
      items[kept] = std::move(items[i]);
      keys[kept] = std::move(keys[i]);
    }
    ++kept;
  }
  items.resize(kept);
  keys.resize(kept);
}

}  // namespace

std::vector<std::string> possible_keys(const Item& item, std::uint64_t text_hash, const Entry& entry,
                                       const Document& document) {
  std::vector<std::string> keys;
  if (!item.key.empty()) keys.push_back(item.key);
  if (entry.id) add_guid_keys(keys, *entry.id);
  if (!item.canonical_url.empty() && is_item_address(item.canonical_url, document)) {
    keys.push_back("url:" + item.canonical_url);
    const std::string former = text::lettered_canonical_url(item.url);
    if (!former.empty()) keys.push_back("url:" + former);
  }
  const std::string_view title = item.title.view();
  if (title.size() >= telling_title && item.published) {
    keys.push_back(hash_of("title", fmt::format("{}\n{}", title, base::to_rfc3339(*item.published))));
  }
  if (item.text.view().size() >= telling_text) {
    keys.push_back("text:" + base::to_hex(item.content_hash));
    // A headline that is corrected takes the address along; boilerplate comes again on other days.
    if (item.published) {
      keys.push_back(fmt::format("body:{}@{}", base::to_hex(text_hash), base::to_rfc3339(*item.published)));
    }
  }
  return keys;
}

void identify(std::vector<Item>& items, std::vector<std::vector<std::string>> keys) {
  drop_repeated(items, keys);
  Counts counts;
  for (const auto& of_item : keys) {
    for (const std::string& key : of_item) ++counts[key];
  }
  std::unordered_set<std::string> last_resorts;
  for (std::size_t i = 0; i < items.size(); ++i) {
    Item& item = items[i];
    item.key.clear();
    for (std::string& key : keys[i]) {
      if (!is_unique(counts, key)) continue;
      if (item.key.empty()) {
        item.key = key;
      } else {
        item.alias_keys.push_back(key);
      }
    }
    if (!item.key.empty()) continue;
    item.key = last_resort(item);
    while (!last_resorts.insert(item.key).second) item.key += '+';
  }
}

}  // namespace sotevahti::feed
