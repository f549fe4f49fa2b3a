// JSON Web Tokens and the headers that carry tokens.
#include <algorithm>
#include <string>

#include "core/sanitizer/validator/bytes.hpp"
#include "core/sanitizer/validator/recognizers.hpp"
#include "core/sanitizer/validator/rule_texts.hpp"
#include "core/sanitizer/validator/stand_ins.hpp"

namespace studiosync::validator {
namespace {

constexpr std::size_t jwt_header_bytes_min = 16;
constexpr std::size_t jwt_header_bytes_max = 2048;
constexpr std::size_t jwt_part_bytes_max = 16384;
constexpr std::size_t jwt_signature_bytes_min = 16;
constexpr int jwt_signature_distinct_min = 8;
constexpr std::size_t bearer_bytes_min = 16;
constexpr std::size_t bearer_bytes_max = 4096;
constexpr std::size_t basic_bytes_min = 8;
constexpr std::size_t basic_bytes_max = 512;

bool is_bearer_byte(char c) noexcept {
  constexpr std::string_view others = "-._~+/=";
  return is_alnum(c) || others.find(c) != std::string_view::npos;
}

// The end of the part that begins at `at`, if a dot and another part follow; npos otherwise.
std::size_t jwt_part_end(std::string_view text, std::size_t at, std::size_t bytes_max) noexcept {
  const std::size_t end = run_end(text, at, is_base64url, bytes_max);
  return end < text.size() && text[end] == '.' ? end : std::string_view::npos;
}

// Behind a word of a header: blanks, at least one.
std::size_t value_begin(std::string_view text, std::size_t word_end) noexcept {
  const std::size_t begin = skip_blanks(text, std::min(word_end, text.size()));
  return begin > word_end ? begin : text.size();
}

// A value of a header's size, or nothing.
template <class Accepts>
std::string_view header_value(std::string_view text, std::size_t at, std::string_view word,
                              Accepts accepts, std::size_t bytes_max) noexcept {
  if (!begins_token(text, at) || !has_folded(text, at, word)) return {};
  const std::size_t begin = value_begin(text, at + word.size());
  return text.substr(begin, run_end(text, begin, accepts, bytes_max) - begin);
}

unsigned sextet(char c) noexcept {
  if (is_upper(c)) return static_cast<unsigned>(c - 'A');
  if (is_lower(c)) return static_cast<unsigned>(c - 'a') + 26;
  if (is_digit(c)) return static_cast<unsigned>(c - '0') + 52;
  return c == '+' ? 62 : 63;
}

// Whether Base64 stands for printable text of the form user:password.
bool is_user_and_password(std::string_view base64) noexcept {
  unsigned bits = 0;
  int bits_held = 0;
  std::string password;
  bool colon = false;
  for (const char c : base64) {
    bits = (bits << 6 | sextet(c)) & 0xffffU;
    bits_held += 6;
    if (bits_held < 8) continue;
    bits_held -= 8;
    const auto byte = static_cast<unsigned char>(bits >> bits_held);
    if (byte < ' ' || byte == 0x7f) return false;
    if (colon) password.push_back(static_cast<char>(byte));
    colon = colon || byte == ':';
  }
  return colon && !is_stand_in(password);
}

}  // namespace

const Rule* recognize_jwt(Passage& passage, std::size_t at) {
  const std::string_view text = passage.text();
  if (!begins_key(text, at)) return nullptr;
  const std::size_t header_end = jwt_part_end(text, at, jwt_header_bytes_max);
  if (header_end == std::string_view::npos || header_end - at < jwt_header_bytes_min) {
    return nullptr;
  }
  // Encrypted tokens have an empty second part where the key is agreed on directly.
  const std::size_t payload_end = jwt_part_end(text, header_end + 1, jwt_part_bytes_max);
  if (payload_end == std::string_view::npos) return nullptr;
  const std::size_t begin = payload_end + 1;
  const std::size_t end = run_end(text, begin, is_base64url, jwt_part_bytes_max);
  if (end - begin < jwt_signature_bytes_min) return nullptr;
  const std::string_view signature = text.substr(begin, end - begin);
  return is_varied(signature, jwt_signature_distinct_min) ? &jwt_rule : nullptr;
}

const Rule* recognize_bearer(Passage& passage, std::size_t at) {
  const std::string_view token =
      header_value(passage.text(), at, "bearer", is_bearer_byte, bearer_bytes_max);
  return looks_generated(token, bearer_bytes_min) ? &bearer_rule : nullptr;
}

const Rule* recognize_basic(Passage& passage, std::size_t at) {
  const std::string_view pair =
      header_value(passage.text(), at, "basic", is_base64, basic_bytes_max);
  return pair.size() >= basic_bytes_min && is_user_and_password(pair) ? &basic_rule : nullptr;
}

}  // namespace studiosync::validator
