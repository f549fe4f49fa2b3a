// SQL with holes, and the values that fill them: format('… PASSWORD %L', '…'),
// EXECUTE '… SET password = $1' USING '…'. Pure; any thread; linear in the template.
#pragma once

#include "core/sanitizer/sql/nesting.hpp"
#include "core/sanitizer/sql/position.hpp"
#include "core/sanitizer/sql/token_trail.hpp"

namespace studiosync {

// Whether the argument reached in a call of format() fills a hole where a credential stands.
Position format_position(std::string_view text, const NestingFrame& call);

// Whether the value at `spot` does so in EXECUTE [IMMEDIATE] '…' USING.
Position using_position(const Spot& spot);

// Whether `spot` is behind a text that is joined, and ends with a clause: '… PASSWORD ' ||
Position joined_position(const Spot& spot);

}  // namespace studiosync
