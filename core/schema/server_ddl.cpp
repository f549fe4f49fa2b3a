#include "core/schema/ddl.hpp"
#include "core/schema/sql_text.hpp"

namespace studiosync {
namespace {

// RFC 3339 with microseconds, as the HTTP API writes it.
constexpr std::string_view updated_at_expression =
    "strftime('%Y-%m-%dT%H:%M:%S', committed_at / 1000000, 'unixepoch') || "
    "printf('.%06dZ', committed_at % 1000000)";

std::string view_ddl(const EntitySpec& spec) {
  std::string ddl = "DROP VIEW IF EXISTS " + quoted(spec.table) + ";\n";
  ddl.append("CREATE VIEW ").append(quoted(spec.table)).append(" AS SELECT\n");
  // The low 40 bits of the key are the seq (limits::seq_max).
  ddl.append("  key >> 40 AS \"user\",\n  id");
  for (const FieldSpec& field : spec.fields) {
    ddl.append(",\n  ").append(field_expression(field, "content"));
    ddl.append(" AS ").append(quoted(field.name));
  }
  ddl.append(",\n  version AS sync_version,\n  ").append(updated_at_expression);
  ddl.append(" AS updated_at\nFROM log WHERE deleted = 0 AND type = ");
  return ddl + std::to_string(static_cast<int>(spec.type)) + ";\n";
}

}  // namespace

std::string server_view_ddl() {
  std::string ddl;
  for (const EntitySpec& spec : registry()) ddl += view_ddl(spec);
  return ddl;
}

}  // namespace studiosync
