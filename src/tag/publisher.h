// Who speaks, which is prior evidence of the area: a county's own room, a local paper,
// a ministry. Told by the publisher's name, the address's host and the feed. Pure.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "config/taxonomy.h"
#include "tag/area_mentions.h"
#include "tag/entry_text.h"
#include "tag/tagger.h"

namespace sotevahti::tag {

enum class Voice {
  own,  // a county, a city, a local body: speaks of its own area
  hus,
  paper,    // of these areas
  body,     // of the whole country
  unknown,  // media of the whole country, wires
};

struct Publisher {
  Voice voice = Voice::unknown;
  bool is_media = false;     // of the whole country
  bool is_of_field = false;  // a national body of social and health care
  std::vector<std::string> areas;
  std::vector<std::string> hints;  // the feed's areas: where nothing else speaks
  Evidence evidence;
};

class Publishers {
 public:
  explicit Publishers(const config::Taxonomy& taxonomy);

  // `mentions`: the places named, those in the publisher's name among them.
  Publisher tell(const Subject& subject, const EntryText& text, const std::vector<Mention>& mentions) const;

 private:
  struct Known {
    std::string kind;
    std::vector<std::string> areas;
  };
  const Known* find(const EntryText& text, Span& span) const;
  void tell_by_host(const Subject& subject, Publisher& publisher) const;

  const config::Taxonomy& taxonomy_;
  std::unordered_map<std::string, Known> known_;  // by the words of the name in small letters
};

}  // namespace sotevahti::tag
