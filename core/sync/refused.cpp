#include "core/sync/refused.hpp"

#include <algorithm>

#include "core/base/zoo.hpp"
#include "core/sync/local_edit.hpp"
#include "core/sync/originals.hpp"
#include "core/sync/rebase.hpp"

namespace studiosync {
namespace {

bool is_held(const RejectedChange& rejected) {
  return rejected.error.code == ErrorCode::mass_delete_held;
}

Result<RejectedChange> find(DeviceStore& store, ChangeId change) {
  for (RejectedChange& rejected : store.rejected()) {
    if (rejected.change.change == change) return std::move(rejected);
  }
  return fail(ErrorCode::not_found, "no rejected change with id " + to_string(change));
}

// The record, unless something newer decides about it. One that turned private since stays as it
// is: it must not leave the device, nor be lost.
std::optional<DeviceRecord> untouched(DeviceStore& store, const FrozenChange& change) {
  DeviceRecord record = store.find(change.type, change.id).value_or(DeviceRecord{});
  if (record.edit || record.in_flight || record.local_only) return std::nullopt;
  record.type = change.type;
  record.id = change.id;
  return record;
}

bool deleted_since(const DeviceRecord& record, const FrozenChange& change) {
  return record.shadow && record.shadow->last_change_of(any_field).version > change.base.version;
}

// Whether another text has taken the place of the refused one, which a delete had taken away: it
// was not written upon it, and the list has the only copy.
bool another_in_its_place(DeviceStore& store, const RejectedChange& rejected) {
  const FrozenChange& change = rejected.change;
  const auto record = store.find(change.type, change.id);
  if (!record || record->content.empty() || change.action == Action::remove) return false;
  if (!rejected.made_anew && !deleted_since(*record, change)) return false;
  const Fields now = outgoing(change.type, record->content);
  const Fields refused = fields_of(change.content);
  return std::ranges::any_of(change.changed, [&](const std::string& field) {
    return value_of(now, field) != value_of(refused, field);
  });
}

// The text is on the list only, where a delete of somebody else's has taken it from the record.
void bring_back(DeviceStore& store, DeviceRecord& record, const FrozenChange& change,
                WallTime now) {
  if (change.action == Action::remove || !record.content.empty()) return;
  take_content(store, record, change.content, now);
  record.redacted.clear();  // the server has nothing of it
}

}  // namespace

Result<> retry_refused(DeviceStore& store, ChangeId change_id, WallTime now) {
  SS_ASSIGN(const RejectedChange rejected, find(store, change_id));
  const FrozenChange& change = rejected.change;
  if (another_in_its_place(store, rejected)) {
    return fail(ErrorCode::version_conflict,
                "the record was deleted and made anew since; discard the refused change");
  }
  store.remove_rejected(change_id);
  auto record = untouched(store, change);
  if (!record) return {};
  if (!SS_ZOO(retry_sends_an_emptied_record)) bring_back(store, *record, change, now);
  PendingEdit edit{.action = change.action, .reason = change.reason};
  edit.base = base_at_rest(*record);
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
  SS_ASSIGN(const RejectedChange rejected, find(store, change));
  store.remove_rejected(change);
  if (auto record = untouched(store, rejected.change)) {
    show_server_version(store, *record, now);
    store.put(*record);
  }
  return {};
}

void note_made_anew(DeviceStore& store, const RecordKey& key) {
  for (RejectedChange& rejected : store.rejected_of(key.type, key.id)) {
    if (is_held(rejected)) {
      store.remove_rejected(rejected.change.change);
    } else if (!SS_ZOO(another_text_counts_as_mended)) {
      rejected.made_anew = true;
      store.add_rejected(rejected);
    }
  }
}

}  // namespace studiosync
