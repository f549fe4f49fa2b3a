#include "server/auth/mac.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "core/base/check.hpp"

namespace studiosync::server {
namespace {

void hmac(const EVP_MD* hash, std::string_view key, std::string_view message, unsigned char* out,
          std::size_t bytes) {
  unsigned written = 0;
  const auto* text = reinterpret_cast<const unsigned char*>(message.data());
  const bool done = HMAC(hash, key.data(), static_cast<int>(key.size()), text, message.size(), out,
                         &written) != nullptr;
  SS_CHECK(done && written == bytes);
}

}  // namespace

Sha256 hmac_sha256(std::string_view key, std::string_view message) {
  Sha256 digest{};
  hmac(EVP_sha256(), key, message, digest.data(), digest.size());
  return digest;
}

std::string hmac_sha384(std::string_view key, std::string_view message) {
  std::string digest(48, '\0');
  hmac(EVP_sha384(), key, message, reinterpret_cast<unsigned char*>(digest.data()), digest.size());
  return digest;
}

std::string derive_key(std::string_view secret, std::string_view purpose) {
  return std::string(as_text(hmac_sha256(secret, "studiosync/" + std::string(purpose))));
}

bool constant_time_equal(std::string_view a, std::string_view b) noexcept {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace studiosync::server
