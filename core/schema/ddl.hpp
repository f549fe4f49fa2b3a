// SQL and documentation that follow from the registry. Text only: the stores execute it.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "core/schema/registry.hpp"

namespace studiosync {

struct Column {
  std::string_view name;
  std::string_view declaration;  // type and constraints
};

// The stored columns of every table of records on the device, in this order. What the registry
// names is computed from `content`, so a record is written once and no column can disagree with it.
inline constexpr std::array device_columns{
    Column{"row", "INTEGER PRIMARY KEY"},  // what a full-text index refers to
    Column{"id", "TEXT NOT NULL UNIQUE"},
    Column{"content", "TEXT NOT NULL"},  // canonical JSON that the user sees; '' = nothing visible
    Column{"local_only", "INTEGER NOT NULL DEFAULT 0"},
    // The last server version; all NULL where there is none.
    Column{"shadow_deleted", "INTEGER"}, Column{"shadow_reason", "TEXT"},
    Column{"rev_epoch", "INTEGER"}, Column{"sync_version", "INTEGER"}, Column{"hlc", "INTEGER"},
    Column{"replica", "BLOB"}, Column{"device_seq", "INTEGER"}, Column{"device_id", "TEXT"},
    Column{"seq", "INTEGER"}, Column{"committed_at", "INTEGER"},  // microseconds since 1970
    Column{"field_versions", "TEXT"},     // JSON; NULL = none differs from the record's
    Column{"shadow_content", "TEXT"},     // NULL = equal to `content`
    Column{"edit", "TEXT"},               // JSON of the pending edit; NULL = none
    Column{"edit_queued_at", "INTEGER"},  // milliseconds since 1970
    Column{"in_flight", "INTEGER"},       // device_seq of the frozen change
    Column{"redacted", "TEXT"},           // JSON list of marked fields; NULL = none
};

// The registry's entry, or that of the internal type `conflict`: everything that has a table on the
// device.
const EntitySpec& stored_spec(EntityType type) noexcept;

// A field's column: its name, with `data_` in front where a stored column has that name already
// (data_content of ai_message, data_device_id of preference).
std::string device_column_name(const FieldSpec& field);

// CREATE statements of one entity's table and its indexes; they succeed where these exist already.
std::string device_table_ddl(const EntitySpec& spec);

// Read-only views, one an entity of the registry, over the server's
// log(key, type, id, deleted, version, committed_at, content). Replaces older ones: run it after a
// migration.
std::string server_view_ddl();

// docs/ENTITIES.md
std::string registry_markdown();

}  // namespace studiosync
