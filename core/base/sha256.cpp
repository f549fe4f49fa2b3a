#include "core/base/sha256.hpp"

#include <openssl/evp.h>

#include <algorithm>

#include "core/base/check.hpp"

namespace studiosync {

Sha256 sha256(std::string_view bytes) noexcept {
  // Fetched once: OpenSSL 3 otherwise looks the algorithm up by name on each call.
  static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  Sha256 digest{};
  SS_CHECK(EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, algorithm, nullptr) == 1);
  return digest;
}

Hash128 hash128(std::string_view bytes) noexcept {
  const Sha256 full = sha256(bytes);
  Hash128 half{};
  std::copy_n(full.begin(), half.size(), half.begin());
  return half;
}

}  // namespace studiosync
