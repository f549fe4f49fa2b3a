#include "server/auth/refresh_token.hpp"

#include <algorithm>
#include <array>

#include "core/base/ids.hpp"
#include "server/auth/base64.hpp"
#include "server/auth/mac.hpp"

namespace studiosync::server {
namespace {

constexpr std::size_t kSessionBytes = 16;
constexpr std::size_t kGenerationBytes = 4;
constexpr std::size_t kSecretBytes = 32;
constexpr std::size_t kTokenBytes = kSessionBytes + kGenerationBytes + kSecretBytes;

std::string generation_bytes(std::uint32_t generation) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(generation >> shift);
  return bytes;
}

std::uint32_t read_generation(std::string_view bytes) {
  std::uint32_t generation = 0;
  for (const char c : bytes) generation = generation << 8 | static_cast<std::uint8_t>(c);
  return generation;
}

RefreshToken make_with(std::string_view key, const std::string& session_id,
                       std::uint32_t generation) {
  const Sha256 mac = hmac_sha256(key, session_id + generation_bytes(generation));
  return {.session_id = session_id, .generation = generation, .secret = std::string(as_text(mac))};
}

}  // namespace

std::string RefreshToken::text() const {
  const auto session = uuid_bytes(session_id).value_or(std::array<std::uint8_t, 16>{});
  std::string bytes(session.begin(), session.end());
  return base64url(bytes + generation_bytes(generation) + secret);
}

Sha256 RefreshToken::hash() const {
  return sha256(secret);
}

std::optional<RefreshToken> parse_refresh_token(std::string_view text) {
  if (text.size() > kTokenBytes * 4 / 3 + 1) return std::nullopt;
  const auto bytes = from_base64url(text);
  if (!bytes || bytes->size() != kTokenBytes) return std::nullopt;
  std::array<std::uint8_t, kSessionBytes> session{};
  std::copy_n(bytes->begin(), kSessionBytes, session.begin());
  const std::string_view rest = std::string_view(*bytes).substr(kSessionBytes);
  return RefreshToken{.session_id = uuid_text(session),
                      .generation = read_generation(rest.substr(0, kGenerationBytes)),
                      .secret = std::string(rest.substr(kGenerationBytes))};
}

RefreshToken RefreshTokenMaker::make(const std::string& session_id,
                                     std::uint32_t generation) const {
  return make_with(key_, session_id, generation);
}

std::optional<RefreshToken> RefreshTokenMaker::remake(const std::string& session_id,
                                                      std::uint32_t generation,
                                                      const Sha256& stored) const {
  for (const std::string& key : {key_, previous_key_}) {
    if (key.empty()) continue;
    RefreshToken token = make_with(key, session_id, generation);
    if (token.hash() == stored) return token;
  }
  return std::nullopt;
}

bool RefreshTokenMaker::ours(const RefreshToken& token) const {
  return std::ranges::any_of(std::array{&key_, &previous_key_}, [&](const std::string* key) {
    if (key->empty()) return false;
    const RefreshToken made = make_with(*key, token.session_id, token.generation);
    return constant_time_equal(made.secret, token.secret);
  });
}

}  // namespace studiosync::server
