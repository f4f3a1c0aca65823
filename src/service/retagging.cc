#include "service/retagging.h"

#include <sys/resource.h>

#include <future>

#include "base/log.h"
#include "poll/retagger.h"

namespace sotevahti::service {
namespace {

constexpr int lowest_priority = 19;
constexpr std::size_t part_of_cache = 4;  // the mill's threads have theirs

std::unique_ptr<archive::Database> open_for_reading(const std::filesystem::path& file) {
  archive::OpenOptions open;
  open.access = archive::Access::read;
  auto database = archive::Database::open(file, open);
  if (!database) throw archive::ArchiveError(database.error().message);
  return std::move(*database);
}

}  // namespace

Retagging::Retagging(std::shared_ptr<const Configuration> configuration, poll::Mill& mill)
    : configuration_(std::move(configuration)), mill_(mill), thread_([this] {
        try {
          run();
        } catch (const std::exception& e) {
          base::log_error("the archive's tags could not be brought to the present rules: {}", e.what());
        }
      }) {}

Retagging::~Retagging() {
  stopping_ = true;
  thread_.join();
}

void Retagging::run() {
  const auto& settings = configuration_->settings();
  const auto database = open_for_reading(settings.archive.path);
  archive::TagStore tags(*database);
  const auto waiting = tags.waiting();
  if (!waiting) return;
  base::log_info("tags: {} of {} entries wait for the present rules", waiting->entries, waiting->of);
  ::setpriority(PRIO_PROCESS, 0, lowest_priority);  // on Linux: of this thread
  auto retagger = poll::Retagger::make(configuration_->taxonomy, configuration_->catalogue,
                                       settings.language.cache_bytes / part_of_cache);
  if (!retagger) throw std::runtime_error(retagger.error().message);
  while (!stopping_ && tags.waiting())
    if (!write((*retagger)->retag(tags.next(poll::retagged_at_once)))) return;
  if (!stopping_) base::log_info("{}", poll::in_words(tags.changes()));
}

bool Retagging::write(std::vector<archive::RetaggedEntry> entries) {
  const auto work = std::make_shared<std::vector<archive::RetaggedEntry>>(std::move(entries));
  std::promise<bool> ended;
  mill_.write([work](archive::Database& database) { archive::TagStore(database).write(*work); },
              [&ended](bool written) { ended.set_value(written); });
  return ended.get_future().get();
}

}  // namespace sotevahti::service
