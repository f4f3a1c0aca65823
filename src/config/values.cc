#include "config/values.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>

#include "base/zone.h"

namespace sotevahti::config {
namespace {

struct Unit {
  std::string_view name;
  std::uint64_t factor;
};
constexpr std::array<Unit, 4> time_units{{{"d", 86400}, {"h", 3600}, {"min", 60}, {"s", 1}}};
constexpr std::array<Unit, 4> size_units{{{"GiB", 1U << 30}, {"MiB", 1U << 20}, {"KiB", 1U << 10}, {"", 1}}};

// A whole number and a unit, multiplied; nothing where it is no such thing or too large.
template <std::size_t N>
std::optional<std::uint64_t> parse_quantity(std::string_view text, const std::array<Unit, N>& units) {
  std::uint64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc()) return std::nullopt;
  std::string_view name(end, static_cast<std::size_t>(text.data() + text.size() - end));
  if (name.starts_with(' ')) name.remove_prefix(1);
  const auto unit = std::find_if(units.begin(), units.end(), [&](const Unit& u) { return u.name == name; });
  constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (unit == units.end() || count > most / unit->factor) return std::nullopt;
  return count * unit->factor;
}

template <std::size_t N>
std::string quantity_text(std::uint64_t value, const std::array<Unit, N>& units) {
  for (const Unit& unit : units) {
    if (value % unit.factor == 0 && value >= unit.factor) return fmt::format("{}{}", value / unit.factor, unit.name);
  }
  return fmt::format("0{}", units.back().name);
}

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_address(std::string_view text, int family) {
  std::array<unsigned char, 16> bytes{};
  return inet_pton(family, std::string(text).c_str(), bytes.data()) == 1;
}

bool is_number_to(std::string_view text, int most) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return is_digits(text) && error == std::errc() && end == text.data() + text.size() && number <= most;
}

bool is_host(std::string_view text) { return wrong_host_name(text).empty(); }

// The parts of scheme://host[:port][/rest].
struct UrlParts {
  std::string_view scheme, host, port, rest;
  bool has_user = false;
};

struct HostAndPort {
  std::string_view host, port;
};

// "[::1]:80" keeps no brackets.
HostAndPort split_port(std::string_view text) {
  if (text.starts_with('[')) {
    const auto close = text.find(']');
    if (close == std::string_view::npos) return {text, {}};
    const auto after = text.substr(close + 1);
    return {text.substr(1, close - 1), after.starts_with(':') ? after.substr(1) : after};
  }
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return {text, {}};
  return {text.substr(0, colon), text.substr(colon + 1)};
}

std::optional<UrlParts> split_url(std::string_view text) {
  const auto after_scheme = text.find("://");
  if (after_scheme == std::string_view::npos) return std::nullopt;
  UrlParts parts;
  parts.scheme = text.substr(0, after_scheme);
  std::string_view authority = text.substr(after_scheme + 3);
  const auto path = authority.find_first_of("/?#");
  if (path != std::string_view::npos) {
    parts.rest = authority.substr(path);
    authority = authority.substr(0, path);
  }
  const auto user = authority.rfind('@');
  parts.has_user = user != std::string_view::npos;
  if (parts.has_user) authority.remove_prefix(user + 1);
  const auto [host, port] = split_port(authority);
  parts.host = host;
  parts.port = port;
  if (authority.ends_with(':')) return std::nullopt;
  return parts;
}

// The cause, or nothing where the URL is one of the schemes with a sound host and port.
std::string wrong_url(std::string_view text, std::initializer_list<std::string_view> schemes,
                      std::string_view example) {
  const std::string instead = fmt::format(": write one like \"{}\"", example);
  const auto odd = std::find_if(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= 0x20 || byte == 0x7f || c == '"' || c == '<' || c == '>' || c == '\\';
  });
  if (odd != text.end()) {
    return fmt::format("\"{}\" holds a {}, which no address has: write it as %{:02X}", text,
                       *odd == ' ' ? "space" : "character", unsigned{static_cast<unsigned char>(*odd)});
  }
  const auto parts = split_url(text);
  if (!parts) return fmt::format("\"{}\" is no address{}", text, instead);
  if (std::find(schemes.begin(), schemes.end(), parts->scheme) == schemes.end()) {
    return fmt::format("\"{}\" is no {} address{}", text, fmt::join(schemes, " or "), instead);
  }
  if (parts->has_user) return fmt::format("\"{}\" holds a user or password, which may not stand in an address", text);
  const bool sound_host = is_host(parts->host) || is_address(parts->host, AF_INET6);
  if (!sound_host) return fmt::format("\"{}\" has no sound host name{}", text, instead);
  if (!parts->port.empty() && !is_number_to(parts->port, 65535)) {
    return fmt::format("\"{}\" has no sound port (1 to 65535){}", text, instead);
  }
  return {};
}

}  // namespace

base::Result<std::chrono::seconds> parse_duration(std::string_view text) {
  if (const auto seconds = parse_quantity(text, time_units)) return std::chrono::seconds(*seconds);
  return base::fail(fmt::format("\"{}\" is no time: write one like \"30s\", \"15min\", \"2h\" or \"7d\"", text));
}

std::string duration_text(std::chrono::seconds duration) {
  return quantity_text(static_cast<std::uint64_t>(std::max<std::int64_t>(0, duration.count())), time_units);
}

base::Result<std::size_t> parse_size(std::string_view text) {
  if (const auto bytes = parse_quantity(text, size_units)) return static_cast<std::size_t>(*bytes);
  return base::fail(fmt::format("\"{}\" is no size: write one like \"512KiB\", \"10MiB\" or \"1GiB\"", text));
}

std::string size_text(std::size_t bytes) { return quantity_text(bytes, size_units); }

base::Result<std::vector<int>> parse_days(std::string_view text) {
  constexpr int farthest = 60;
  constexpr std::size_t most = 5;
  std::vector<int> days;
  for (bool more = !text.empty(); more;) {
    const auto comma = std::min(text.find(','), text.size());
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + comma, number);
    if (error != std::errc() || end != text.data() + comma || number < 1 || number > farthest || days.size() == most)
      return base::fail(
          fmt::format("\"{}\" are no days: write up to {} numbers of 1 to {}, like \"7,2\"", text, most, farthest));
    days.push_back(number);
    more = comma < text.size();
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  std::sort(days.rbegin(), days.rend());
  return days;
}

std::string days_text(const std::vector<int>& days) { return fmt::format("{}", fmt::join(days, ",")); }

std::string wrong_http_url(std::string_view text) {
  return wrong_url(text, {"http", "https"}, "https://www.example.fi/rss");
}

std::string wrong_public_url(std::string_view text) {
  if (auto wrong = wrong_url(text, {"http", "https"}, "https://sote.example.fi"); !wrong.empty()) return wrong;
  const bool has_query = text.find_first_of("?#") != std::string_view::npos;
  return has_query ? fmt::format("\"{}\" may hold no ? or #: write the address of the front page", text) : "";
}

std::string wrong_smtp_url(std::string_view text) { return wrong_url(text, {"smtp", "smtps"}, "smtp://localhost:25"); }

std::string wrong_proxy_url(std::string_view text) {
  return wrong_url(text, {"http", "https", "socks5", "socks5h"}, "http://proxy.example.fi:3128");
}

std::string wrong_network(std::string_view text) {
  const auto slash = text.find('/');
  const std::string_view address = text.substr(0, slash);
  const bool v4 = is_address(address, AF_INET);
  const bool bits = slash == std::string_view::npos || is_number_to(text.substr(slash + 1), v4 ? 32 : 128);
  if ((v4 || is_address(address, AF_INET6)) && bits) return {};
  return fmt::format("\"{}\" is no network: write one like \"10.0.0.0/8\", \"fd00::/8\" or \"127.0.0.1\"", text);
}

std::string wrong_listen(std::string_view text) {
  const auto [host, port] = split_port(text);
  const bool v6 = text.starts_with('[') && is_address(host, AF_INET6);
  const bool sound_host = v6 || host == "localhost" || (!text.starts_with('[') && is_address(host, AF_INET));
  if (sound_host && is_number_to(port, 65535)) return {};
  return fmt::format("\"{}\" is no address and port: write one like \"127.0.0.1:8470\" or \"[::1]:8470\"", text);
}

std::string wrong_host_name(std::string_view text) {
  constexpr std::size_t longest = 253;
  const bool known_letters = std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_';
  });
  const bool sound = !text.empty() && text.size() <= longest && known_letters && !text.starts_with('.') &&
                     text.find("..") == std::string_view::npos;
  return sound ? "" : fmt::format("\"{}\" is no host name: write one like \"www.example.fi\"", text);
}

std::string wrong_mail_address(std::string_view text) {
  const auto at = text.find('@');
  const std::string_view local = text.substr(0, at);
  const bool plain = std::all_of(local.begin(), local.end(), [](char c) {
    return c > 0x20 && c < 0x7f && std::string_view("\"(),:;<>[\\]").find(c) == std::string_view::npos;
  });
  const bool sound = at != std::string_view::npos && !local.empty() && local.size() <= 64 && plain &&
                     text.find('@', at + 1) == std::string_view::npos && is_host(text.substr(at + 1));
  return sound ? "" : fmt::format("\"{}\" is no mail address: write one like \"sote@example.fi\"", text);
}

std::string wrong_header_text(std::string_view text) {
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
  return plain ? "" : fmt::format("\"{}\" holds letters that a request cannot carry: write it in plain ASCII", text);
}

std::string wrong_zone(std::string_view text) {
  const auto zone = base::Zone::find(text);
  return zone ? "" : zone.error().message;
}

std::string wrong_id(std::string_view text) {
  const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  if (!text.empty() && std::all_of(text.begin(), text.end(), allowed)) return {};
  std::string instead;
  for (const char c : text) {
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (allowed(lower)) {
      instead += lower;
    } else if (!instead.empty() && instead.back() != '-' && static_cast<unsigned char>(c) < 0x80) {
      instead += '-';
    }
  }
  return fmt::format("id \"{}\" may hold only a-z, 0-9 and \"-\": write one like \"{}\"", text,
                     instead.empty() ? "pirkanmaa-news" : instead);
}

bool is_loopback(std::string_view url) {
  const auto parts = split_url(url);
  const std::string_view host = parts ? parts->host : split_port(url).host;
  return host == "localhost" || host == "::1" || (host.starts_with("127.") && is_address(host, AF_INET));
}

}  // namespace sotevahti::config
