// The parts of the program, made from the settings.
#pragma once
#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "archive/feed_store.h"
#include "base/result.h"
#include "config/settings.h"
#include "net/http_client.h"
#include "poll/mill.h"

namespace sotevahti::service {

poll::Mill::Options mill_options(const config::Settings& settings);

// A client for one purpose, with that purpose's allowances.
base::Result<std::unique_ptr<net::HttpClient>> make_http_client(boost::asio::io_context& io,
                                                                const config::Settings& settings,
                                                                const std::vector<std::string>& allowed);

base::Result<std::vector<archive::FeedState>> read_states(const std::filesystem::path& archive);

}  // namespace sotevahti::service
