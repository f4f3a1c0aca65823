#include "digest/outline.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

#include "digest/routine.h"
#include "digest/wording.h"

namespace sotevahti::digest {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

year_month_day local_day(base::Time time, const base::Zone& zone) { return zone.to_local(time).day; }

bool moved(const Deadline& deadline) {
  return deadline.withdrawn || (deadline.moved_from && *deadline.moved_from != deadline.closes);
}

Block::Kind kind_of(const Story& story, const Material& material) {
  if (std::any_of(story.deadlines.begin(), story.deadlines.end(), moved)) return Block::Kind::moved;
  if (!story.changes.empty()) return Block::Kind::changed;
  const Deadline* next = next_deadline(story, material);
  if (story.reminder || (next && days_left(*next, material) <= closing_soon.count())) return Block::Kind::closing;
  return story.kind == "decisions" && !story.board.empty() ? Block::Kind::meeting : Block::Kind::area;
}

// The county's own word on a matter of several counties stands where the reader asked.
std::string area_of(const Story& story, const Section& section) {
  for (const std::string& asked : section.areas)
    if (std::find(story.areas.begin(), story.areas.end(), asked) != story.areas.end()) return asked;
  return story.areas.empty() ? std::string() : story.areas.front();
}

// What two stories must share to stand in one block, in the order of the blocks.
struct BlockKey {
  int rank = 0;
  bool nationwide = false;  // the whole country after the counties
  std::string area_order, area;
  bool meeting = false;  // meetings after the area's other news
  std::string publisher, board;
  std::int64_t met = 0;
  auto tie() const { return std::tie(rank, nationwide, area_order, area, meeting, publisher, met, board); }
  friend bool operator<(const BlockKey& a, const BlockKey& b) { return a.tie() < b.tie(); }
};

class Composer {
 public:
  Composer(Material& material, const config::Taxonomy& taxonomy) : material_(material), taxonomy_(taxonomy) {}

  Outline compose() {
    Outline outline;
    for (Section& section : material_.sections) outline.sections.push_back(lay_out(section, outline.counts));
    return outline;
  }

 private:
  SectionOutline lay_out(Section& section, Counts& counts) {
    SectionOutline out;
    std::map<BlockKey, Block> blocks;
    for (Story& story : section.stories) {
      if (!told_.insert(story.story != 0 ? story.story : -story.id).second) {
        ++out.told_above;
        continue;
      }
      place(std::move(story), section, blocks, counts);
    }
    section.stories.clear();
    for (auto& [key, block] : blocks) {
      sort(block);
      out.blocks.push_back(std::move(block));
    }
    out.section = std::move(section);
    return out;
  }

  void place(Story story, const Section& section, std::map<BlockKey, Block>& blocks, Counts& counts) {
    const Block::Kind kind = kind_of(story, material_);
    Block& block = blocks[key_of(story, kind, section)];
    block.kind = kind;
    if (kind == Block::Kind::area || kind == Block::Kind::meeting) block.area = area_of(story, section);
    if (kind == Block::Kind::meeting) {
      block.publisher = story.publisher;
      block.board = story.board;
      block.met = story.event_at;
    }
    switch (kind) {
      case Block::Kind::moved: ++counts.moved; break;
      case Block::Kind::closing: ++counts.closing; break;
      case Block::Kind::changed: ++counts.changed; break;
      case Block::Kind::area:
      case Block::Kind::meeting: ++counts.fresh; break;
    }
    if (kind == Block::Kind::meeting && is_routine_item(story.title.view())) ++block.routine;
    else block.stories.push_back(std::move(story));
  }

  BlockKey key_of(const Story& story, Block::Kind kind, const Section& section) const {
    BlockKey key;
    switch (kind) {
      case Block::Kind::moved: key.rank = 0; return key;
      case Block::Kind::closing: key.rank = 1; return key;
      case Block::Kind::changed: key.rank = 3; return key;
      case Block::Kind::area:
      case Block::Kind::meeting: key.rank = 2; break;
    }
    key.area = area_of(story, section);
    key.nationwide = key.area.empty() || key.area == "koko-maa";
    key.area_order = alphabetical_key(area_name(taxonomy_, key.area, material_.language));
    if (kind == Block::Kind::meeting) {
      key.meeting = true;
      key.publisher = story.publisher;
      key.board = story.board;
      key.met = story.event_at ? -base::to_unix(*story.event_at) : 0;
    }
    return key;
  }

  void sort(Block& block) const {
    const auto by = [&](auto order) {
      std::stable_sort(block.stories.begin(), block.stories.end(),
                       [&](const Story& a, const Story& b) { return order(a) < order(b); });
    };
    switch (block.kind) {
      case Block::Kind::moved:
      case Block::Kind::closing: return by([&](const Story& s) { return urgency(s); });
      case Block::Kind::changed:
        return by([](const Story& s) {
          return std::tuple(s.changes.empty() ? 0 : -base::to_unix(s.changes.back().at), s.id);
        });
      case Block::Kind::meeting: return by([](const Story& s) { return s.id; });
      case Block::Kind::area:
        return by([&](const Story& s) {
          return std::tuple(topic_rank(s), !s.official, -base::to_unix(s.published.value_or(s.arrived)), s.id);
        });
    }
  }

  std::tuple<int, std::int64_t> urgency(const Story& story) const {
    const Deadline* next = next_deadline(story, material_);
    return {next ? days_left(*next, material_) : 100000, story.id};
  }

  std::size_t topic_rank(const Story& story) const {
    if (story.topics.empty()) return taxonomy_.topics.size();
    const auto found = std::find_if(taxonomy_.topics.begin(), taxonomy_.topics.end(),
                                    [&](const config::Topic& topic) { return topic.id == story.topics.front(); });
    return static_cast<std::size_t>(std::distance(taxonomy_.topics.begin(), found));
  }

  Material& material_;
  const config::Taxonomy& taxonomy_;
  std::set<std::int64_t> told_;
};

}  // namespace

Outline compose(Material material, const config::Taxonomy& taxonomy) {
  Outline outline = Composer(material, taxonomy).compose();
  material.sections.clear();
  outline.material = std::move(material);
  return outline;
}

int days_left(const Deadline& deadline, const Material& material) {
  const auto today = sys_days(local_day(material.at, *material.zone));
  return static_cast<int>((sys_days(deadline.closes) - today).count());
}

const Deadline* next_deadline(const Story& story, const Material& material) {
  const Deadline* nearest = nullptr;
  for (const Deadline& deadline : story.deadlines) {
    if (deadline.withdrawn || days_left(deadline, material) < 0) continue;
    if (!nearest || deadline.closes < nearest->closes) nearest = &deadline;
  }
  return nearest;
}

bool reminder_is_due(year_month_day closes, int days, base::Time from, base::Time to, const base::Zone& zone) {
  const sys_days reminded = sys_days(closes) - std::chrono::days(days);
  return sys_days(local_day(from, zone)) < reminded && reminded <= sys_days(local_day(to, zone));
}

}  // namespace sotevahti::digest
