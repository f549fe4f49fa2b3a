// The part of AccountStore about devices.
#include "server/auth/account_store.hpp"
#include "server/auth/account_transaction.hpp"
#include "server/auth/auth_limits.hpp"

namespace studiosync::server {
namespace {

Device read_device(const sqlite::Statement& row) {
  return {.id = {row.string(0)},
          .name = row.string(1),
          .created = {row.integer(2)},
          .last_seen = {row.integer(3)},
          .revoked = !row.is_null(4)};
}

std::optional<Device> find(AccountAccess& db, std::string_view account_id, const DeviceId& id) {
  auto row = db.prepare(
      "SELECT device, name, created, last_seen, revoked FROM devices "
      "WHERE account = ? AND device = ?");
  row.bind(account_id, id.value);
  return row.step() ? std::optional(read_device(row)) : std::nullopt;
}

enum class Binding : std::uint8_t { none, this_device, another };

// A session that is gone counts as bound to another: there is nothing to bind.
Binding binding(AccountAccess& db, const Sighting& sighting) {
  auto row = db.prepare("SELECT device FROM sessions WHERE id = ?");
  if (!row.bind(sighting.session_id).step()) return Binding::another;
  if (row.is_null(0)) return Binding::none;
  return row.text(0) == sighting.device.value ? Binding::this_device : Binding::another;
}

Result<> insert(AccountAccess& db, const Sighting& sighting) {
  auto count = db.prepare("SELECT count(*) FROM devices WHERE account = ?");
  count.bind(sighting.account_id).step();
  if (count.unsigned_integer(0) >= auth_limits::devices_per_account_max) {
    return fail(ErrorCode::quota_exceeded, "the account has too many devices");
  }
  db.prepare(
        "INSERT INTO devices(account, device, name, created, last_seen) VALUES (?, ?, ?, ?, ?)")
      .bind(sighting.account_id, sighting.device.value, sighting.name, sighting.at.unix_ms,
            sighting.at.unix_ms)
      .run();
  return {};
}

}  // namespace

Result<SeenDevice> AccountStore::see_device(const Sighting& sighting) {
  AccountAccess db(mutex_, *db_);
  const auto known = find(db, sighting.account_id, sighting.device);
  const Binding bound = binding(db, sighting);
  SS_TRY(db.finish());
  if (known && known->revoked) {
    return fail(ErrorCode::device_revoked, "this device was removed from the account");
  }
  const bool first_name = known && known->name.empty() && !sighting.name.empty();
  SeenDevice seen{.name = known && !first_name ? known->name : sighting.name,
                  .last_seen = known ? known->last_seen : sighting.at,
                  .bound_to_session = bound != Binding::another};
  if (known && !first_name && bound != Binding::none) return seen;

  SS_TRY(db.begin());
  if (!known) SS_TRY(insert(db, sighting));
  if (first_name) {
    db.prepare("UPDATE devices SET name = ? WHERE account = ? AND device = ?")
        .bind(sighting.name, sighting.account_id, sighting.device.value)
        .run();
  }
  if (bound == Binding::none) {
    db.prepare("UPDATE sessions SET device = ? WHERE id = ?")
        .bind(sighting.device.value, sighting.session_id)
        .run();
  }
  SS_TRY(db.finish());
  return seen;
}

Result<> AccountStore::touch_device(std::string_view account_id, const DeviceId& device,
                                    WallTime now) {
  AccountAccess db(mutex_, *db_);
  db.prepare("UPDATE devices SET last_seen = ? WHERE account = ? AND device = ?")
      .bind(now.unix_ms, account_id, device.value)
      .run();
  return db.finish();
}

Result<std::vector<Device>> AccountStore::devices(std::string_view account_id) {
  AccountAccess db(mutex_, *db_);
  std::vector<Device> devices;
  auto rows = db.prepare(
      "SELECT device, name, created, last_seen, revoked FROM devices WHERE account = ? "
      "ORDER BY created, device");
  for (rows.bind(account_id); rows.step();) devices.push_back(read_device(rows));
  SS_TRY(db.finish());
  return devices;
}

Result<std::optional<Device>> AccountStore::find_device(std::string_view account_id,
                                                        const DeviceId& device) {
  AccountAccess db(mutex_, *db_);
  auto found = find(db, account_id, device);
  SS_TRY(db.finish());
  return found;
}

Result<Device> AccountStore::rename_device(std::string_view account_id, const DeviceId& device,
                                           std::string_view name) {
  AccountAccess db(mutex_, *db_);
  SS_TRY(db.begin());
  db.prepare("UPDATE devices SET name = ? WHERE account = ? AND device = ?")
      .bind(name, account_id, device.value)
      .run();
  const auto renamed = find(db, account_id, device);
  if (!renamed) return db.not_found("there is no such device");
  SS_TRY(db.finish());
  return *renamed;
}

}  // namespace studiosync::server
