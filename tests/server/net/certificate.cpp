#include "tests/server/net/certificate.hpp"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <memory>

namespace studiosync::server::testing {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using X509Ptr = std::unique_ptr<X509, decltype(&X509_free)>;
using File = std::unique_ptr<FILE, decltype(&std::fclose)>;

X509Ptr self_signed(EVP_PKEY* key) {
  X509Ptr cert(X509_new(), &X509_free);
  X509_set_version(cert.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(cert.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(cert.get()), -3600);
  X509_gmtime_adj(X509_getm_notAfter(cert.get()), 3600);
  X509_set_pubkey(cert.get(), key);
  X509_NAME* const name = X509_get_subject_name(cert.get());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>("studiosync test"), -1, -1, 0);
  X509_set_issuer_name(cert.get(), name);
  X509_EXTENSION* const address =
      X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "IP:127.0.0.1");
  X509_add_ext(cert.get(), address, -1);
  X509_EXTENSION_free(address);
  X509_sign(cert.get(), key, EVP_sha256());
  return cert;
}

}  // namespace

Certificate::Certificate() {
  const Key key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
  const X509Ptr cert = self_signed(key.get());
  const File key_out(std::fopen(key_file().c_str(), "w"), &std::fclose);
  const File cert_out(std::fopen(cert_file().c_str(), "w"), &std::fclose);
  EXPECT_EQ(PEM_write_PrivateKey(key_out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr),
            1);
  EXPECT_EQ(PEM_write_X509(cert_out.get(), cert.get()), 1);
}

}  // namespace studiosync::server::testing
