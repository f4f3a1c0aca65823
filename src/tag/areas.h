// Which areas an entry is about: the places that it names, weighed with who speaks.
// Pure; one thread (the words come from a lexicon).
#pragma once
#include <string>
#include <vector>

#include "tag/area_mentions.h"
#include "tag/publisher.h"
#include "tag/tags.h"

namespace sotevahti::tag {

// Where each area came from, and the names that did not count.
struct AreaFindings {
  std::vector<Tag> areas;
  std::vector<Mention> mentions;
  Publisher publisher;
};

class AreaFinder {
 public:
  AreaFinder(const config::Taxonomy& taxonomy, const Gazetteer& gazetteer)
      : gazetteer_(gazetteer), publishers_(taxonomy) {}

  AreaFindings find(const Subject& subject, const EntryText& text, const Marks& marks) const;

 private:
  const Gazetteer& gazetteer_;
  Publishers publishers_;
};

// For a person: what spoke for and against the area.
std::vector<std::string> why_area(const AreaFindings& findings, const EntryText& text, std::string_view area);

}  // namespace sotevahti::tag
