// The archive for assistants: a server of the Model Context Protocol, as answers to lines
// of JSON-RPC 2.0. Tools: search, show, deadlines, coverage; all of them only read. A
// mistake of the asker is an answer, never the end. One thread.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "archive/database.h"
#include "base/clock.h"
#include "config/catalogue.h"
#include "config/taxonomy.h"

namespace sotevahti::cli {

class McpServer {
 public:
  static constexpr std::size_t longest_line = std::size_t{1} << 20;

  // All must outlive it.
  McpServer(archive::Database& database, const config::Taxonomy& taxonomy, const config::Catalogue& catalogue,
            const base::Clock& clock)
      : database_(database), taxonomy_(taxonomy), catalogue_(catalogue), clock_(clock) {}

  // One line; none where nobody waits for an answer.
  std::optional<std::string> answer(std::string_view line);

 private:
  archive::Database& database_;
  const config::Taxonomy& taxonomy_;
  const config::Catalogue& catalogue_;
  const base::Clock& clock_;
};

}  // namespace sotevahti::cli
