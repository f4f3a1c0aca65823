// An admin's own templates and messages, from a folder beside the configuration.
#pragma once
#include <filesystem>

#include "base/result.h"
#include "digest/texts.h"

namespace sotevahti::deliver {

// The built-in ones where `folder` is empty, and for what it does not hold. Fails, with the file, on
// one that cannot be read or that no digest has: it would be passed over in silence.
base::Result<digest::Texts> load_texts(const std::filesystem::path& folder);

}  // namespace sotevahti::deliver
