// The part of AccountStore about sessions.
#include <algorithm>

#include "server/auth/account_store.hpp"
#include "server/auth/account_transaction.hpp"

namespace studiosync::server {
namespace {

std::string_view name(EndReason reason) {
  switch (reason) {
    case EndReason::logout:
      return "logout";
    case EndReason::token_reuse:
      return "token_reuse";
    case EndReason::password_changed:
      return "password_changed";
    case EndReason::device_revoked:
      return "device_revoked";
  }
  return "";
}

Sha256 read_hash(sqlite::Blob blob) {
  Sha256 hash{};
  std::copy_n(blob.begin(), std::min(blob.size(), hash.size()), hash.begin());
  return hash;
}

std::optional<sqlite::Blob> as_blob(const std::optional<Sha256>& hash) {
  return hash ? std::optional<sqlite::Blob>(*hash) : std::nullopt;
}

SessionFamily read_family(const sqlite::Statement& row) {
  SessionFamily family{.id = row.string(0),
                       .account_id = row.string(1),
                       .generation = static_cast<std::uint32_t>(row.integer(2)),
                       .current_hash = read_hash(row.blob(3)),
                       .created = {row.integer(5)},
                       .expires = {row.integer(6)},
                       .ended = !row.is_null(7),
                       .device_revoked = row.text(8) == name(EndReason::device_revoked)};
  if (!row.is_null(4)) family.previous_hash = read_hash(row.blob(4));
  return family;
}

LiveSession read_live(const sqlite::Statement& row) {
  LiveSession session{.account_id = row.string(1),
                      .user = {.shard = static_cast<std::uint32_t>(row.integer(2)),
                               .number = UserId{row.unsigned_integer(3)}},
                      .expires = {row.integer(4)},
                      .device_revoked = !row.is_null(5)};
  if (!row.is_null(6)) {
    session.device = BoundDevice{{row.string(6)}, row.string(7), {row.integer(8)}};
  }
  return session;
}

std::vector<std::string> read_ids(sqlite::Statement rows) {
  std::vector<std::string> ids;
  while (rows.step()) ids.push_back(rows.string(0));
  return ids;
}

}  // namespace

Result<std::vector<std::pair<std::string, LiveSession>>> AccountStore::live_sessions() {
  AccountAccess db(mutex_, *db_);
  std::vector<std::pair<std::string, LiveSession>> sessions;
  auto rows = db.prepare(
      "SELECT s.id, s.account, a.shard, a.number, s.expires, s.ended, d.device, d.name, "
      "d.last_seen FROM sessions s JOIN accounts a ON a.id = s.account "
      "LEFT JOIN devices d ON d.account = s.account AND d.device = s.device AND d.revoked IS NULL "
      "WHERE s.ended IS NULL OR s.end_reason = ?");
  rows.bind(name(EndReason::device_revoked));
  while (rows.step()) sessions.emplace_back(rows.string(0), read_live(rows));
  SS_TRY(db.finish());
  return sessions;
}

Result<std::optional<SessionFamily>> AccountStore::find_session(std::string_view id) {
  AccountAccess db(mutex_, *db_);
  auto row = db.prepare(
      "SELECT id, account, generation, current_hash, previous_hash, created, expires, ended, "
      "end_reason FROM sessions WHERE id = ?");
  std::optional<SessionFamily> family;
  if (row.bind(id).step()) family = read_family(row);
  SS_TRY(db.finish());
  return family;
}

Result<bool> AccountStore::add_session(const SessionFamily& session,
                                       std::string_view verified_hash) {
  AccountAccess db(mutex_, *db_);
  db.prepare(
        "INSERT INTO sessions(id, account, generation, current_hash, created, expires) "
        "SELECT ?, id, ?, ?, ?, ? FROM accounts WHERE id = ? AND password_hash = ?")
      .bind(session.id, session.generation, sqlite::Blob(session.current_hash),
            session.created.unix_ms, session.expires.unix_ms, session.account_id, verified_hash)
      .run();
  const bool added = db.changes() == 1;
  SS_TRY(db.finish());
  return added;
}

Result<bool> AccountStore::advance_session(const SessionFamily& session) {
  AccountAccess db(mutex_, *db_);
  db.prepare(
        "UPDATE sessions SET generation = ?, current_hash = ?, previous_hash = ?, expires = ? "
        "WHERE id = ? AND ended IS NULL")
      .bind(session.generation, sqlite::Blob(session.current_hash), as_blob(session.previous_hash),
            session.expires.unix_ms, session.id)
      .run();
  const bool advanced = db.changes() == 1;
  SS_TRY(db.finish());
  return advanced;
}

Result<> AccountStore::end_session(std::string_view id, EndReason reason, WallTime now) {
  AccountAccess db(mutex_, *db_);
  db.prepare("UPDATE sessions SET ended = ?, end_reason = ? WHERE id = ? AND ended IS NULL")
      .bind(now.unix_ms, name(reason), id)
      .run();
  return db.finish();
}

Result<std::vector<std::string>> AccountStore::expire_sessions(WallTime now) {
  AccountAccess db(mutex_, *db_);
  auto rows = db.prepare("DELETE FROM sessions WHERE expires <= ? RETURNING id");
  rows.bind(now.unix_ms);
  auto ids = read_ids(std::move(rows));
  SS_TRY(db.finish());
  return ids;
}

Result<std::vector<std::string>> AccountStore::change_password(const KeptSession& keep,
                                                               std::string_view verified_hash,
                                                               std::string_view hash,
                                                               WallTime now) {
  AccountAccess db(mutex_, *db_);
  SS_TRY(db.begin());
  db.prepare(
        "UPDATE accounts SET password_hash = ? WHERE id = ? AND password_hash = ? "
        "AND EXISTS (SELECT 1 FROM sessions WHERE id = ? AND ended IS NULL)")
      .bind(hash, keep.account_id, verified_hash, keep.session_id)
      .run();
  if (db.changes() == 0) return db.nothing_changed(ErrorCode::unauthorized, "log in again");
  auto rows = db.prepare(
      "UPDATE sessions SET ended = ?, end_reason = ? "
      "WHERE account = ? AND id <> ? AND ended IS NULL RETURNING id");
  rows.bind(now.unix_ms, name(EndReason::password_changed), keep.account_id, keep.session_id);
  auto ids = read_ids(std::move(rows));
  SS_TRY(db.finish());
  return ids;
}

Result<std::vector<std::string>> AccountStore::revoke_device(const KeptSession& keep,
                                                             const DeviceId& device, WallTime now) {
  AccountAccess db(mutex_, *db_);
  SS_TRY(db.begin());
  // A second revocation leaves the time of the first.
  db.prepare("UPDATE devices SET revoked = coalesce(revoked, ?) WHERE account = ? AND device = ?")
      .bind(now.unix_ms, keep.account_id, device.value)
      .run();
  if (db.changes() == 0) return db.not_found("there is no such device");
  auto rows = db.prepare(
      "UPDATE sessions SET ended = ?, end_reason = ? "
      "WHERE account = ? AND device = ? AND id <> ? AND ended IS NULL RETURNING id");
  rows.bind(now.unix_ms, name(EndReason::device_revoked), keep.account_id, device.value,
            keep.session_id);
  auto ids = read_ids(std::move(rows));
  SS_TRY(db.finish());
  return ids;
}

}  // namespace studiosync::server
