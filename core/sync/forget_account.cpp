#include "core/sync/forget_account.hpp"

#include "core/base/limits.hpp"

namespace studiosync {
namespace {

constexpr std::size_t page_records = 500;

void forget_records(DeviceStore& store) {
  RecordKey after;
  for (auto page = store.records(after, page_records); !page.empty();
       page = store.records(after, page_records)) {
    after = {page.back().type, page.back().id};
    for (const DeviceRecord& record : page) {
      DeviceRecord left{.type = record.type, .id = record.id};
      left.local_only = record.local_only;
      if (record.local_only) left.content = record.content;
      store.put(left);
    }
  }
}

void forget_lists(DeviceStore& store) {
  for (const FrozenChange& change : store.frozen({}, limits::unacknowledged_max)) {
    store.remove_frozen(change.seq);
  }
  for (const RejectedChange& rejected : store.rejected()) {
    store.remove_rejected(rejected.change.change);
  }
  for (const Original& original : store.originals()) store.remove_original(original.number);
}

}  // namespace

void forget_account(DeviceStore& store, const Cursor& head, const Epochs& epochs,
                    ReplicaId replica) {
  forget_records(store);
  forget_lists(store);
  DeviceMeta meta = store.meta();
  meta.replica = replica;
  meta.last_frozen = {};
  meta.last_frozen_id = {};
  meta.last_acked = {};
  meta.last_acked_id = {};
  meta.cursor = {.epoch = {}, .seq = {}, .generation = head.generation};
  meta.ahead = {};
  meta.epochs = epochs;
  meta.recovery = Recovery::resync;
  store.set_meta(meta);
}

}  // namespace studiosync
