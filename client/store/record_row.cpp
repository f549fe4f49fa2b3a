#include "client/store/record_row.hpp"

#include <algorithm>
#include <string>

#include "client/store/record_json.hpp"

namespace studiosync::client {

namespace {

using sqlite::Blob;
using sqlite::Statement;

enum Place : int {
  id,
  content,
  local_only,
  shadow_deleted,
  shadow_reason,
  rev_epoch,
  sync_version,
  hlc,
  replica,
  device_seq,
  device_id,
  seq,
  committed_at,
  field_versions,
  shadow_content,
  edit,
  edit_queued_at,
  in_flight,
  redacted,
};
static_assert(redacted + 1 == record_columns_count);

std::optional<std::string> field_versions_json(const Record& shadow) {
  if (shadow.field_versions.empty()) return std::nullopt;
  return to_json(shadow.field_versions);
}

// NULL where it is what the user sees: most records are not edited, and this halves their size.
std::optional<std::string_view> shadow_content_of(const DeviceRecord& record) {
  if (!record.shadow || record.shadow->content == record.content) return std::nullopt;
  return record.shadow->content;
}

ReplicaId replica_at(const Statement& row) {
  ReplicaId replica_id;
  const Blob bytes = row.blob(replica);
  std::copy_n(bytes.begin(), std::min(bytes.size(), replica_id.bytes.size()),
              replica_id.bytes.begin());
  return replica_id;
}

Record shadow_at(EntityType type, const Statement& row) {
  Record shadow{.type = type, .id = row.string(id)};
  shadow.deleted = row.integer(shadow_deleted) != 0;
  shadow.reason = row.string(shadow_reason);
  shadow.rev = {Epoch{row.unsigned_integer(rev_epoch)},
                Version{row.unsigned_integer(sync_version)}};
  shadow.origin = {replica_at(row), DeviceSeq{row.unsigned_integer(device_seq)},
                   Stamp{row.unsigned_integer(hlc)}};
  shadow.device = {row.string(device_id)};
  shadow.seq = {row.unsigned_integer(seq)};
  shadow.committed = {row.integer(committed_at)};
  if (!row.is_null(field_versions)) {
    shadow.field_versions = field_versions_from_json(row.text(field_versions));
  }
  shadow.content = row.string(row.is_null(shadow_content) ? content : shadow_content);
  return shadow;
}

}  // namespace

void bind_record(Statement& statement, const DeviceRecord& record,
                 std::optional<std::int64_t> row) {
  const auto shadow = [&record](auto member) {
    return record.shadow ? std::optional(member(*record.shadow)) : std::nullopt;
  };
  const auto pending = [&record](auto member) {
    return record.edit ? std::optional(member(*record.edit)) : std::nullopt;
  };
  const auto values = [&](auto... more) {
    statement.bind(
        record.id, record.content, record.local_only,
        shadow([](const Record& r) { return r.deleted; }),
        shadow([](const Record& r) { return std::string_view(r.reason); }),
        shadow([](const Record& r) { return r.rev.epoch.value; }),
        shadow([](const Record& r) { return r.rev.version.value; }),
        shadow([](const Record& r) { return r.origin.stamp.bits; }),
        shadow([](const Record& r) { return Blob(r.origin.replica.bytes); }),
        shadow([](const Record& r) { return r.origin.device_seq.value; }),
        shadow([](const Record& r) { return std::string_view(r.device.value); }),
        shadow([](const Record& r) { return r.seq.value; }),
        shadow([](const Record& r) { return r.committed.unix_us; }),
        record.shadow ? field_versions_json(*record.shadow) : std::nullopt,
        shadow_content_of(record), pending([](const PendingEdit& e) { return to_json(e); }),
        pending([](const PendingEdit& e) { return e.queued.unix_ms; }),
        record.in_flight ? std::optional(record.in_flight->value) : std::nullopt,
        record.redacted.empty() ? std::nullopt : std::optional(to_json(record.redacted)), more...);
  };
  row ? values(*row) : values();
}

bool insert_row(Statement& statement, const Record& row) {
  const auto versions = field_versions_json(row);
  return statement.execute(row.id, row.content, row.deleted, row.reason, row.rev.epoch.value,
                           row.rev.version.value, row.origin.stamp.bits,
                           Blob(row.origin.replica.bytes), row.origin.device_seq.value,
                           row.device.value, row.seq.value, row.committed.unix_us, versions);
}

DeviceRecord record_at(sqlite::Database& db, EntityType type, const Statement& row) {
  DeviceRecord record{.type = type, .id = row.string(id), .content = row.string(content)};
  record.local_only = row.integer(local_only) != 0;
  if (!row.is_null(shadow_deleted)) record.shadow = shadow_at(type, row);
  if (!row.is_null(edit)) {
    record.edit = edit_from_json(row.text(edit), {row.integer(edit_queued_at)});
    if (!record.edit) {
      db.set_error({.code = ErrorCode::store_error, .message = "a pending edit cannot be read"});
    }
  }
  if (!row.is_null(in_flight)) record.in_flight = DeviceSeq{row.unsigned_integer(in_flight)};
  if (!row.is_null(redacted)) record.redacted = names_from_json(row.text(redacted));
  return record;
}

}  // namespace studiosync::client
