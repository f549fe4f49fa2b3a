#include "core/sync/outbox.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include "core/base/check.hpp"
#include "core/base/limits.hpp"
#include "core/base/zoo.hpp"
#include "core/sanitizer/sanitize.hpp"
#include "core/sanitizer/validator/check_clean.hpp"
#include "core/sync/admission.hpp"
#include "core/sync/local_edit.hpp"
#include "core/sync/mass_delete.hpp"
#include "core/sync/rebase.hpp"
#include "core/sync/refused.hpp"

namespace studiosync {
namespace {

// Without the fields that were changed back, or that others changed to the same value meanwhile. A
// creation is whole: also of a record that others have deleted, and that is made anew as it was.
std::vector<std::string> sent_fields(const PendingEdit& edit, const DeviceRecord& record,
                                     const Fields& sent) {
  const std::vector<std::string>& changed = edit.changed;
  const bool live = record.shadow && !record.shadow->deleted;
  if (!live || edit.base == Rev{}) return join(changed, changed_keys({}, sent));
  const auto differs = changed_keys(Fields::from_content(record.shadow->content), sent);
  std::vector<std::string> kept;
  std::set_intersection(changed.begin(), changed.end(), differs.begin(), differs.end(),
                        std::back_inserter(kept));
  return kept;
}

FrozenChange frozen_from(const DeviceRecord& record, const PendingEdit& edit) {
  FrozenChange change;
  change.type = record.type;
  change.id = record.id;
  change.action = edit.action;
  change.reason = edit.reason;
  change.base = edit.base;
  change.stamp = edit.stamp;
  change.confirmed = edit.confirmed;
  if (edit.action == Action::upsert) {
    const Fields sent = outgoing(record.type, record.content);
    change.changed = sent_fields(edit, record, sent);
    change.content = sent.content();
  }
  return change;
}

Result<> check_leaks(const FrozenChange& change) {
  SS_TRY(admit_id(change.id, "$.id"));
  return check_clean(change.content);
}

// The last gate, whatever rules the edit was made under. What is refused here never gets a number
// in the stream. A delete says nothing that the server does not know.
bool refuse_leak(DeviceStore& store, DeviceRecord& record, const FrozenChange& change, WallTime now,
                 Random& random, Frozen& frozen) {
  if (change.action == Action::remove) return false;
  auto clean = check_leaks(change);
  if (clean || SS_ZOO(devices_do_not_sanitize)) return false;
  RejectedChange refused = refused_text(change, std::move(clean).error(), now);
  refused.change.change.bytes = uuid_v7(now.unix_ms, random);
  store.add_rejected(refused);
  take_what_others_wrote(store, record, refused.change, now);
  store.note({.type = change.type,
              .id = change.id,
              .event = JournalEvent::rejected,
              .at = now,
              .change = refused.change.change,
              .rev = change.base,
              .detail = std::string(to_string(refused.error.code))});
  record.edit.reset();
  store.put(record);
  frozen.refused.push_back(std::move(refused));
  return true;
}

// One batch on its way into the stream.
class Freezing {
 public:
  Freezing(DeviceStore& store, FreezeLimits limits, WallTime now, Random& random)
      : store_(store), limits_(limits), now_(now), random_(random) {}

  Frozen run() {
    const std::size_t waiting = store_.counts().frozen;
    const std::size_t room =
        waiting >= limits::unacknowledged_max ? 0 : limits::unacknowledged_max - waiting;
    const std::size_t changes_max = std::min(room, limits_.changes_max);
    const auto keys = store_.pending(changes_max + 1);
    if (keys.empty()) return {};
    meta_ = store_.meta();
    for (const RecordKey& key : keys) {
      frozen_.more = frozen_.changes.size() == changes_max || bytes_ >= limits_.bytes_max;
      if (frozen_.more) break;
      if (auto record = ready(key)) freeze_one(std::move(*record));
    }
    store_.set_meta(meta_);
    if (!frozen_.refused.empty()) frozen_.more = frozen_.more || keys.size() > changes_max;
    return std::move(frozen_);
  }

 private:
  // The record, if its edit may leave the device.
  std::optional<DeviceRecord> ready(const RecordKey& key) {
    auto record = store_.find(key.type, key.id);
    if (!record || !record->edit) return std::nullopt;
    if (counts_as_delete(*record->edit) && counted_.insert(key.type).second) {
      auto held = hold_mass_delete(store_, key.type, now_, random_);
      std::ranges::move(held, std::back_inserter(frozen_.refused));
      if (!held.empty()) return std::nullopt;
    }
    // Whatever queued it, a local record leaves as a withdrawal only.
    if (record->local_only && record->edit->action == Action::upsert) {
      record->edit.reset();
      store_.put(*record);
      return std::nullopt;
    }
    return record;
  }

  // The server has what the user wrote there, be it upon a refused text.
  void note_left_out(const PendingEdit& edit, const FrozenChange& change) {
    std::vector<std::string> left_out;
    std::ranges::set_difference(edit.changed, change.changed, std::back_inserter(left_out));
    const bool text = change.action == Action::upsert;
    if (text && !left_out.empty()) note_taken(store_, {change.type, change.id}, left_out);
  }

  void freeze_one(DeviceRecord record) {
    FrozenChange change = frozen_from(record, *record.edit);
    if (refuse_leak(store_, record, change, now_, random_, frozen_)) return;
    note_left_out(*record.edit, change);
    change.seq = meta_.last_frozen.next();
    change.change.bytes = uuid_v7(now_.unix_ms, random_);
    bytes_ += change.content.size();
    meta_.last_frozen = change.seq;
    meta_.last_frozen_id = change.change;
    record.in_flight = change.seq;
    record.edit.reset();
    store_.add_frozen(change);
    store_.put(record);
    store_.note({.type = change.type,
                 .id = change.id,
                 .event = JournalEvent::frozen,
                 .at = now_,
                 .device_seq = change.seq,
                 .change = change.change,
                 .rev = change.base,
                 .detail = change.action == Action::remove ? "delete" : "put"});
    frozen_.changes.push_back(std::move(change));
  }

  DeviceStore& store_;
  const FreezeLimits limits_;
  const WallTime now_;
  Random& random_;
  DeviceMeta meta_;
  Frozen frozen_;
  std::size_t bytes_ = 0;
  std::set<EntityType> counted_;  // whose deletes were looked at
};

}  // namespace

Frozen freeze(DeviceStore& store, FreezeLimits limits, WallTime now, Random& random) {
  return Freezing(store, limits, now, random).run();
}

PushChange to_push(const FrozenChange& frozen) {
  PushChange change;
  change.change = frozen.change;
  change.device_seq = frozen.seq;
  change.type = frozen.type;
  change.type_text = to_string(frozen.type);
  change.item_id = frozen.id;
  change.action = frozen.action;
  change.reason = frozen.reason;
  change.base = frozen.base;
  change.stamp = frozen.stamp;
  change.confirm_mass_delete = frozen.confirmed;
  if (frozen.action == Action::upsert) {
    // A creation is whole: nobody else's fields can be meant by leaving one out.
    if (frozen.base != Rev{}) change.changed_fields = frozen.changed;
    change.data = Json::raw(frozen.content);
  }
  return change;
}

void restart_stream(DeviceStore& store, ReplicaId replica) {
  std::vector<FrozenChange> changes = store.frozen({}, limits::unacknowledged_max);
  for (const FrozenChange& change : changes) store.remove_frozen(change.seq);
  DeviceMeta meta = store.meta();
  meta.replica = replica;
  meta.last_frozen = {};
  meta.last_frozen_id = {};
  meta.last_acked = {};
  meta.last_acked_id = {};
  for (FrozenChange& change : changes) {
    change.seq = meta.last_frozen.next();
    if (SS_ZOO(new_stream_new_changes)) change.change.bytes = hash128(to_string(change.change));
    meta.last_frozen = change.seq;
    meta.last_frozen_id = change.change;
    store.add_frozen(change);
    auto record = store.find(change.type, change.id);
    if (!record) continue;
    record->in_flight = change.seq;
    store.put(*record);
  }
  store.set_meta(meta);
}

}  // namespace studiosync
