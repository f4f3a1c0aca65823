// The parts of the program, made from the settings; each failure is a sentence for the admin. Opens the archive
// where it must, and closes it again.
#pragma once
#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "archive/migrations.h"
#include "archive/websub_store.h"
#include "base/clock.h"
#include "base/result.h"
#include "config/catalogue.h"
#include "config/settings.h"
#include "config/taxonomy.h"
#include "net/http_client.h"
#include "poll/mill.h"
#include "poll/poller.h"

namespace sotevahti::service {

poll::Mill::Options mill_options(const config::Settings& settings);

// A client for one purpose, with that purpose's allowances.
base::Result<std::unique_ptr<net::HttpClient>> make_http_client(boost::asio::io_context& io,
                                                                const config::Settings& settings,
                                                                const std::vector<std::string>& allowed);

// What a poller begins with.
base::Result<poll::Poller::Known> read_known(const std::filesystem::path& archive, base::Time now);

base::Result<std::vector<archive::HubSubscription>> read_hub_subscriptions(const std::filesystem::path& archive);

// Tells the archive what the catalogue says of each feed, before whatever else the mill is given from now on.
// `catalogue` must outlive the mill.
void write_catalogue(poll::Mill& mill, const config::Catalogue& catalogue);

// Tells the archive by which names and rules entries come from now on; to be done before any comes. Where
// the names of tags.d have changed the index of words is made anew, which takes some minutes for a million entries.
base::Result<base::Done> use_rules(const std::filesystem::path& archive, const config::Taxonomy& taxonomy,
                                   const archive::Progress& progress = {});

}  // namespace sotevahti::service
