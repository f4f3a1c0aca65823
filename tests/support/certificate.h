// A throw-away TLS certificate for one host name or address, signed by itself.
#pragma once
#include <string>

namespace sotevahti::test_support {

struct Certificate {
  std::string certificate_pem;
  std::string key_pem;
};

// Throws std::runtime_error where OpenSSL refuses.
Certificate make_certificate(const std::string& name);

}  // namespace sotevahti::test_support
