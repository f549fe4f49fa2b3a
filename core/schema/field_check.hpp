// Checks one value against its field's entry in the registry. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

#include "core/base/json.hpp"
#include "core/base/result.hpp"
#include "core/schema/registry.hpp"

namespace studiosync {

// Gives the value its one form: integers written as `5.0` become 5, a repeated tag is dropped. An
// error is `validation_error`, names what would be right, and never repeats the value.
Result<> check_field(const FieldSpec& field, Json& value, const std::string& path);

// Whether a text is within a limit. Marks of redaction may take it beyond, up to twice: who wrote
// within the limit stays within it, whatever short credential had to give way to a longer mark.
bool fits(std::string_view text, std::size_t bytes_max);

// The choices of an enumeration, as "a, b, c".
std::string choices_text(const FieldSpec& field);

}  // namespace studiosync
