// What a user name, an e-mail address and a password must look like to be registered.
// Errors are `validation_error` with the path of the field in the request.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace studiosync::server {

// 1 to 64 of [A-Za-z0-9._+-]. No `@`: a login by name could otherwise be another's address.
Result<> check_username(std::string_view username);

// Modest: one `@`, a local part of at most 64 bytes without spaces, a host name with a dot, 254
// bytes in all (RFC 5321 section 4.5.3.1). Only a message that arrives proves an address.
Result<> check_email(std::string_view email);

// Whose password it is: it must not be one of these.
struct Identity {
  std::string username;
  std::string email;
};

// 8 to 1024 bytes of UTF-8, not one character repeated, not the user's name or address. No rules
// about kinds of characters: they make passwords worse (NIST SP 800-63B section 5.1.1.2).
Result<> check_password(std::string_view password, const Identity& owner, std::string path);

// Compares ASCII letters in either case, as the database does for names and addresses.
bool same_ignoring_case(std::string_view a, std::string_view b) noexcept;
std::string lower_case(std::string_view text);

}  // namespace studiosync::server
