#include "core/sync/go_local.hpp"

#include "core/base/limits.hpp"
#include "core/sync/local_edit.hpp"
#include "core/sync/originals.hpp"
#include "core/sync/rebase.hpp"

namespace studiosync {
namespace {

constexpr std::size_t page_records = 500;

// A conflict is the server's record: there is nothing to decide without it.
DeviceRecord as_made_here(const DeviceRecord& record, Stamp stamp, WallTime now) {
  DeviceRecord local{.type = record.type, .id = record.id};
  if (record.content.empty() || record.type == EntityType::conflict) return local;
  local.content = record.content;
  local.local_only = record.local_only;
  if (record.local_only) return local;
  local.edit = PendingEdit{};
  local.edit->changed = changed_keys({}, outgoing(record.type, record.content));
  local.edit->stamp = record.edit ? record.edit->stamp : stamp;
  local.edit->queued = now;
  return local;
}

}  // namespace

void go_local(DeviceStore& store, ReplicaId replica, WallTime now) {
  DeviceMeta meta = store.meta();
  RecordKey after;
  for (auto page = store.records(after, page_records); !page.empty();
       page = store.records(after, page_records)) {
    after = {page.back().type, page.back().id};
    for (const DeviceRecord& record : page) {
      if (record.content.empty()) forget_deleted(store, {record.type, record.id});
      store.put(as_made_here(record, meta.clock, now));
    }
  }
  for (const FrozenChange& change : store.frozen({}, limits::unacknowledged_max)) {
    store.remove_frozen(change.seq);
  }
  for (const RejectedChange& rejected : store.rejected()) {
    store.remove_rejected(rejected.change.change);
  }
  DeviceMeta fresh;
  fresh.device = meta.device;
  fresh.device_name = meta.device_name;
  fresh.replica = replica;
  fresh.clock = meta.clock;
  store.set_meta(fresh);
}

}  // namespace studiosync
