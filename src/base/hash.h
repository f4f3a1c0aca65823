// Hashes and random tokens. hash64 tells contents apart and is no defence against
// an adversary; sha256, hmac_sha256 and random_token are (OpenSSL). Any thread.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace sotevahti::base {

std::uint64_t hash64(std::string_view bytes);

// For tables that are asked for a text without a string made of it.
struct TextHash {
  using is_transparent = void;
  using is_avalanching = void;  // every bit of the hash depends on every byte
  std::size_t operator()(std::string_view text) const { return hash64(text); }
};

// 32 bytes, as lower-case hexadecimal.
std::string sha256_hex(std::string_view bytes);
// 32 raw bytes.
std::string hmac_sha256(std::string_view key, std::string_view message);
// By the name of its digest: sha1, sha256, sha384, sha512; "" for any other.
std::string hmac(std::string_view digest, std::string_view key, std::string_view message);
// Takes as long whatever differs, so that nobody can guess byte by byte.
bool equal_in_constant_time(std::string_view a, std::string_view b);
// So many bytes from the system's generator. Throws std::runtime_error when there are none.
std::string random_bytes(std::size_t count);
// 128 bits from the system's generator, as 22 characters of base64url.
std::string random_token();

std::string to_base64(std::string_view bytes);
std::string to_base64url(std::string_view bytes);  // without padding
Result<std::string> from_base64(std::string_view text);
std::string to_hex(std::string_view bytes);
std::string to_hex(std::uint64_t value);  // 16 digits

}  // namespace sotevahti::base
