#include "core/sync/sweep.hpp"

#include <algorithm>
#include <map>

#include "core/base/zoo.hpp"
#include "core/sync/originals.hpp"
#include "core/sync/refused.hpp"

namespace studiosync {
namespace {

constexpr std::size_t page_records = 500;

bool live(const DeviceRecord& record) {
  return record.shadow && !record.shadow->deleted && !record.local_only;
}

// How many of a type's records a sweep would leave.
struct Share {
  std::size_t live = 0;
  std::size_t going = 0;

  bool asks() const { return live >= sweep_asks_from && going * 2 > live; }
};

// Whether the device takes the server to have, or to have had, the record.
bool known_to_server(const DeviceRecord& record) {
  if (SS_ZOO(sweep_takes_local_records) && record.local_only) return true;
  // What was withdrawn is forgotten there some day, and must not be here.
  const bool withdrawn = record.local_only && record.shadow && !record.edit;
  if (withdrawn && record.shadow->reason == reason_private) return false;
  return record.shadow || (record.edit && record.edit->base.version);
}

// A server that does not know the record must hear of it all the same, and of a version that was
// there: another device may bring it back.
bool withdraws(const DeviceRecord& record) {
  return record.edit && record.edit->reason == reason_private;
}

// As the server would see it: the number may be in use there, for another content.
bool estranged(const DeviceRecord& record) {
  if (!record.edit || !record.shadow || SS_ZOO(epochs_are_not_compared)) return false;
  if (withdraws(record)) return false;
  const Rev base = record.edit->base;
  const Rev stored = record.shadow->rev;
  if (base.version > stored.version) return true;
  return base.version && base.epoch != stored.epoch && base.version == stored.version;
}

// The user's text goes as with a tombstone of the server's.
void show_nothing(DeviceStore& store, DeviceRecord& record, WallTime now) {
  record.shadow->deleted = true;
  record.shadow->reason.clear();
  record.shadow->content.clear();
  take_content(store, record, {}, now);
}

}  // namespace

bool forget_missing(DeviceStore& store, DeviceRecord record, WallTime now) {
  if (record.in_flight || !known_to_server(record)) return false;
  const bool shown = !record.content.empty();
  const bool edited = record.edit && record.edit->action == Action::upsert && !record.local_only;
  if (edited) {
    record.edit->base = {};
  } else {
    if (record.edit) forget_deleted(store, {record.type, record.id});
    if (record.edit && !record.local_only) forget_refused(store, {record.type, record.id});
    if (!withdraws(record)) record.edit.reset();
    // What is shown over a tombstone is a refused text, and nothing to anybody else.
    const bool was_there = record.shadow && !record.shadow->deleted;
    if (was_there && !record.local_only) show_nothing(store, record, now);
    if (record.content.empty()) note_gone(store, {record.type, record.id});
  }
  if (SS_ZOO(sweep_takes_local_records) && record.local_only) record.content.clear();
  if (SS_ZOO(sweep_queues_deletes) && !edited) record.edit = PendingEdit{.action = Action::remove};
  record.shadow.reset();
  store.put(record);
  store.note({.type = record.type,
              .id = record.id,
              .event = JournalEvent::resync,
              .at = now,
              .detail = edited ? "recreated" : "missing"});
  return shown && record.content.empty();
}

SweepPlan plan_sweep(DeviceStore& store, const std::function<bool(const RecordKey&)>& there) {
  SweepPlan plan;
  std::map<EntityType, Share> shares;
  RecordKey after;
  for (auto page = store.records(after, page_records); !page.empty();
       page = store.records(after, page_records)) {
    after = {page.back().type, page.back().id};
    for (const DeviceRecord& record : page) {
      if (record.in_flight || !known_to_server(record)) continue;
      const RecordKey key{record.type, record.id};
      const bool missing = !there(key);
      if (missing) {
        plan.missing.push_back(key);
      } else if (estranged(record)) {
        plan.estranged.push_back(key);
      }
      if (!live(record)) continue;
      Share& share = shares[record.type];
      ++share.live;
      if (missing && !record.edit) ++share.going;
    }
  }
  plan.asks = std::ranges::any_of(shares, [](const auto& entry) {
    return entry.first != EntityType::conflict && entry.second.asks();
  });
  return plan;
}

std::vector<RecordKey> sweep(DeviceStore& store, const SweepPlan& plan, WallTime now) {
  std::vector<RecordKey> changed;
  for (const RecordKey& key : plan.missing) {
    auto record = store.find(key.type, key.id);
    if (record && forget_missing(store, std::move(*record), now)) changed.push_back(key);
  }
  for (const RecordKey& key : plan.estranged) {
    auto record = store.find(key.type, key.id);
    if (!record || !record->edit) continue;
    record->edit
        ->base = {};  // every field counts as the user's: what others wrote becomes a conflict
    store.put(*record);
  }
  return changed;
}

}  // namespace studiosync
