#include "support/certificate.h"

#include <arpa/inet.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <array>
#include <memory>
#include <stdexcept>

namespace sotevahti::test_support {
namespace {

template <auto free>
struct Free {
  template <class T>
  void operator()(T* object) const {
    free(object);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using X509Certificate = std::unique_ptr<X509, Free<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Free<X509_EXTENSION_free>>;
using Memory = std::unique_ptr<BIO, Free<BIO_free_all>>;

void require(bool is_done, const char* what) {
  if (!is_done) throw std::runtime_error(std::string("no test certificate: ") + what);
}

bool is_address(const std::string& name) {
  std::array<unsigned char, 16> bytes{};
  return inet_pton(AF_INET, name.c_str(), bytes.data()) == 1 || inet_pton(AF_INET6, name.c_str(), bytes.data()) == 1;
}

void add_extension(X509& certificate, int id, const std::string& value) {
  const Extension extension(X509V3_EXT_conf_nid(nullptr, nullptr, id, value.c_str()));
  require(extension && X509_add_ext(&certificate, extension.get(), -1) == 1, value.c_str());
}

template <class Write>
std::string to_pem(Write write) {
  const Memory memory(BIO_new(BIO_s_mem()));
  require(memory && write(memory.get()) == 1, "PEM");
  char* data = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

}  // namespace

Certificate make_certificate(const std::string& name) {
  const Key key(EVP_EC_gen("P-256"));
  const X509Certificate certificate(X509_new());
  require(key && certificate, "key");
  constexpr long day = 86400;
  X509_set_version(certificate.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -day);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 30 * day);
  X509_set_pubkey(certificate.get(), key.get());
  X509_NAME* const subject = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>("sotevahti test"), -1,
                             -1, 0);
  X509_set_issuer_name(certificate.get(), subject);
  add_extension(*certificate, NID_subject_alt_name, (is_address(name) ? "IP:" : "DNS:") + name);
  add_extension(*certificate, NID_basic_constraints, "critical,CA:TRUE");
  require(X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0, "signature");
  return {to_pem([&](BIO* out) { return PEM_write_bio_X509(out, certificate.get()); }), to_pem([&](BIO* out) {
            return PEM_write_bio_PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
          })};
}

}  // namespace sotevahti::test_support
