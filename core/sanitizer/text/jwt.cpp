#include "core/sanitizer/text/jwt.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <string>

#include "core/sanitizer/text/base64.hpp"
#include "core/sanitizer/text/token_format.hpp"

namespace studiosync {
namespace {

constexpr Rule jwt{
    "jwt.token", "JSON web token",
    "A token of three parts (five when encrypted) whose first part decodes to a JSON header. "
    "Whoever holds it is who it says until it expires.",
    "the session eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
    "eyJzdWIiOiI3NDE4MyIsIm5hbWUiOiJhbmEifQ.dGhpcyBpcyBubyByZWFsIHNpZ25hdHVyZQ"};

constexpr Rule encoded_json{
    "encoded.credentials", "Credential file in base64",
    "A JSON object in base64 that declares a service account, a private key or the logins of "
    "registries.",
    "value: eyJ0eXBlIjoic2VydmljZV9hY2NvdW50IiwicHJvamVjdF9pZCI6ImRlbW8tNDcxMSIsInByaXZhdGVfa2V5"
    "IjoieCJ9"};

constexpr std::size_t any_count = std::numeric_limits<std::size_t>::max();
constexpr std::size_t header_bytes_min = 12;
constexpr std::size_t parts_max = 5;
// Whole groups of four.
constexpr std::size_t decoded_chars_max = 512;

// The parts between dots that follow each other from `at` on.
struct Parts {
  std::array<std::size_t, parts_max> begin{};
  std::array<std::size_t, parts_max> end{};
  std::size_t count = 0;

  std::size_t size(std::size_t i) const noexcept { return end[i] - begin[i]; }
};

Parts read_parts(std::string_view text, std::size_t at) noexcept {
  Parts parts;
  while (parts.count < parts_max) {
    parts.begin[parts.count] = at;
    at = read_run(text, at, chars::base64url, any_count).end;
    parts.end[parts.count++] = at;
    if (parts.size(0) < header_bytes_min || at == text.size() || text[at] != '.') break;
    ++at;
  }
  return parts;
}

// Printable, begins like an object and has a member.
bool is_json_object(std::string_view base64) noexcept {
  const std::string bytes = decode_base64(base64.substr(0, decoded_chars_max));
  if (!bytes.starts_with('{') || bytes.find("\":") == std::string_view::npos) {
    if (bytes.find("\" :") == std::string_view::npos) return false;
  }
  return std::all_of(bytes.begin(), bytes.end(), [](char c) {
    return static_cast<unsigned char>(c) >= ' ' || c == '\n' || c == '\r' || c == '\t';
  });
}

// The end of the token; 0 when the parts are none. A full stop behind it is not part of it.
std::size_t token_end(std::string_view text, const Parts& parts) noexcept {
  const auto part = [&](std::size_t i) { return text.substr(parts.begin[i], parts.size(i)); };
  if (parts.count < 2 || parts.size(0) < header_bytes_min || !is_json_object(part(0))) return 0;
  const bool encrypted =
      parts.count == 5 && parts.size(2) > 0 && parts.size(3) > 0 && parts.size(4) > 0;
  if (encrypted) return parts.end[4];
  const bool claims = parts.size(1) >= header_bytes_min && is_json_object(part(1));
  if (parts.count >= 3 && parts.size(2) >= header_bytes_min) return parts.end[2];
  return claims ? parts.end[parts.count >= 3 ? 2 : 1] : 0;
}

bool holds_credentials(std::string_view base64) noexcept {
  const std::string bytes = decode_base64(base64.substr(0, decoded_chars_max));
  const auto has = [&](std::string_view word) { return bytes.find(word) != std::string::npos; };
  return bytes.starts_with('{') && (has("service_account") || has("\"private_key\"") ||
                                    has("\"auths\"") || has("\"authorized_user\""));
}

void match_jwt(TextScan& scan, std::size_t at) {
  const std::string_view text = scan.text;
  if (scan.inside_token(at)) return;
  const Parts parts = read_parts(text, at);
  if (parts.size(0) < header_bytes_min) return;
  scan.token_begin = at;
  scan.token_end = parts.end[parts.count - 1];
  if (const std::size_t end = token_end(text, parts)) {
    add_hit(scan.hits, jwt, at, end);
    return;
  }
  // The other alphabet: what is no token may be any base64.
  const std::size_t end = read_run(text, at, chars::base64, any_count).end;
  scan.token_end = std::max(scan.token_end, end);
  if (!holds_credentials(text.substr(at, end - at))) return;
  add_hit(scan.hits, encoded_json, at, read_run(text, end, chars::padding, 2).end);
}

// `{"`, `{ "` and an object over several lines, in base64.
constexpr Anchor object(std::string_view literal) {
  return {.literal = literal, .recognize = match_jwt, .begins_word = true};
}
constexpr std::array anchors{object("eyJ"), object("eyAi"), object("ewog"), object("ewoJ"),
                             object("ew0K")};
constexpr std::array rules{&jwt, &encoded_json};

}  // namespace

std::span<const Anchor> jwt_anchors() noexcept {
  return anchors;
}

std::span<const Rule* const> jwt_rules() noexcept {
  return rules;
}

}  // namespace studiosync
