// Credentials that a sentence tells: `changed the password from X to Y`, `the password (X)`, `X is
// the password`. Pure; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "core/sanitizer/text/anchor.hpp"
#include "core/sanitizer/text/bare_value.hpp"
#include "core/sanitizer/text/names.hpp"

namespace studiosync {

// What nobody would write in a sentence but as a password: letters with digits or signs among them,
// and no term, version, date, address or name of a host.
bool stands_out(std::string_view word) noexcept;

// Reads the sentence from `at`, behind the name or a value that was found there, and adds a hit for
// every credential that it tells.
void find_in_sentence(TextScan& scan, const Rule& rule, const CredentialName& name, std::size_t at);

// `with the password "x"`: what is quoted beside the name is its value.
bool is_given_with(std::string_view text, const CredentialName& name) noexcept;

// The credential in front of its name: `Use X as the password`, `X is the password`.
std::optional<Extent> value_before(std::string_view text, const CredentialName& name) noexcept;

}  // namespace studiosync
