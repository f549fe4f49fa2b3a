#include "core/schema/sql_text.hpp"

namespace studiosync {
namespace {

// As JSON text, because `"5"` and `5` are different settings.
bool stays_json(Kind kind) {
  return kind == Kind::json || kind == Kind::object || kind == Kind::tags;
}

}  // namespace

std::string quoted(std::string_view identifier) {
  std::string text = "\"";
  for (const char c : identifier) text.append(c == '"' ? 2 : 1, c);
  return text.append("\"");
}

std::string_view column_type(Kind kind) noexcept {
  switch (kind) {
    case Kind::integer:
    case Kind::boolean:
      return "INTEGER";
    case Kind::real:
      return "REAL";
    case Kind::text:
    case Kind::timestamp:
    case Kind::json:
    case Kind::object:
    case Kind::tags:
    case Kind::enumeration:
    case Kind::reference:
      return "TEXT";
  }
  return "ANY";
}

std::string field_expression(const FieldSpec& field, std::string_view content) {
  const std::string path = "'$." + std::string(field.name) + "'";
  if (stays_json(field.kind)) return std::string(content) + " -> " + path;
  return "json_extract(" + std::string(content) + ", " + path + ")";
}

}  // namespace studiosync
