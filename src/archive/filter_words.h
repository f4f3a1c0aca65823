// The names of the filter language: keys, and conditions that are one word.
#pragma once
#include <array>
#include <optional>
#include <string_view>

#include "archive/filter.h"

namespace sotevahti::archive {

struct FilterKey {
  std::string_view name;
  Filter::Kind kind;
};

// Keys that take one or more values; has: and story: are apart, they take one word.
inline constexpr std::array<FilterKey, 11> filter_keys = {{{"area", Filter::Kind::area},
                                                           {"topic", Filter::Kind::topic},
                                                           {"kind", Filter::Kind::kind},
                                                           {"lang", Filter::Kind::language},
                                                           {"source", Filter::Kind::source},
                                                           {"publisher", Filter::Kind::publisher},
                                                           {"near", Filter::Kind::near},
                                                           {"role", Filter::Kind::role},
                                                           {"since", Filter::Kind::since},
                                                           {"until", Filter::Kind::until},
                                                           {"deadline", Filter::Kind::deadline_within}}};
// What people write who come from another tool or in another language, and our name for it.
inline constexpr std::array<std::array<std::string_view, 2>, 17> borrowed_keys = {{{"feed", "source"},
                                                                                   {"site", "source"},
                                                                                   {"from", "source"},
                                                                                   {"tag", "topic"},
                                                                                   {"region", "area"},
                                                                                   {"county", "area"},
                                                                                   {"before", "until"},
                                                                                   {"after", "since"},
                                                                                   {"type", "kind"},
                                                                                   {"language", "lang"},
                                                                                   {"alue", "area"},
                                                                                   {"aihe", "topic"},
                                                                                   {"kieli", "lang"},
                                                                                   {"määräaika", "deadline"},
                                                                                   {"område", "area"},
                                                                                   {"ämne", "topic"},
                                                                                   {"språk", "lang"}}};
inline constexpr std::string_view has_deadline_text = "has:deadline";
inline constexpr std::string_view every_telling_text = "story:all";

// "14d", "2w", "3m" (30 days each), "1y" in days; none for anything else.
std::optional<int> days_of_age(std::string_view text);

}  // namespace sotevahti::archive
