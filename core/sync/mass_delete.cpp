#include "core/sync/mass_delete.hpp"

#include <limits>

#include "core/sync/delete_breaker.hpp"

namespace studiosync {
namespace {

bool too_many(DeviceStore& store, EntityType type) {
  const std::size_t deletes = store.pending_deletes(type);
  // The records are counted only where it matters: there are many of them.
  return is_mass_delete(deletes, 0) && is_mass_delete(deletes, store.live_records(type));
}

RejectedChange hold(DeviceStore& store, DeviceRecord record, WallTime now, Random& random) {
  RejectedChange held{.change = {}, .error = held_delete(), .at = now};
  held.change.change.bytes = uuid_v7(now.unix_ms, random);
  held.change.type = record.type;
  held.change.id = record.id;
  held.change.action = Action::remove;
  held.change.base = record.edit->base;
  held.change.stamp = record.edit->stamp;
  store.add_rejected(held);
  store.note({.type = record.type,
              .id = record.id,
              .event = JournalEvent::held,
              .at = now,
              .change = held.change.change,
              .rev = held.change.base,
              .detail = std::string(to_string(held.error.code))});
  record.edit.reset();
  store.put(record);
  return held;
}

}  // namespace

Error held_delete() {
  return {.code = ErrorCode::mass_delete_held,
          .message = "held: it would delete more than half of the records of this type"};
}

bool counts_as_delete(const PendingEdit& edit) noexcept {
  return edit.action == Action::remove && edit.reason.empty() && !edit.confirmed;
}

std::vector<RejectedChange> hold_mass_delete(DeviceStore& store, EntityType type, WallTime now,
                                             Random& random) {
  std::vector<RejectedChange> held;
  if (!too_many(store, type)) return held;
  for (const RecordKey& key : store.pending(std::numeric_limits<std::int32_t>::max())) {
    if (key.type != type) continue;
    auto record = store.find(key.type, key.id);
    if (!record || !record->edit || !counts_as_delete(*record->edit)) continue;
    held.push_back(hold(store, std::move(*record), now, random));
  }
  return held;
}

}  // namespace studiosync
