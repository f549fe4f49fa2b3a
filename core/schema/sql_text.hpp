// Pieces of SQL text that the DDL of device and server share.
#pragma once

#include <string>
#include <string_view>

#include "core/schema/registry.hpp"

namespace studiosync {

// An identifier in double quotes.
std::string quoted(std::string_view identifier);

// The column type in a STRICT table.
std::string_view column_type(Kind kind) noexcept;

// The expression that reads a field from `content`, a column with JSON text or NULL: a boolean as 0
// or 1, objects, arrays and free JSON values as JSON text, everything else as its SQL value.
std::string field_expression(const FieldSpec& field, std::string_view content);

}  // namespace studiosync
