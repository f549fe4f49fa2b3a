#include "server/store/sqlite/applied_row.hpp"

#include "server/store/sqlite/record_row.hpp"

namespace studiosync::server {

namespace {

// Empty texts are the rule here; NULL costs one byte of header and no value.
std::optional<std::string_view> or_null(std::string_view text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

std::optional<Error> read_error(const sqlite::Statement& row) {
  if (row.is_null(11)) return std::nullopt;
  return Error{.code = error_code_from(row.text(11)),
               .message = row.string(12),
               .path = row.string(13),
               .rule = row.string(14)};
}

std::optional<sqlite::Blob> or_null(const Hash128& hash) {
  return hash == Hash128{} ? std::nullopt : std::optional<sqlite::Blob>(hash);
}

#define SS_APPLIED_COLUMNS                                                                  \
  "replica, device_seq, payload, type, item_id, status, epoch, version, hlc, conflict_id, " \
  "copy_id, error_code, error_text, error_path, error_rule, strategy, applied_at, content "

AppliedChange read_columns(const sqlite::Statement& row) {
  AppliedChange applied{.replica = {bytes16(row.blob(0))},
                        .device_seq = DeviceSeq{row.unsigned_integer(1)},
                        .payload = bytes16(row.blob(2)),
                        .content = bytes16(row.blob(17)),
                        .type = static_cast<EntityType>(row.integer(3)),
                        .item_id = row.string(4),
                        .status = parse_status(row.text(5)).value_or(Status::applied),
                        .rev = {Epoch{row.unsigned_integer(6)}, Version{row.unsigned_integer(7)}},
                        .stamp = {row.unsigned_integer(8)},
                        .conflict_id = row.string(9),
                        .copy_id = row.string(10),
                        .error = read_error(row),
                        .at = {row.integer(16)}};
  if (!row.is_null(15)) applied.strategy = static_cast<Strategy>(row.integer(15));
  return applied;
}

}  // namespace

std::optional<AppliedChange> read_applied_row(sqlite::Database& db, UserId user, ChangeId change) {
  auto row =
      db.prepare("SELECT " SS_APPLIED_COLUMNS "FROM applied WHERE user = ? AND change_id = ?");
  if (!row.bind(user.value, change.bytes).step()) return std::nullopt;
  return read_columns(row);
}

void read_applied_rows(sqlite::Database& db, UserId user,
                       const std::function<void(const AppliedChange&)>& visit) {
  auto rows = db.prepare("SELECT " SS_APPLIED_COLUMNS "FROM applied WHERE user = ?");
  for (rows.bind(user.value); rows.step();) visit(read_columns(rows));
}

void write_applied_row(sqlite::Database& db, UserId user, ChangeId change,
                       const AppliedChange& applied) {
  const Error error = applied.error.value_or(Error{});
  std::optional<int> strategy;
  if (applied.strategy) strategy = static_cast<int>(*applied.strategy);
  db.prepare("INSERT OR REPLACE INTO applied(user, change_id, " SS_APPLIED_COLUMNS
             ") VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")
      .execute(user.value, change.bytes, replica_column(applied.replica), applied.device_seq.value,
               or_null(applied.payload), static_cast<int>(applied.type), applied.item_id,
               to_string(applied.status), applied.rev.epoch.value, applied.rev.version.value,
               applied.stamp.bits, or_null(applied.conflict_id), or_null(applied.copy_id),
               applied.error ? std::optional(to_string(error.code)) : std::nullopt,
               or_null(error.message), or_null(error.path), or_null(error.rule), strategy,
               applied.at.unix_us, or_null(applied.content));
}

}  // namespace studiosync::server
