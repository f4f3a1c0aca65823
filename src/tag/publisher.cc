#include "tag/publisher.h"

#include <algorithm>

#include "text/words.h"

namespace sotevahti::tag {
namespace {

std::string words_of(std::string_view name) {
  std::string words;
  for (const text::Token& token : text::tokenize(name)) words += text::lower(token.surface) + ' ';
  return words;
}

std::string_view host_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("/?#"));
  return url.substr(0, url.find(':'));
}

bool is_on(std::string_view host, std::string_view domain) {
  if (!host.ends_with(domain)) return false;
  return host.size() == domain.size() || host[host.size() - domain.size() - 1] == '.';
}

void add_once(std::vector<std::string>& to, const std::vector<std::string>& from) {
  for (const std::string& area : from)
    if (std::find(to.begin(), to.end(), area) == to.end()) to.push_back(area);
}

}  // namespace

Publishers::Publishers(const config::Taxonomy& taxonomy) : taxonomy_(taxonomy) {
  for (const config::Publishers& group : taxonomy.publishers)
    for (const std::string& name : group.names) known_.emplace(words_of(name), Known{group.kind, group.areas});
}

// The longest known name within the publisher's.
const Publishers::Known* Publishers::find(const EntryText& text, Span& span) const {
  const auto& words = text.words();
  const Known* best = nullptr;
  for (std::uint32_t first = 0; first < words.size(); ++first) {
    if (words[first].field != Field::publisher) continue;
    constexpr std::uint32_t longest = 10;
    std::string name;
    for (std::uint32_t last = first; last < words.size() && last < first + longest; ++last) {
      name += text::lower(words[last].token.surface) + ' ';
      const auto found = known_.find(name);
      if (found == known_.end() || (best != nullptr && last - first <= span.last - span.first)) continue;
      best = &found->second;
      span = {first, last};
    }
  }
  return best;
}

Publisher Publishers::tell(const Subject& subject, const EntryText& text, const std::vector<Mention>& mentions) const {
  Publisher publisher;
  Span span;
  const Known* known = find(text, span);
  // "Western Uusimaa" is no newspaper of that name.
  const auto holds = [&](const Mention& m) {
    return m.field == Field::publisher && m.span.first <= span.first && span.last <= m.span.last &&
           m.span.last - m.span.first > span.last - span.first;
  };
  if (known != nullptr && known->kind == "paper" && std::any_of(mentions.begin(), mentions.end(), holds))
    known = nullptr;
  if (known != nullptr) {
    publisher.evidence = text.evidence(span, "publisher: " + known->kind);
    publisher.areas = known->areas;
    publisher.is_media = known->kind == "media";
    if (known->kind == "paper") publisher.voice = Voice::paper;
    publisher.is_of_field = known->kind == "field";
    if (known->kind == "body" || known->kind == "field") publisher.voice = Voice::body;
    if (known->kind == "local") publisher.voice = Voice::own;
  }
  for (const Mention& mention : mentions) {
    if (mention.field != Field::publisher || mention.name->kind == "adjective") continue;
    if (known != nullptr && span.touches(mention.span)) continue;
    if (known == nullptr && !mention.why_not.empty()) continue;
    const bool is_hus = mention.name->kind == "hus";
    publisher.voice = is_hus ? Voice::hus : publisher.is_media ? Voice::paper : Voice::own;
    add_once(publisher.areas, mention.name->areas);
    if (publisher.evidence.words.empty())
      publisher.evidence = text.evidence(mention.span, "publisher: " + mention.name->name);
  }
  if (publisher.voice == Voice::own) std::erase(publisher.areas, "hus");
  if (publisher.voice == Voice::unknown) tell_by_host(subject, publisher);
  if (publisher.voice == Voice::unknown) {
    publisher.hints = subject.feed_areas;
    std::erase(publisher.hints, "koko-maa");
    if (publisher.is_media && !publisher.hints.empty()) {
      publisher.voice = Voice::paper;
      publisher.areas = publisher.hints;
      publisher.evidence = Evidence{Field::feed, 0, 0, publisher.hints.front(), "feed"};
    }
  }
  return publisher;
}

void Publishers::tell_by_host(const Subject& subject, Publisher& publisher) const {
  const std::string_view host = host_of(subject.url);
  for (const config::Area& area : taxonomy_.areas) {
    for (const std::string& domain : area.domains) {
      if (!is_on(host, domain)) continue;
      const auto begin = static_cast<std::uint32_t>(host.data() - subject.url.data());
      publisher.voice = area.kind == "country" ? Voice::body : area.kind == "hus" ? Voice::hus : Voice::own;
      if (area.kind != "country") publisher.areas = {area.id};
      publisher.evidence = Evidence{Field::url, begin, begin + static_cast<std::uint32_t>(host.size()),
                                    std::string(host), "address: " + domain};
      return;
    }
  }
}

}  // namespace sotevahti::tag
