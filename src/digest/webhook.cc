#include "digest/webhook.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/hash.h"
#include "base/zone.h"

namespace sotevahti::digest {
namespace {

constexpr std::string_view secret_prefix = "whsec_";

base::Result<std::string> key_of(std::string_view secret) {
  if (!secret.starts_with(secret_prefix)) return base::fail("a webhook's secret begins with whsec_");
  auto key = base::from_base64(secret.substr(secret_prefix.size()));
  if (!key) return base::fail("a webhook's secret is whsec_ and base64");
  if (key->size() < 24 || key->size() > 64) return base::fail("a webhook's secret holds 24 to 64 bytes");
  return key;
}

// Secrets apart, at the spaces.
std::vector<std::string_view> each(std::string_view secrets) {
  std::vector<std::string_view> all;
  while (!secrets.empty()) {
    const auto end = std::min(secrets.find(' '), secrets.size());
    if (end > 0) all.push_back(secrets.substr(0, end));
    secrets.remove_prefix(std::min(end + 1, secrets.size()));
  }
  return all;
}

}  // namespace

std::string webhook_body(std::string_view type, base::Time timestamp, const std::string& data) {
  nlohmann::ordered_json body;
  body["type"] = type;
  body["timestamp"] = base::to_rfc3339(timestamp);
  body["data"] = nlohmann::ordered_json::parse(data);
  return body.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::string webhook_id(std::string_view delivery) { return "msg_" + base::sha256_hex(delivery).substr(0, 32); }

std::string webhook_secret(std::string_view random_bytes) {
  return std::string(secret_prefix) + base::to_base64(random_bytes);
}

base::Result<base::Done> check_webhook_secret(std::string_view secret) {
  const auto secrets = each(secret);
  if (secrets.empty()) return base::fail("a webhook needs a secret: whsec_ and the base64 of 24 to 64 bytes");
  for (const std::string_view one : secrets)
    if (auto key = key_of(one); !key) return tl::unexpected(key.error());
  return base::Done{};
}

base::Result<std::vector<std::pair<std::string, std::string>>> webhook_headers(std::string_view secrets,
                                                                               std::string_view id, base::Time attempt,
                                                                               std::string_view body) {
  if (auto checked = check_webhook_secret(secrets); !checked) return tl::unexpected(checked.error());
  const std::string timestamp = std::to_string(base::to_unix(attempt));
  const std::string signed_content = fmt::format("{}.{}.{}", id, timestamp, body);
  std::string signatures;
  for (const std::string_view secret : each(secrets)) {
    if (!signatures.empty()) signatures += ' ';
    signatures += "v1," + base::to_base64(base::hmac_sha256(*key_of(secret), signed_content));
  }
  return std::vector<std::pair<std::string, std::string>>{{"Content-Type", "application/json"},
                                                          {"webhook-id", std::string(id)},
                                                          {"webhook-timestamp", timestamp},
                                                          {"webhook-signature", signatures}};
}

}  // namespace sotevahti::digest
