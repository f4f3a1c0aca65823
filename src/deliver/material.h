// What the archive holds, as a digest takes it: due stories, deadlines to be reminded
// of, and how many sources were read. Reads only. Belongs to its database's thread.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "archive/feed_store.h"
#include "archive/ledger.h"
#include "archive/search.h"
#include "config/catalogue.h"
#include "config/taxonomy.h"
#include "digest/digest.h"

namespace sotevahti::deliver {

// `public_url` begins the address of an entry's page.
digest::Story to_story(const archive::DueStory& due, const std::string& language, const config::Taxonomy& taxonomy,
                       const std::string& public_url);

// A story told before, or never, whose deadline is near.
digest::Story to_reminder(const archive::DeadlineRow& row, const std::string& public_url);

digest::Cadence to_cadence(const archive::Rhythm& rhythm);

// The areas that a filter asks for, in its order; those it excludes are not among them.
std::vector<std::string> areas_of(const archive::Filter& filter);

// Enabled feeds; not reached are those whose last polls failed for a day.
digest::Sources read_sources(std::span<const archive::FeedState> states, const config::Catalogue& catalogue,
                             base::Time now);

}  // namespace sotevahti::deliver
