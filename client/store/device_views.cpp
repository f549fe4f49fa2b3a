#include <initializer_list>

#include "client/store/device_schema.hpp"
#include "core/schema/sql_text.hpp"

namespace studiosync::client {

namespace {

// One SELECT over all record tables: the pattern with `{table}` and `{type}` filled in, a type
// each.
std::string for_all_types(std::string_view pattern) {
  std::string sql;
  for (const EntitySpec* spec : stored_specs()) {
    if (!sql.empty()) sql += "\n  UNION ALL ";
    std::string select(pattern);
    select.replace(select.find("{type}"), 6, spec->wire_name);
    select.replace(select.find("{table}"), 7, quoted(spec->table));
    sql += select;
  }
  return sql;
}

std::string view(std::string_view name, const std::string& select) {
  return std::string("DROP VIEW IF EXISTS ")
      .append(name)
      .append(";\nCREATE VIEW ")
      .append(name)
      .append(" AS ")
      .append(select)
      .append(";\n");
}

std::string pending_changes() {
  return for_all_types(
      "SELECT '{type}' AS item_type, id AS item_id, edit ->> '$.action' AS action,"
      " edit_queued_at, in_flight FROM {table} WHERE edit IS NOT NULL");
}

std::string user_statistics() {
  return for_all_types(
      "SELECT '{type}' AS item_type, count(nullif(content, '')) AS records,"
      " sum(shadow_deleted = 0) AS on_server, sum(local_only) AS local_only,"
      " sum(length(CAST(content AS BLOB))) AS bytes FROM {table}");
}

// The devices whose changes are known here, and this one.
std::string device_registry() {
  return "SELECT seen.device_id, m.device_name, count(seen.committed_at) AS records,"
         " max(seen.committed_at) AS last_committed_at FROM (" +
         for_all_types(
             "SELECT '{type}' AS item_type, device_id, committed_at FROM {table}"
             " WHERE device_id IS NOT NULL") +
         "\n  UNION ALL SELECT NULL, device_id, NULL FROM sync_metadata) AS seen"
         " LEFT JOIN sync_metadata AS m ON m.device_id = seen.device_id GROUP BY seen.device_id";
}

std::string sync_status() {
  return "SELECT m.device_id, m.device_name, m.user_id, m.cursor_seq, m.last_sync_ms,"
         " (SELECT count(*) FROM pending_changes) AS pending,"
         " (SELECT count(*) FROM sync_queue) AS frozen,"
         " (SELECT count(*) FROM sync_rejected) AS rejected,"
         " (SELECT count(*) FROM sync_conflicts_archive WHERE status = 'open') AS open_conflicts"
         " FROM sync_metadata AS m";
}

}  // namespace

std::string views_ddl() {
  return view("pending_changes", pending_changes()) + view("user_statistics", user_statistics()) +
         view("device_registry", device_registry()) + view("sync_status", sync_status());
}

}  // namespace studiosync::client
