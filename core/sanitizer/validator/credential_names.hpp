// Which names of settings, columns and clauses the text rules take for a credential's. Pure; any
// thread.
#pragma once

#include <cstdint>
#include <string_view>

namespace studiosync::validator {

enum class NameKind : std::uint8_t {
  none,
  password,  // password, passwd, pwd, passphrase with anything in front
  secret,    // SECRET, client_secret
  key,       // api_key, secret_key, access_key, private_key
  long_key,  // AccountKey, SharedAccessKey, secret_access_key: long and random by format
};

// By the end of the name, in any case, with or without separators.
NameKind kind_of_name(std::string_view name) noexcept;

}  // namespace studiosync::validator
