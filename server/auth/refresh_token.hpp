// Refresh tokens: opaque to clients, each good for one successor.
//
// A token names its session family and its place in it, followed by 256 bits:
// HMAC-SHA-256(key, family, generation). So a successor can be made again for a client that lost
// the answer, and a token that was replaced long ago is known for what it is without being kept.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/sha256.hpp"

namespace studiosync::server {

struct RefreshToken {
  std::string session_id;  // the family, a UUID
  std::uint32_t generation = 0;
  std::string secret;  // 32 bytes

  // What a client holds.
  std::string text() const;
  // What the database holds.
  Sha256 hash() const;
};

// Nothing for a text that no text() returns. Says nothing about whether it is ours.
std::optional<RefreshToken> parse_refresh_token(std::string_view text);

// Immutable, so any thread.
class RefreshTokenMaker {
 public:
  // `previous_key` recognizes only; empty for none.
  RefreshTokenMaker(std::string key, std::string previous_key)
      : key_(std::move(key)), previous_key_(std::move(previous_key)) {}

  RefreshToken make(const std::string& session_id, std::uint32_t generation) const;

  // The token of this place whose hash was stored, also when the key has changed since; nothing
  // when neither key made it.
  std::optional<RefreshToken> remake(const std::string& session_id, std::uint32_t generation,
                                     const Sha256& stored) const;

  // Whether we made it, with either key.
  bool ours(const RefreshToken& token) const;

 private:
  const std::string key_;
  const std::string previous_key_;
};

}  // namespace studiosync::server
