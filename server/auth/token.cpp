#include "server/auth/token.hpp"

#include <utility>

#include "core/base/check.hpp"
#include "core/base/json.hpp"
#include "server/auth/auth_limits.hpp"
#include "server/auth/base64.hpp"
#include "server/auth/mac.hpp"

namespace studiosync::server {
namespace {

constexpr const char* kAlgorithm = "HS256";
constexpr const char* kType = "at+jwt";  // RFC 9068 section 2.1: no other kind passes for it
constexpr const char* kIssuer = "studiosync";
constexpr const char* kAudience = "studiosync-api";

Unexpected refuse() {
  return fail(ErrorCode::unauthorized, "the access token is not valid");
}

std::int64_t seconds(WallTime t) {
  return t.unix_ms / 1000;
}

bool is_text(const Json& object, std::string_view key, std::string_view expected) {
  const Json* value = object.find(key);
  return value != nullptr && value->is_string() && value->as_string() == expected;
}

// Empty when it is missing or no text: no id of ours is empty.
std::string text(const Json& object, std::string_view key) {
  const Json* value = object.find(key);
  return value != nullptr && value->is_string() ? value->as_string() : std::string();
}

// RFC 7519 section 2, NumericDate; beyond the year 9999 it is no date but an attempt to overflow.
std::optional<WallTime> date(const Json& object, std::string_view key) {
  const Json* value = object.find(key);
  if (value == nullptr || !value->is_integer()) return std::nullopt;
  const std::int64_t unix_seconds = value->as_int();
  if (unix_seconds < 0 || unix_seconds > 253'402'300'799) return std::nullopt;
  return WallTime{unix_seconds * 1000};
}

Result<Json> decode(std::string_view part) {
  const auto bytes = from_base64url(part);
  if (!bytes) return refuse();
  auto json = parse_json(*bytes);
  if (!json || !json->is_object()) return refuse();
  return json;
}

Result<AccessClaims> read_claims(const Json& payload, WallTime now) {
  const auto issued = date(payload, "iat");
  const auto not_before = date(payload, "nbf");
  const auto expires = date(payload, "exp");
  AccessClaims claims{.account_id = text(payload, "sub"),
                      .session_id = text(payload, "sid"),
                      .token_id = text(payload, "jti"),
                      .issued = issued.value_or(WallTime{}),
                      .expires = expires.value_or(WallTime{})};
  const bool complete = issued && not_before && expires && !claims.account_id.empty() &&
                        !claims.session_id.empty() && !claims.token_id.empty();
  if (!complete || !is_text(payload, "iss", kIssuer) || !is_text(payload, "aud", kAudience)) {
    return refuse();
  }
  if (*not_before > now + auth_limits::token_leeway) return refuse();
  if (now >= *expires) return fail(ErrorCode::token_expired, "the access token has expired");
  return claims;
}

}  // namespace

std::string hs256_signature(std::string_view secret, std::string_view signing_input) {
  return base64url(as_text(hmac_sha256(secret, signing_input)));
}

TokenSigner::TokenSigner(SigningKey current, std::optional<SigningKey> previous)
    : current_(std::move(current)), previous_(std::move(previous)) {
  SS_CHECK(current_.secret.size() >= 32);
  SS_CHECK(!previous_ || previous_->id != current_.id);
}

std::string TokenSigner::sign(const AccessClaims& claims) const {
  Json header = Json::object();
  header.set("alg", kAlgorithm).set("typ", kType).set("kid", current_.id);
  Json payload = Json::object();
  payload.set("iss", kIssuer)
      .set("aud", kAudience)
      .set("sub", claims.account_id)
      .set("sid", claims.session_id)
      .set("jti", claims.token_id)
      .set("iat", seconds(claims.issued))
      .set("nbf", seconds(claims.issued))
      .set("exp", seconds(claims.expires));
  const std::string input = base64url(header.dump()) + "." + base64url(payload.dump());
  return input + "." + hs256_signature(current_.secret, input);
}

const SigningKey* TokenSigner::find_key(std::string_view encoded_header) const {
  const auto header = decode(encoded_header);
  if (!header || header->members().size() != 3) return nullptr;
  if (!is_text(*header, "alg", kAlgorithm) || !is_text(*header, "typ", kType)) return nullptr;
  if (is_text(*header, "kid", current_.id)) return &current_;
  return previous_ && is_text(*header, "kid", previous_->id) ? &*previous_ : nullptr;
}

Result<AccessClaims> TokenSigner::verify(std::string_view token, WallTime now) const {
  if (token.size() > auth_limits::token_bytes_max) return refuse();
  const std::size_t first = token.find('.');
  const std::size_t last = token.rfind('.');
  if (first == token.npos || first == last) return refuse();
  const std::string_view header = token.substr(0, first);
  const std::string_view payload = token.substr(first + 1, last - first - 1);
  const SigningKey* key = find_key(header);
  if (key == nullptr) return refuse();
  // A further dot in the payload is no base64url, so exactly three parts pass.
  const std::string expected = hs256_signature(key->secret, token.substr(0, last));
  if (!constant_time_equal(token.substr(last + 1), expected)) return refuse();
  SS_ASSIGN(const Json claims, decode(payload));
  return read_claims(claims, now);
}

}  // namespace studiosync::server
