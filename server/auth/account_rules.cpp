#include "server/auth/account_rules.hpp"

#include <algorithm>
#include <utility>

#include "core/base/json.hpp"
#include "server/auth/auth_limits.hpp"

namespace studiosync::server {
namespace {

char lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

bool alphanumeric(char c) noexcept {
  return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9');
}

bool host_label(std::string_view label) {
  return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
         std::ranges::all_of(label, [](char c) { return alphanumeric(c) || c == '-'; });
}

bool host_name(std::string_view host) {
  bool dotted = false;
  for (std::size_t dot; (dot = host.find('.')) != host.npos; host.remove_prefix(dot + 1)) {
    if (!host_label(host.substr(0, dot))) return false;
    dotted = true;
  }
  return dotted && host_label(host);
}

// Printable characters; beyond ASCII anything that is UTF-8 (RFC 6531).
bool local_part(std::string_view local) {
  return !local.empty() && local.size() <= 64 && valid_utf8(local) &&
         std::ranges::none_of(local, [](char c) {
           const auto byte = static_cast<unsigned char>(c);
           return byte <= ' ' || byte == 0x7F || c == '@' || c == ',' || c == '<' || c == '>';
         });
}

bool single_character(std::string_view text) {
  return std::ranges::all_of(text, [&](char c) { return c == text.front(); });
}

}  // namespace

Result<> check_username(std::string_view username) {
  const auto allowed = [](char c) {
    return alphanumeric(c) || c == '.' || c == '_' || c == '+' || c == '-';
  };
  if (username.empty() || username.size() > auth_limits::username_bytes_max ||
      !std::ranges::all_of(username, allowed)) {
    return fail(ErrorCode::validation_error,
                "a user name has 1 to 64 letters, digits or any of . _ + -", "$.username");
  }
  return {};
}

Result<> check_email(std::string_view email) {
  const std::size_t at = email.rfind('@');
  if (at == email.npos || email.size() > auth_limits::email_bytes_max ||
      !local_part(email.substr(0, at)) || !host_name(email.substr(at + 1))) {
    return fail(ErrorCode::validation_error, "this is no e-mail address", "$.email");
  }
  return {};
}

Result<> check_password(std::string_view password, const Identity& owner, std::string path) {
  const auto refuse = [&](const char* reason) {
    return fail(ErrorCode::validation_error, reason, std::move(path));
  };
  if (password.size() < auth_limits::password_bytes_min) {
    return refuse("a password has at least 8 characters");
  }
  if (password.size() > auth_limits::password_bytes_max) {
    return refuse("a password has at most 1024 bytes");
  }
  if (!valid_utf8(password)) return refuse("a password is text in UTF-8");
  if (single_character(password)) return refuse("the password repeats one character");
  if (same_ignoring_case(password, owner.username) || same_ignoring_case(password, owner.email)) {
    return refuse("the password is the user's name or address");
  }
  return {};
}

bool same_ignoring_case(std::string_view a, std::string_view b) noexcept {
  return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

std::string lower_case(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), lower);
  return result;
}

}  // namespace studiosync::server
