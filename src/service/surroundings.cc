#include "service/surroundings.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netdb.h>
#include <sys/timex.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <filesystem>
#include <future>
#include <optional>
#include <thread>

#include "archive/database.h"
#include "archive/query.h"
#include "text/url.h"

namespace sotevahti::service {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr auto patience = 5s;
constexpr std::size_t names_tried = 3;
constexpr std::uintmax_t least_free = std::uintmax_t{256} << 20;

// The newest time that the archive knows: a clock behind it was set back.
std::optional<base::Time> newest_poll(const std::filesystem::path& file) {
  archive::OpenOptions options;
  options.access = archive::Access::read;
  const auto database = archive::Database::open(file, options);
  if (!database) return std::nullopt;
  archive::Query newest(**database, "SELECT max(last_poll) FROM polls");
  return newest.step() ? newest.maybe_time(0) : std::nullopt;
}

Finding look_at_clock(const config::Settings& settings, base::Time now) {
  Finding clock{"clock", "", ""};
  const auto newest = newest_poll(settings.archive.path);
  timex state{};
  if (newest && *newest > now + 1h) {
    clock.cause = fmt::format("the clock is {} minutes behind the last poll in the archive",
                              std::chrono::duration_cast<std::chrono::minutes>(*newest - now).count());
    clock.remedy = "set it, and let it be kept: timedatectl set-ntp true";
  } else if (adjtimex(&state) == TIME_ERROR || (state.status & STA_UNSYNC) != 0) {
    clock.cause = "nothing keeps the clock right";
    clock.remedy = "timedatectl set-ntp true, or chrony";
  }
  return clock;
}

Finding look_at_disk(const config::Settings& settings) {
  Finding disk{"disk", "", ""};
  const auto& file = settings.archive.path;
  std::error_code error;
  auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
  const auto space = std::filesystem::space(folder, error);
  if (error) return disk;  // there is no folder yet: the service makes it
  const auto size = std::filesystem::exists(file, error) ? std::filesystem::file_size(file, error) : 0;
  const auto wanted = std::max(least_free, 2 * size);
  if (::access(folder.c_str(), W_OK) != 0) {
    disk.cause = fmt::format("{} cannot be written", folder.string());
    disk.remedy = "give it to the service's user, or mount it for writing";
  } else if (space.available < wanted) {
    disk.cause = fmt::format("{} MB are free at {}; a backup and an upgrade want {} MB", space.available >> 20,
                             folder.string(), wanted >> 20);
    disk.remedy = "sotevahti prune and vacuum, remove old backups, or enlarge the disk";
  }
  return disk;
}

bool is_name(const std::string& host) {
  std::array<unsigned char, 16> bytes{};
  const bool is_address = inet_pton(AF_INET, host.c_str(), bytes.data()) == 1 || host.find(':') != host.npos;
  return !host.empty() && !is_address && host != "localhost";
}

// A resolver may think for longer than anybody waits: its thread is left to end by itself.
bool resolves(const std::string& host) {
  auto told = std::make_shared<std::promise<bool>>();
  auto answer = told->get_future();
  std::thread([told, host] {
    addrinfo* found = nullptr;
    const bool known = getaddrinfo(host.c_str(), nullptr, nullptr, &found) == 0;
    if (found != nullptr) freeaddrinfo(found);
    told->set_value(known);
  }).detach();
  return answer.wait_for(patience) == std::future_status::ready && answer.get();
}

Finding look_at_names(const config::Catalogue& catalogue) {
  Finding names{"names", "", ""};
  std::vector<std::string> tried;
  for (const auto& feed : catalogue.feeds()) {
    const std::string host = text::url_host(feed.url);
    if (!feed.enabled || !is_name(host) || std::find(tried.begin(), tried.end(), host) != tried.end()) continue;
    if (resolves(host)) return names;
    tried.push_back(host);
    if (tried.size() == names_tried) break;
  }
  if (tried.empty()) return names;
  names.cause = fmt::format("no address is found for {}", fmt::join(tried, ", "));
  names.remedy = "look at /etc/resolv.conf and the network: resolvectl query " + tried.front();
  return names;
}

struct HostAndPort {
  std::string host, port;
};

HostAndPort relay_of(const std::string& url) {
  const bool wrapped = url.starts_with("smtps://");
  std::string_view rest = std::string_view(url).substr(url.find("://") + 3);
  rest = rest.substr(0, rest.find('/'));
  const auto colon = rest.rfind(':');
  const bool has_port = colon != rest.npos && rest.find(']', colon) == rest.npos;
  std::string_view host = rest.substr(0, has_port ? colon : rest.npos);
  if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
  return {std::string(host), std::string(has_port ? rest.substr(colon + 1) : wrapped ? "465" : "25")};
}

std::string connects(const HostAndPort& relay) {
  asio::io_context io;
  asio::ip::tcp::resolver resolver(io);
  asio::ip::tcp::socket socket(io);
  std::string cause = "no answer within 5 s";
  resolver.async_resolve(relay.host, relay.port, [&](const auto& unknown, const auto& endpoints) {
    if (unknown) {
      cause = unknown.message();
      return;
    }
    asio::async_connect(socket, endpoints,
                        [&](const auto& refused, const auto&) { cause = refused ? refused.message() : ""; });
  });
  io.run_for(patience);
  return cause;
}

Finding look_at_relay(const config::Settings& settings) {
  Finding finding{"relay", "", ""};
  if (settings.mail.transport != config::Settings::Mail::Transport::smtp) return finding;
  const HostAndPort relay = relay_of(settings.mail.url);
  const std::string cause = connects(relay);
  if (cause.empty()) return finding;
  finding.cause = fmt::format("the mail relay {} port {} cannot be reached: {}", relay.host, relay.port, cause);
  finding.remedy = "look at [mail] url, and whether the relay runs; mail waits in the outbox meanwhile";
  return finding;
}

}  // namespace

std::vector<Finding> look_around(const config::Settings& settings, const config::Catalogue& catalogue, base::Time now) {
  return {look_at_clock(settings, now), look_at_disk(settings), look_at_names(catalogue), look_at_relay(settings)};
}

}  // namespace sotevahti::service
