#include <algorithm>

#include "core/schema/ddl.hpp"
#include "core/schema/entities.hpp"
#include "core/schema/sql_text.hpp"

namespace studiosync {
namespace {

// JSON functions refuse '', which stands for "nothing visible".
constexpr std::string_view visible_content = "NULLIF(content, '')";

void append_field_column(std::string& ddl, const FieldSpec& field) {
  ddl.append(",\n  ").append(quoted(device_column_name(field))).append(" ");
  ddl.append(column_type(field.kind)).append(" GENERATED ALWAYS AS (");
  ddl.append(field_expression(field, visible_content)).append(") VIRTUAL");
}

// What lists and look-ups go by: the name, other records, and the time of what only ever grows.
bool indexed(const EntitySpec& spec, const FieldSpec& field) {
  if (field.kind == Kind::reference || field.name == spec.name_field) return true;
  const bool grows = spec.append_only || spec.immutable;
  return grows && field.kind == Kind::timestamp && field.name != created_at_field.name;
}

std::string index_ddl(const EntitySpec& spec, std::string_view column, std::string_view suffix) {
  std::string ddl = "CREATE INDEX IF NOT EXISTS ";
  ddl.append(quoted(std::string(spec.table).append("_by_").append(suffix)));
  ddl.append(" ON ").append(quoted(spec.table)).append("(").append(quoted(column)).append(")");
  return ddl;
}

std::string indexes_ddl(const EntitySpec& spec) {
  std::string ddl;
  for (const FieldSpec& field : spec.fields) {
    if (!indexed(spec, field)) continue;
    ddl += index_ddl(spec, device_column_name(field), field.name) + ";\n";
  }
  // Holds only what waits for upload, so finding it costs nothing however large the table is.
  return ddl + index_ddl(spec, "edit_queued_at", "pending_edit") +
         " WHERE edit IS NOT NULL AND in_flight IS NULL;\n";
}

}  // namespace

const EntitySpec& stored_spec(EntityType type) noexcept {
  static const EntitySpec conflict = conflict_entity();
  return type == EntityType::conflict ? conflict : spec_of(type);
}

std::string device_column_name(const FieldSpec& field) {
  const bool taken = std::any_of(device_columns.begin(), device_columns.end(),
                                 [&](const Column& column) { return column.name == field.name; });
  return taken ? "data_" + std::string(field.name) : std::string(field.name);
}

std::string device_table_ddl(const EntitySpec& spec) {
  std::string ddl = "CREATE TABLE IF NOT EXISTS " + quoted(spec.table) + " (";
  for (const Column& column : device_columns) {
    ddl.append(ddl.back() == '(' ? "\n  " : ",\n  ").append(quoted(column.name));
    ddl.append(" ").append(column.declaration);
  }
  for (const FieldSpec& field : spec.fields) append_field_column(ddl, field);
  return ddl + "\n) STRICT;\n" + indexes_ddl(spec);
}

}  // namespace studiosync
