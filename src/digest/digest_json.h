// A digest as data: what a webhook's `digest` event carries. Whole, in the outline's
// order, without anything personal but the subscription's name. Pure; any thread.
#pragma once
#include <string>

#include "digest/outline.h"

namespace sotevahti::digest {

// JSON, UTF-8.
std::string digest_json(const Outline& outline, const std::string& subject);

// One story of it: the data of `entry.new`, `entry.changed` and `deadline.moved`.
std::string story_json(const Story& story, const Material& material);

}  // namespace sotevahti::digest
