// What the structural layer knows about keys beyond a key alone. Pure; any thread.
#pragma once

#include <string_view>

namespace studiosync {

// Whether a key that says little by itself names a credential under its parent: `key` in `ssh` or
// `tls`.
bool names_credential_within(std::string_view parent, std::string_view key) noexcept;

// Settings are also written as pairs: {"name":"password","value":"…"}. Whether a key holds the name
// of such a pair, and whether it holds the value.
bool holds_pair_name(std::string_view key) noexcept;
bool holds_pair_value(std::string_view key) noexcept;

}  // namespace studiosync
