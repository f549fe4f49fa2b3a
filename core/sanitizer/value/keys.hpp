// Which keys of settings name a credential. Pure; any thread.
#pragma once

#include <string_view>

namespace studiosync {

// Whether an object key names a credential: password, passwd, pwd, pass, passphrase, secret, token,
// api_key, access_key, private_key, ssh_key, client_secret, authorization, cookie, … in any case,
// with any separator.
bool names_credential(std::string_view key) noexcept;

// Whether a key that says little by itself names a credential under its parent: `key` in `ssh` or
// `tls`.
bool names_credential_within(std::string_view parent, std::string_view key) noexcept;

// Settings are also written as pairs: {"name":"password","value":"…"}. Whether a key holds the name
// of such a pair, and whether it holds the value.
bool holds_pair_name(std::string_view key) noexcept;
bool holds_pair_value(std::string_view key) noexcept;

}  // namespace studiosync
