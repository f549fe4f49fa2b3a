// Access tokens: JWT (RFC 7519) signed with HS256, under the rules of RFC 8725 and RFC 9068.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/base/time.hpp"

namespace studiosync::server {

// What a token says. Times are whole seconds on the wire; parts of a second are cut off.
struct AccessClaims {
  std::string account_id;  // sub
  std::string session_id;  // sid
  std::string token_id;    // jti
  WallTime issued;         // iat and nbf
  WallTime expires;        // exp
};

struct SigningKey {
  std::string id;      // kid
  std::string secret;  // at least 32 bytes, RFC 7518 section 3.2
};

// Immutable, so any thread.
class TokenSigner {
 public:
  // Signs with `current`. `previous` is accepted while keys rotate.
  explicit TokenSigner(SigningKey current, std::optional<SigningKey> previous = std::nullopt);

  std::string sign(const AccessClaims& claims) const;

  // `unauthorized`, or `token_expired` for a token of ours whose time is over. The header must be
  // exactly the one that sign() writes, up to the key's id: so `none`, other algorithms, other
  // kinds of token, `jku`, `jwk`, `x5u` and `crit` are all refused without a rule of their own. The
  // signature is checked before a claim is read.
  Result<AccessClaims> verify(std::string_view token, WallTime now) const;

 private:
  const SigningKey* find_key(std::string_view encoded_header) const;

  const SigningKey current_;
  const std::optional<SigningKey> previous_;
};

// The signature part of a JWS (RFC 7515 section 5.1) for `header.payload`.
std::string hs256_signature(std::string_view secret, std::string_view signing_input);

}  // namespace studiosync::server
