#include "server/auth/password.hpp"

#include <crypt.h>
#include <openssl/crypto.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <utility>

#include "core/base/check.hpp"
#include "core/base/hex.hpp"
#include "os/entropy.hpp"
#include "server/auth/base64.hpp"
#include "server/auth/mac.hpp"

namespace studiosync::server {
namespace {

constexpr const char* kBcrypt = "$2b$";

// The work area holds traces of the password.
struct Wipe {
  void operator()(crypt_data* data) const {
    OPENSSL_cleanse(data, sizeof *data);
    delete data;
  }
};

// The setting of a new hash: scheme, cost and a random salt.
std::string new_setting(int cost) {
  std::array<std::uint8_t, 16> salt{};
  os::fill_random(salt);
  std::array<char, CRYPT_GENSALT_OUTPUT_SIZE> setting{};
  const char* made = crypt_gensalt_rn(kBcrypt, static_cast<unsigned long>(cost),
                                      reinterpret_cast<const char*>(salt.data()), salt.size(),
                                      setting.data(), setting.size());
  return made == nullptr ? std::string() : std::string(made);
}

// `setting` is the result of new_setting or an earlier hash. Nothing when it is neither.
std::optional<std::string> bcrypt(std::string_view pepper, std::string_view password,
                                  const std::string& setting) {
  const std::string phrase = base64(hmac_sha384(pepper, password));
  const std::unique_ptr<crypt_data, Wipe> data(new crypt_data{});
  const char* hash = crypt_rn(phrase.c_str(), setting.c_str(), data.get(), sizeof(crypt_data));
  return hash == nullptr ? std::nullopt : std::optional<std::string>(hash);
}

// `$2b$12$…` has its cost in the fifth and sixth character.
bool has_cost(std::string_view bcrypt_hash, int cost) {
  return bcrypt_hash.size() > 6 && bcrypt_hash.starts_with(kBcrypt) &&
         (bcrypt_hash[4] - '0') * 10 + (bcrypt_hash[5] - '0') == cost;
}

}  // namespace

PasswordHasher::PasswordHasher(int cost, std::vector<std::string> peppers) : cost_(cost) {
  SS_CHECK(cost >= 4 && cost <= 31 && !peppers.empty());
  for (std::string& pepper : peppers) peppers_.push_back(named(std::move(pepper)));
}

PasswordHasher::Pepper PasswordHasher::named(std::string key) {
  const Sha256 fingerprint = hmac_sha256(key, "pepper id");
  std::string prefix = "$hs384$" + to_hex(std::span(fingerprint).first(4));
  return {.key = std::move(key), .prefix = std::move(prefix)};
}

Result<std::string> PasswordHasher::hash(std::string_view password) const {
  const Pepper& pepper = peppers_.front();
  const auto hash = bcrypt(pepper.key, password, new_setting(cost_));
  if (!hash) return fail(ErrorCode::server_error, "the password could not be hashed");
  return pepper.prefix + *hash;
}

bool PasswordHasher::verify(std::string_view password, std::string_view stored) const {
  for (const Pepper& pepper : peppers_) {
    if (!stored.starts_with(pepper.prefix)) continue;
    const std::string expected(stored.substr(pepper.prefix.size()));
    const auto actual = bcrypt(pepper.key, password, expected);
    if (actual) return constant_time_equal(*actual, expected);
  }
  // Nothing to compare with: spend the same time, so that nobody can tell.
  (void)bcrypt(peppers_.front().key, password, new_setting(cost_));
  return false;
}

bool PasswordHasher::outdated(std::string_view stored) const {
  const std::string& prefix = peppers_.front().prefix;
  return !stored.starts_with(prefix) || !has_cost(stored.substr(prefix.size()), cost_);
}

bool PasswordHasher::knows(std::string_view name) const {
  return std::ranges::find(peppers_, name, &Pepper::prefix) != peppers_.end();
}

}  // namespace studiosync::server
