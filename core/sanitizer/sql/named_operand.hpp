// The name inside of an operand whose value is the name's: password::text, (u.password) COLLATE
// "C", lower(password), CAST(password AS varbinary); or is made of it alone: MD5(password).
// Pure; any thread.
#pragma once

#include <optional>

#include "core/sanitizer/sql/token_trail.hpp"

namespace studiosync {

// The place behind the name of the operand that ends at `spot`; nothing when the operand is
// something else, as a call that makes another value.
std::optional<Spot> name_of_operand(const Spot& spot) noexcept;

// Whether what the function returns is its first argument in another writing, or the hash of it.
bool keeps_first_argument(Term function) noexcept;

}  // namespace studiosync
