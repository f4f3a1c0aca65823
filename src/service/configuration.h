// All that an admin writes, read together: settings, taxonomy, catalogue. Read whole or
// not at all, so that a reload either replaces everything or leaves it as it was.
#pragma once
#include <memory>
#include <string>

#include "base/result.h"
#include "config/catalogue.h"
#include "config/settings.h"
#include "config/taxonomy.h"

namespace sotevahti::service {

struct Configuration {
  config::LoadedSettings loaded;
  config::Taxonomy taxonomy;
  config::Catalogue catalogue;
  const config::Settings& settings() const { return loaded.settings; }
};

// `given` is --config's value, may be empty. Every failure has FILE:LINE.
base::Result<std::shared_ptr<const Configuration>> read_configuration(const std::string& given);

}  // namespace sotevahti::service
