// Values that say where a credential is kept instead of being one. Pure; any thread.
#pragma once

#include <string_view>

namespace studiosync {

// A path, the address of a secret store, the name of a variable or column, a call that reads a
// setting: /run/secrets/db, vault:secret/x, process.env.PGPASSWORD, getenv("PW"), password_hash.
bool points_elsewhere(std::string_view value) noexcept;

// true, null, required, varchar(255), string: what a setting or a schema says, not a credential.
bool is_keyword(std::string_view value) noexcept;

// A sentence or a label: `Password must have 8 characters`. A passphrase has no such small words.
bool is_sentence(std::string_view value) noexcept;

}  // namespace studiosync
