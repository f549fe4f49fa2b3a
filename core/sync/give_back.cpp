#include "core/sync/give_back.hpp"

#include <algorithm>

#include "core/base/limits.hpp"
#include "core/base/zoo.hpp"
#include "core/conflicts/history.hpp"
#include "core/conflicts/row_bytes.hpp"
#include "core/sync/rebase.hpp"

namespace studiosync {
namespace {

constexpr std::size_t page_records = 500;

bool lost(const DeviceRecord& record, Seq fork) {
  if (SS_ZOO(nothing_is_given_back)) return false;
  if (!record.shadow) return false;
  // On its way to be withdrawn. What a local record hides is another device's.
  const bool leaving = record.local_only && (record.edit || record.in_flight);
  if (leaving && !record.shadow->deleted) return false;
  return !record.shadow->seq || record.shadow->seq > fork;
}

// Conflicts are the last by type.
std::vector<DeviceRecord> next_page(DeviceStore& store, const RecordKey& after) {
  if (after.type == EntityType::conflict) {
    auto conflicts = store.records(after, page_records);
    if (!conflicts.empty()) return conflicts;
  }
  auto page = store.records(after.type == EntityType::conflict ? RecordKey{} : after, page_records);
  std::erase_if(page,
                [](const DeviceRecord& record) { return record.type == EntityType::conflict; });
  return page;
}

// A seq of the lost history is beyond rows of this one that are newer.
void forget_places(DeviceStore& store, const NewHistory& history) {
  if (SS_ZOO(places_of_a_lost_history_stay)) return;
  RecordKey after;
  for (auto page = store.records(after, page_records); !page.empty();
       page = store.records(after, page_records)) {
    after = {page.back().type, page.back().id};
    for (DeviceRecord& record : page) {
      if (!record.shadow || record.shadow->seq <= history.fork) continue;
      if (history.read.contains({record.type, record.id})) continue;
      record.shadow->seq = history.fork;
      store.put(record);
    }
  }
}

// Whether the version has the whole change in it, under the change's number.
bool stands_in(const Record& stored, const FrozenChange& change, const ReplicaId& replica) {
  const bool edits = change.action == Action::upsert && !change.changed.empty();
  if (!edits || stored.deleted) return false;
  const History history(stored);
  const Fields sent = fields_of(change.content);
  return std::ranges::all_of(change.changed, [&](const std::string& field) {
    const Origin last = history.last_change(field).origin;
    return last.replica == replica && last.device_seq == change.seq &&
           value_of(history.fields(), field) == value_of(sent, field);
  });
}

}  // namespace

LostBatch next_lost(DeviceStore& store, Seq fork, const RecordKey& after, FreezeLimits limits) {
  LostBatch batch{.records = {}, .last = after};
  std::size_t bytes = 0;
  for (auto page = next_page(store, batch.last); !page.empty();
       page = next_page(store, batch.last)) {
    for (DeviceRecord& record : page) {
      batch.last = {record.type, record.id};
      if (!lost(record, fork)) continue;
      bytes += row_bytes(*record.shadow);
      batch.records.push_back(std::move(*record.shadow));
      if (batch.records.size() == limits.changes_max || bytes >= limits.bytes_max) return batch;
    }
  }
  return batch;
}

void settle_what_stands(DeviceStore& store, WallTime now) {
  const DeviceMeta meta = store.meta();
  for (const FrozenChange& change : store.frozen({}, limits::unacknowledged_max)) {
    const auto record = store.find(change.type, change.id);
    if (!record || !record->shadow || !stands_in(*record->shadow, change, meta.replica)) continue;
    ChangeResult result;
    result.change_id = to_string(change.change);
    result.device_seq = change.seq;
    result.item_id = change.id;
    result.status = Status::duplicate;
    result.first_status = Status::applied;
    result.rev = record->shadow->rev;
    result.stamp = record->shadow->origin.stamp;
    result.record = record->shadow;
    (void)settle(store, result, meta.cursor.seq, now);
  }
}

void enter_history(DeviceStore& store, const NewHistory& history) {
  forget_places(store, history);
  DeviceMeta meta = store.meta();
  meta.cursor = history.cursor;
  meta.ahead = {};
  meta.epochs = history.epochs;
  if (meta.recovery == Recovery::reconcile) meta.recovery = Recovery::none;
  store.set_meta(meta);
  settle_what_stands(store, history.now);
  restart_stream(store, history.replica);
}

}  // namespace studiosync
