#include "server/config/check_config.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace studiosync::server {
namespace {

constexpr std::size_t secret_bytes_min = 32;  // RFC 7518 section 3.2: as long as the hash
constexpr std::int64_t production_bcrypt_cost_min = 10;

// Parts of the secrets that examples and templates print, where anybody can read them.
constexpr std::array<std::string_view, 5> published{"change-in-production", "change-me", "changeme",
                                                    "your-secret", "dev-secret"};

bool is_published(std::string_view secret) {
  return std::ranges::any_of(
      published, [&](auto part) { return secret.find(part) != std::string_view::npos; });
}

// One that is not set is replaced by one that is kept in the data folder.
Result<> check_secret(std::string_view secret, bool production, std::string path) {
  if (!secret.empty() && secret.size() < secret_bytes_min) {
    return fail(ErrorCode::validation_error, "a secret has at least 32 bytes", std::move(path));
  }
  if (production && is_published(secret)) {
    return fail(ErrorCode::validation_error, "this secret is a published default", std::move(path));
  }
  return {};
}

Result<> check_secrets(const Config& config) {
  const bool production = config.production();
  SS_TRY(check_secret(config.auth.jwt_secret, production, "auth.jwt_secret"));
  SS_TRY(check_secret(config.auth.previous_jwt_secret, production, "auth.previous_jwt_secret"));
  return check_secret(config.auth.password_pepper, production, "auth.password_pepper");
}

Result<> check_production(const Config& config) {
  if (config.auth.jwt_secret.empty()) {
    return fail(ErrorCode::validation_error, "production needs a secret of at least 32 bytes",
                "auth.jwt_secret");
  }
  if (config.auth.bcrypt_cost < production_bcrypt_cost_min) {
    return fail(ErrorCode::validation_error, "production needs at least 10", "auth.bcrypt_cost");
  }
  return {};
}

}  // namespace

Result<> check_config(const Config& config) {
  if (config.tls.cert_file.empty() != config.tls.key_file.empty()) {
    const char* missing = config.tls.cert_file.empty() ? "tls.cert_file" : "tls.key_file";
    return fail(ErrorCode::validation_error, "certificate and key are given together", missing);
  }
  if (std::ranges::find(config.cors.origins, "*") != config.cors.origins.end()) {
    return fail(ErrorCode::validation_error, "`*` is not an origin; list each one", "cors.origins");
  }
  if (config.auth.refresh_lifetime < config.auth.access_lifetime) {
    return fail(ErrorCode::validation_error, "must not be shorter than auth.access_lifetime",
                "auth.refresh_lifetime");
  }
  SS_TRY(check_secrets(config));
  return config.production() ? check_production(config) : Result<>{};
}

}  // namespace studiosync::server
