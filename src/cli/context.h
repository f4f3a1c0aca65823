// What a command works with, read when it is first asked for: settings, taxonomy,
// catalogue, archive. What cannot be had is thrown and reported by run().
#pragma once
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

#include "archive/database.h"
#include "archive/filter.h"
#include "archive/search.h"
#include "base/clock.h"
#include "base/content.h"
#include "config/catalogue.h"
#include "config/settings.h"
#include "config/taxonomy.h"

namespace sotevahti::cli {

// Exit 78: the message holds a line for each problem.
class ConfigurationError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};
// Exit 1: what was named is not there.
class NotFound : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};
// Exit 2: what was asked for cannot be understood.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class Context {
 public:
  explicit Context(std::string config_file) : config_file_(std::move(config_file)) {}

  const config::LoadedSettings& loaded();
  const config::Settings& settings() { return loaded().settings; }
  const config::Taxonomy& taxonomy();
  const config::Catalogue& catalogue();
  const base::Clock& clock() const { return clock_; }
  const std::string& config_file() const { return config_file_; }

  // The archive. For reading it must be there already.
  std::unique_ptr<archive::Database> open_archive(archive::Access access);

  // Ids that a filter may name, and a filter read by them; UsageError with the place marked.
  archive::FilterNames filter_names();
  archive::Filter filter(const std::string& text);

 private:
  std::string config_file_;
  base::SystemClock clock_;
  std::optional<config::LoadedSettings> loaded_;
  std::optional<config::Taxonomy> taxonomy_;
  std::optional<config::Catalogue> catalogue_;
};

// The value, or its failure thrown as E.
template <class E, class T>
T value_or_throw(base::Result<T> result) {
  if (!result) throw E(result.error().message);
  return std::move(*result);
}

// What came by standard input was read to its end: throws where it was not, and only seemed to be empty.
inline void require_whole_input() {
  if (const auto read = base::input_was_read(); !read)
    throw std::runtime_error("standard input " + read.error().message);
}

}  // namespace sotevahti::cli
