#include "core/sync/refused.hpp"

#include <algorithm>

#include "core/base/zoo.hpp"
#include "core/conflicts/history.hpp"
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

DeviceRecord record_of(DeviceStore& store, const FrozenChange& change) {
  DeviceRecord record = store.find(change.type, change.id).value_or(DeviceRecord{});
  record.type = change.type;
  record.id = change.id;
  return record;
}

// Whether something newer decides about the record. One that turned private since stays as it is:
// it must not leave the device, nor be lost.
bool decided(const DeviceRecord& record) {
  return record.edit || record.in_flight || record.local_only;
}

// A new life dates every field; the absent ones alone are dated anew where removed fields are
// folded.
bool deleted_since(const DeviceRecord& record, const FrozenChange& change) {
  if (!record.shadow) return false;
  const auto since = [&](const FieldVersion& last) { return last.version > change.base.version; };
  return since(record.shadow->last_change_of(any_field)) &&
         std::ranges::all_of(History(*record.shadow).last_changes(), since);
}

bool is_of_another_life(const DeviceRecord& record, const RejectedChange& rejected) {
  return rejected.made_anew || deleted_since(record, rejected.change);
}

// Whether a delete of the record is on the list, too: it is hidden, and what others write to it.
bool hidden_by_a_delete(DeviceStore& store, const FrozenChange& change) {
  const auto all = store.rejected_of(change.type, change.id);
  return change.action == Action::upsert &&
         std::ranges::any_of(all, [](const RejectedChange& other) {
           return other.change.action == Action::remove;
         });
}

// The fields of a refused text in whose place the record, made anew or by others, has another one.
std::vector<std::string> replaced_fields(DeviceStore& store, const DeviceRecord& record,
                                         const RejectedChange& rejected) {
  const FrozenChange& change = rejected.change;
  if (record.content.empty() || change.action == Action::remove) return {};
  const bool anew = is_of_another_life(record, rejected);
  const DeviceMeta own = store.meta();
  const Fields now = outgoing(change.type, record.content);
  const Fields refused = fields_of(change.content);
  std::vector<std::string> replaced = change.changed;
  std::erase_if(replaced, [&](const std::string& field) {
    return value_of(now, field) == value_of(refused, field) ||
           !(anew || written_by_others(record, change, field, own));
  });
  return replaced;
}

// Whether another text has taken the place of the refused one, be it that a delete had taken that
// away: it was not written upon it, and the list has the only copy.
bool another_in_its_place(DeviceStore& store, const DeviceRecord& record,
                          const RejectedChange& rejected) {
  return !replaced_fields(store, record, rejected).empty();
}

// The last of the refused texts that were written upon this one: it has its fields, too.
FrozenChange last_upon(DeviceStore& store, const RejectedChange& rejected) {
  FrozenChange last = rejected.change;
  if (rejected.made_anew) return last;
  bool later = false;
  for (RejectedChange& other : store.rejected_of(last.type, last.id)) {
    const bool upon = later && !other.made_anew && !is_held(other) &&
                      std::ranges::includes(other.change.changed, last.changed);
    later = later || other.change.change == rejected.change.change;
    if (upon) last = std::move(other.change);
  }
  return last;
}

// The text is on the list only, where a delete of somebody else's has taken it from the record.
void bring_back(DeviceStore& store, DeviceRecord& record, const RejectedChange& rejected,
                WallTime now) {
  if (rejected.change.action == Action::remove || !record.content.empty()) return;
  take_content(store, record, last_upon(store, rejected).content, now);
  record.redacted.clear();  // the server has nothing of it
  note_made_anew(store, {record.type, record.id});
}

// The refused texts that the record shows, with the fields that it shows of them, oldest first:
// each was written upon the one before.
std::vector<FrozenChange> shown_texts(DeviceStore& store, const DeviceRecord& record) {
  std::vector<FrozenChange> texts;
  if (record.content.empty()) return texts;
  for (RejectedChange& rejected : store.rejected_of(record.type, record.id)) {
    if (is_held(rejected)) continue;
    const auto replaced = replaced_fields(store, record, rejected);
    if (!replaced.empty() && is_of_another_life(record, rejected)) continue;
    std::erase_if(rejected.change.changed, [&](const std::string& field) {
      return std::ranges::count(replaced, field) != 0;
    });
    texts.push_back(std::move(rejected.change));
  }
  return texts;
}

void show(DeviceStore& store, DeviceRecord& record, const std::vector<FrozenChange>& texts,
          WallTime now) {
  for (const FrozenChange& text : texts) {
    take_content(store, record, with_fields(record.content, text.changed, text.content), now);
  }
}

// What goes out once more of a record as it is now: the user's edits upon a refused one may have
// been refused, too.
std::vector<std::string> fields_to_send(DeviceStore& store, const DeviceRecord& record,
                                        const FrozenChange& change) {
  if (change.action == Action::remove) return {};
  std::vector<std::string> fields = change.changed;
  for (const FrozenChange& other : shown_texts(store, record)) fields = join(fields, other.changed);
  return fields;
}

// Of all that goes out: the newest text must not lose to one that is older.
Stamp newest_stamp(DeviceStore& store, const DeviceRecord& record, const FrozenChange& change) {
  Stamp newest = change.stamp;
  if (change.action == Action::remove) return newest;
  for (const FrozenChange& other : shown_texts(store, record)) {
    newest = std::max(newest, other.stamp);
  }
  return newest;
}

// Whether the server lacks any of it.
bool is_news(const DeviceRecord& record, const std::vector<std::string>& changed) {
  if (!record.shadow || record.shadow->deleted) return true;
  const Fields sent = outgoing(record.type, record.content);
  const Fields stored = fields_of(record.shadow->content);
  return std::ranges::any_of(changed, [&](const std::string& field) {
    return value_of(sent, field) != value_of(stored, field);
  });
}

}  // namespace

bool written_by_others(const DeviceRecord& record, const FrozenChange& change,
                       const std::string& field, const DeviceMeta& meta) {
  if (!record.shadow) return false;
  const FieldVersion last = record.shadow->last_change_of(field);
  // A clone writes under this replica, too: beyond what this device has sent.
  const bool own =
      last.origin.replica == meta.replica && last.origin.device_seq <= meta.last_frozen;
  return last.version > change.base.version && !own;
}

Result<> retry_refused(DeviceStore& store, ChangeId change_id, WallTime now) {
  SS_ASSIGN(const RejectedChange rejected, find(store, change_id));
  const FrozenChange& change = rejected.change;
  DeviceRecord record = record_of(store, change);
  if (change.action == Action::upsert && is_being_deleted(store, record)) {
    return fail(ErrorCode::version_conflict,
                "the record is being deleted; try again when the server has answered");
  }
  if (hidden_by_a_delete(store, change)) {
    return fail(ErrorCode::version_conflict,
                "the record's delete waits for a decision, too: decide about that first");
  }
  if (another_in_its_place(store, record, rejected)) {
    return fail(ErrorCode::version_conflict,
                "the record has another text by now; discard the refused change");
  }
  const bool newer = decided(record);
  if (!newer && !SS_ZOO(retry_sends_an_emptied_record)) bring_back(store, record, rejected, now);
  store.remove_rejected(change_id);
  if (newer) return {};
  PendingEdit edit{.action = change.action, .reason = change.reason};
  // A delete is confirmed or tried again as it was made: the record has not been shown since, and
  // what others wrote was not seen.
  edit.base = change.action == Action::remove ? change.base : base_at_rest(record);
  edit.changed = fields_to_send(store, record, change);
  if (change.action == Action::upsert && !is_news(record, edit.changed)) {
    store.put(record);
    return {};
  }
  edit.stamp = newest_stamp(store, record, change);
  edit.queued = now;
  edit.confirmed = is_held(rejected);
  record.edit = std::move(edit);
  if (change.action == Action::remove) {
    put_aside_deleted(store, record, now);
    record.content.clear();
    record.redacted.clear();
  }
  store.note({.type = change.type,
              .id = change.id,
              .event = JournalEvent::edited,
              .at = now,
              .rev = record.edit->base,
              .detail = "retry"});
  store.put(record);
  return {};
}

Result<> discard_refused(DeviceStore& store, ChangeId change, WallTime now) {
  SS_ASSIGN(const RejectedChange rejected, find(store, change));
  store.remove_rejected(change);
  DeviceRecord record = record_of(store, rejected.change);
  if (decided(record) || hidden_by_a_delete(store, rejected.change)) return {};
  const auto others = shown_texts(store, record);
  show_server_version(store, record, now);
  show(store, record, others, now);
  if (rejected.change.action == Action::remove) show_refused(store, record, now);
  store.put(record);
  return {};
}

bool is_being_deleted(DeviceStore& store, const DeviceRecord& record) {
  if (record.edit) return record.edit->action == Action::remove;
  const auto sent = record.in_flight ? store.find_frozen(*record.in_flight) : std::nullopt;
  return sent && sent->action == Action::remove;
}

void show_refused(DeviceStore& store, DeviceRecord& record, WallTime now) {
  show(store, record, shown_texts(store, record), now);
}

std::optional<Rev> note_edited(DeviceStore& store, const DeviceRecord& record) {
  std::optional<Rev> deleted;
  for (RejectedChange& rejected : store.rejected_of(record.type, record.id)) {
    if (rejected.change.action == Action::remove) {
      deleted = rejected.change.base;
      store.remove_rejected(rejected.change.change);
      continue;
    }
    if (rejected.made_anew || !another_in_its_place(store, record, rejected)) continue;
    rejected.made_anew = true;
    store.add_rejected(rejected);
  }
  return deleted;
}

void forget_refused(DeviceStore& store, const RecordKey& key) {
  for (const RejectedChange& rejected : store.rejected_of(key.type, key.id)) {
    const bool shown = rejected.change.action == Action::upsert && !rejected.made_anew;
    if (shown) store.remove_rejected(rejected.change.change);
  }
}

void note_made_anew(DeviceStore& store, const RecordKey& key) {
  if (SS_ZOO(another_text_counts_as_mended)) return;
  for (RejectedChange& rejected : store.rejected_of(key.type, key.id)) {
    if (is_held(rejected)) continue;
    rejected.made_anew = true;
    store.add_rejected(rejected);
  }
}

}  // namespace studiosync
