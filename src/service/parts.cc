#include "service/parts.h"

#include "archive/feed_store.h"
#include "archive/index_words.h"
#include "archive/tag_store.h"
#include "tag/tagger.h"

namespace sotevahti::service {

poll::Mill::Options mill_options(const config::Settings& settings) {
  poll::Mill::Options options;
  options.archive = settings.archive.path;
  options.most_told = settings.poll.flood;
  options.lexicon_cache_bytes = settings.language.cache_bytes;
  return options;
}

base::Result<std::unique_ptr<net::HttpClient>> make_http_client(boost::asio::io_context& io,
                                                                const config::Settings& settings,
                                                                const std::vector<std::string>& allowed) {
  auto policy = net::AddressPolicy::parse(allowed);
  if (!policy) return tl::unexpected(policy.error());
  net::HttpClient::Options options;
  options.policy = std::move(*policy);
  options.max_connections = static_cast<std::size_t>(settings.poll.max_concurrent) * 2;
  options.proxy = settings.net.proxy;
  return std::make_unique<net::HttpClient>(io, std::move(options));
}

base::Result<poll::Poller::Known> read_known(const std::filesystem::path& archive, base::Time now) {
  archive::OpenOptions open;
  open.access = archive::Access::read;
  auto database = archive::Database::open(archive, open);
  if (!database) return tl::unexpected(database.error());
  archive::FeedStore store(**database);
  return poll::Poller::Known{store.states(), store.quiet_hosts(now)};
}

base::Result<std::vector<archive::HubSubscription>> read_hub_subscriptions(const std::filesystem::path& archive) {
  archive::OpenOptions open;
  open.access = archive::Access::read;
  auto database = archive::Database::open(archive, open);
  if (!database) return tl::unexpected(database.error());
  return archive::HubStore(**database).subscriptions();
}

void write_catalogue(poll::Mill& mill, const config::Catalogue& catalogue) {
  mill.write([&catalogue](archive::Database& database) { archive::FeedStore(database).write_catalogue(catalogue); },
             nullptr);
}

base::Result<base::Done> use_rules(const std::filesystem::path& archive, const config::Taxonomy& taxonomy,
                                   const archive::Progress& progress) {
  archive::OpenOptions open;
  open.progress = progress;
  auto database = archive::Database::open(archive, open);
  if (!database) return tl::unexpected(database.error());
  try {
    archive::use_names(**database, taxonomy, progress);
    archive::TagStore(**database).use_rules(tag::tagger_version(taxonomy));
  } catch (const archive::ArchiveError& problem) {
    return base::fail(problem.what());
  }
  return base::Done{};
}

}  // namespace sotevahti::service
