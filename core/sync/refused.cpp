#include "core/sync/refused.hpp"

#include "core/sync/originals.hpp"

namespace studiosync {
namespace {

bool is_held(const RejectedChange& rejected) {
  return rejected.error.code == ErrorCode::mass_delete_held;
}

Result<RejectedChange> take(DeviceStore& store, ChangeId change) {
  for (RejectedChange& rejected : store.rejected()) {
    if (rejected.change.change != change) continue;
    store.remove_rejected(change);
    return std::move(rejected);
  }
  return fail(ErrorCode::not_found, "no rejected change with id " + to_string(change));
}

// The record, unless something newer decides about it. One that turned private since stays as it
// is: it must not leave the device, nor be lost.
std::optional<DeviceRecord> untouched(DeviceStore& store, const FrozenChange& change) {
  auto record = store.find(change.type, change.id);
  if (!record || record->edit || record->in_flight || record->local_only) return std::nullopt;
  return record;
}

}  // namespace

Result<> retry_refused(DeviceStore& store, ChangeId change_id, WallTime now) {
  SS_ASSIGN(const RejectedChange rejected, take(store, change_id));
  const FrozenChange& change = rejected.change;
  auto record = untouched(store, change);
  if (!record) return {};
  PendingEdit edit{.action = change.action, .reason = change.reason};
  edit.base = record->shadow ? record->shadow->rev : Rev{};
  edit.changed = change.changed;
  edit.stamp = change.stamp;
  edit.queued = now;
  edit.confirmed = is_held(rejected);
  record->edit = std::move(edit);
  if (change.action == Action::remove) record->content.clear();
  store.note({.type = change.type,
              .id = change.id,
              .event = JournalEvent::edited,
              .at = now,
              .rev = record->edit->base,
              .detail = "retry"});
  store.put(*record);
  return {};
}

Result<> discard_refused(DeviceStore& store, ChangeId change, WallTime now) {
  SS_ASSIGN(const RejectedChange rejected, take(store, change));
  if (auto record = untouched(store, rejected.change)) {
    show_server_version(store, *record, now);
    store.put(*record);
  }
  return {};
}

void forget_held(DeviceStore& store, const RecordKey& key) {
  for (const RejectedChange& rejected : store.rejected()) {
    const FrozenChange& change = rejected.change;
    if (is_held(rejected) && change.type == key.type && change.id == key.id) {
      store.remove_rejected(change.change);
    }
  }
}

}  // namespace studiosync
