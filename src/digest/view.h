// The data that the templates of a digest see. What each name in a template holds
// stands in view.cc. Belongs to render.cc.
#pragma once
#include <cstddef>
#include <kainjow/mustache.hpp>

#include "config/taxonomy.h"
#include "digest/outline.h"
#include "digest/wording.h"

namespace sotevahti::digest {

// How much of an outline is shown.
struct ViewPlan {
  std::size_t items = static_cast<std::size_t>(-1);       // in all; what exceeds a section's own bound is left out too
  std::size_t with_leads = static_cast<std::size_t>(-1);  // the first so many have their lead and reasons
};

struct View {
  kainjow::mustache::data data;
  std::size_t left_out = 0;
};

View make_view(const Outline& outline, const Wording& wording, const config::Taxonomy& taxonomy, const ViewPlan& plan);
// A view is without them at first.
void add_personal_links(View& view, const Outline& outline, const Wording& wording, const config::Taxonomy& taxonomy);

// "12 uutta asiaa, 1 määräaika lähestyy"
std::string counts_line(const Counts& counts, const Messages& messages);

}  // namespace sotevahti::digest
