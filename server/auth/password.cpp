#include "server/auth/password.hpp"

#include <crypt.h>
#include <openssl/crypto.h>

#include <algorithm>
#include <array>
#include <charconv>
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

// `$hs384$0123abcd$2b$12$…`: before bcrypt's part, and up to the end of the cost.
constexpr std::size_t kNameBytes = 15;
constexpr std::size_t kBeginningBytes = 21;

}  // namespace

std::optional<std::string> bcrypt(const std::string& phrase, const std::string& setting) {
  const std::unique_ptr<crypt_data, Wipe> data(new crypt_data{});
  const char* hash = crypt_rn(phrase.c_str(), setting.c_str(), data.get(), sizeof(crypt_data));
  return hash == nullptr ? std::nullopt : std::optional<std::string>(hash);
}

PasswordHasher::PasswordHasher(int cost, std::vector<std::string> peppers, PasswordCrypt crypt)
    : cost_(cost), cost_spent_(cost), crypt_(std::move(crypt)) {
  SS_CHECK(cost >= 4 && cost <= 31 && !peppers.empty());
  for (std::string& pepper : peppers) peppers_.push_back(named(std::move(pepper)));
}

void PasswordHasher::spend(int cost) {
  cost_spent_ = std::max(cost_spent_, cost);
}

PasswordHasher::Pepper PasswordHasher::named(std::string key) {
  const Sha256 fingerprint = hmac_sha256(key, "pepper id");
  std::string prefix = "$hs384$" + to_hex(std::span(fingerprint).first(4));
  return {.key = std::move(key), .prefix = std::move(prefix)};
}

std::optional<std::string> PasswordHasher::crypt(const Pepper& pepper, std::string_view password,
                                                 const std::string& setting) const {
  return crypt_(base64(hmac_sha384(pepper.key, password)), setting);
}

Result<std::string> PasswordHasher::hash(std::string_view password) const {
  const Pepper& pepper = peppers_.front();
  const auto hash = crypt(pepper, password, new_setting(cost_));
  if (!hash) return fail(ErrorCode::server_error, "the password could not be hashed");
  return pepper.prefix + *hash;
}

bool PasswordHasher::verify(std::string_view password, std::string_view stored) const {
  for (const Pepper& pepper : peppers_) {
    const auto made_with = cost_of(stored);
    if (!stored.starts_with(pepper.prefix) || !made_with) continue;
    const std::string expected(stored.substr(pepper.prefix.size()));
    const auto actual = crypt(pepper, password, expected);
    if (!actual) continue;
    if (constant_time_equal(*actual, expected)) return true;
    // 2^c rounds are spent, and with 2^c + … + 2^(top - 1) further ones all failures cost 2^top.
    for (int cost = *made_with; cost < cost_spent_; ++cost) {
      (void)crypt(pepper, password, new_setting(cost));
    }
    return false;
  }
  // Nothing to compare with: spend the same time, so that nobody can tell.
  (void)crypt(peppers_.front(), password, new_setting(cost_spent_));
  return false;
}

bool PasswordHasher::outdated(std::string_view stored) const {
  return !stored.starts_with(beginning());
}

std::string PasswordHasher::beginning() const {
  std::string cost = std::to_string(cost_);
  if (cost.size() < 2) cost.insert(0, "0");
  return std::string(name()) + kBcrypt + cost;
}

std::optional<int> PasswordHasher::cost_of(std::string_view beginning) {
  if (beginning.size() < kBeginningBytes) return std::nullopt;
  if (!beginning.substr(kNameBytes).starts_with(kBcrypt)) return std::nullopt;
  const std::string_view digits = beginning.substr(kBeginningBytes - 2, 2);
  int cost = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), cost);
  return error == std::errc() && end == digits.data() + digits.size() ? std::optional(cost)
                                                                      : std::nullopt;
}

bool PasswordHasher::knows(std::string_view name) const {
  return std::ranges::find(peppers_, name, &Pepper::prefix) != peppers_.end();
}

}  // namespace studiosync::server
