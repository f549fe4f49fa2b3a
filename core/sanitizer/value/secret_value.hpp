// Judges a value that stands where a credential may stand: is it one, or a placeholder, a word, an
// identifier? Shared by the SQL and the text rules; the validator has its own idea. Pure; any
// thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace studiosync {

// How strongly the place says that a credential stands there.
enum class Claim : std::uint8_t {
  certain,  // the grammar says so (IDENTIFIED BY '…', user:…@host): whatever is no placeholder
  named,    // the name says so (password, client_secret): also no true/null/required, no empty text
  hinted,   // a weak name (token, key, auth, credential): only what looks random
};

// Whether `value` (without quotes, escapes already decoded as far as known) is a credential under
// that claim. Never true for a placeholder or an empty text.
bool is_secret(std::string_view value, Claim claim) noexcept;

// A stand-in that nobody can log in with: <password>, ${VAR}, $VAR, {{var}}, %(var)s, %s, :pw, @pw,
// ?, $1, xxxx, ****, …, [REDACTED], changeme-example, your_password_here, example values of
// manuals.
bool is_placeholder(std::string_view value) noexcept;

// The claim that a name of a setting, variable, column or JSON key makes about its value; nothing
// when it names no credential (password_policy, token_count, primary_key, compass).
// `password`, `DB_PASSWORD`, `spring.datasource.password`, `clientSecret`, `PGPASSWORD`,
// `x-api-key`.
std::optional<Claim> claim_of_name(std::string_view name) noexcept;

// What the names end with that claim_of_name knows, in lower case and without separators: whoever
// looks for places where a credential may be named looks for these. `whole` ones count only as a
// word of their own (db_pw, dbPw).
struct CredentialEnding {
  std::string_view letters;
  bool whole = false;
};
std::vector<CredentialEnding> credential_endings();

// Shannon entropy over the bytes of `value`, in bits a byte; 0 for an empty text.
double entropy_bits(std::string_view value) noexcept;

}  // namespace studiosync
