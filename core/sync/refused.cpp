#include "core/sync/refused.hpp"

#include <algorithm>

#include "core/base/zoo.hpp"
#include "core/conflicts/history.hpp"
#include "core/sync/inbound.hpp"
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

// Whether a delete of the record is on the list, too: what others write to it may be hidden.
bool hidden_by_a_delete(DeviceStore& store, const FrozenChange& change) {
  const auto all = store.rejected_of(change.type, change.id);
  return change.action == Action::upsert &&
         std::ranges::any_of(all, [](const RejectedChange& other) {
           return other.change.action == Action::remove;
         });
}

// Of every refused text of a record: what `edit` makes of it, where that says that it changed it.
template <class Edit>
void change_texts(DeviceStore& store, const RecordKey& key, const Edit& edit) {
  for (RejectedChange& rejected : store.rejected_of(key.type, key.id)) {
    const bool text = rejected.change.action == Action::upsert;
    if (text && edit(rejected)) store.add_rejected(rejected);
  }
}

bool names(const std::vector<std::string>& sorted, const std::string& field) {
  return std::ranges::binary_search(sorted, field);
}

// Whether a field is as a change of this device has it that waits for its answer. A clone writes
// under its replica, too, with the same numbers.
bool is_on_its_way(DeviceStore& store, const DeviceMeta& own, const Record& row,
                   const std::string& field) {
  const Origin last = row.last_change_of(field).origin;
  if (last.replica != own.replica) return false;
  const auto sent = store.find_frozen(last.device_seq);
  return sent && sent->type == row.type && sent->id == row.id &&
         value_of(fields_of(sent->content), field) == value_of(fields_of(row.content), field);
}

// Whether a change of the record with this number was refused: it has written nothing.
bool was_refused(DeviceStore& store, const RecordKey& key, DeviceSeq number) {
  return std::ranges::any_of(
      store.rejected_of(key.type, key.id),
      [&](const RejectedChange& rejected) { return rejected.change.seq == number; });
}

// Whether a field is as this device wrote it.
bool wrote(DeviceStore& store, const DeviceMeta& own, const Record& row, const std::string& field) {
  const Origin last = row.last_change_of(field).origin;
  if (last.replica != own.replica) return false;
  if (last.device_seq > own.last_acked) return is_on_its_way(store, own, row, field);
  return !was_refused(store, {row.type, row.id}, last.device_seq);
}

// Whether there is another record under the id. Of one whose delete lost all fields are dated anew,
// too, and are still those that their authors wrote.
bool made_anew_since(const History& before, const History& now) {
  const FieldVersion all = now.last_change(any_field);
  if (all.version <= before.record().rev.version || all.origin.replica.nil()) return false;
  return std::ranges::none_of(now.fields(), [&](const auto& entry) {
    return now.last_change(entry.first).origin == before.last_change(entry.first).origin;
  });
}

// Which of some fields were written between two versions of a record. That may have left a value as
// it was: what was changed and changed back is somebody's edit all the same. One that had no value
// may have got one and lost it, where that was folded: nothing tells.
std::vector<std::string> written_between(const Record& before, const Record& after,
                                         std::vector<std::string> fields) {
  const History known(before);
  const History now(after);
  if (made_anew_since(known, now)) return fields;  // what it lacks was left out
  std::erase_if(fields, [&](const std::string& field) {
    const std::string_view old = value_of(known.fields(), field);
    if (value_of(now.fields(), field) != old) return false;
    const bool folded =
        old.empty() && std::ranges::find(after.field_versions, field, &FieldVersion::field) ==
                           after.field_versions.end();
    return folded || now.last_change(field).origin == known.last_change(field).origin;
  });
  return fields;
}

// What the record shows beside the refused texts, and the server has not: after a restore that went
// to a copy, and what stands there instead can be older than the change's base.
std::vector<std::string> without_an_author_here(DeviceStore& store, const DeviceRecord& record,
                                                const FrozenChange& change) {
  if (record.local_only || record.content.empty()) return {};
  auto fields =
      changed_keys(outgoing(record.type, record.content), fields_of(record.shadow->content));
  const auto texts = join(change.changed, shown_fields(store, {record.type, record.id}));
  std::erase_if(fields, [&](const std::string& field) {
    return names(texts, field) || names(record.redacted, field);
  });
  return fields;
}

// Whether another text has taken the refused one's place, so that the list has the only copy: the
// record's was not written upon it.
bool another_in_its_place(const DeviceRecord& record, const RejectedChange& rejected) {
  const FrozenChange& change = rejected.change;
  if (record.content.empty() || change.action == Action::remove) return false;
  const Fields now = outgoing(change.type, record.content);
  const Fields refused = fields_of(change.content);
  return std::ranges::any_of(rejected.replaced, [&](const std::string& field) {
    return value_of(now, field) != value_of(refused, field);
  });
}

// Whether the server has taken another text of the user's for each of its fields.
bool has_nothing_left(const RejectedChange& rejected) {
  return rejected.shown.empty() && rejected.replaced.empty() && !rejected.change.changed.empty();
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
void bring_back(DeviceStore& store, DeviceRecord& record, RejectedChange& rejected, WallTime now) {
  if (rejected.change.action == Action::remove || !record.content.empty()) return;
  const FrozenChange last = last_upon(store, rejected);
  take_content(store, record, last.content, now);
  record.redacted.clear();  // the server has nothing of it
  note_made_anew(store, {record.type, record.id});
  rejected.shown = join(rejected.change.changed, last.changed);
  // By its own time the first text may be known to the server already; not so what was written
  // upon.
  rejected.change.stamp = std::max(rejected.change.stamp, last.stamp);
}

// What goes out once more of a record as it is now: the user's edits upon a refused one may have
// been refused, too.
std::vector<std::string> fields_to_send(DeviceStore& store, const RejectedChange& rejected) {
  const FrozenChange& change = rejected.change;
  if (change.action == Action::remove) return {};
  // What was replaced is in the record again, or it would not go out.
  const auto own = join(rejected.shown, rejected.replaced);
  return join(own, shown_fields(store, {change.type, change.id}));
}

// Of all that goes out: the newest text must not lose to one that is older.
Stamp newest_stamp(DeviceStore& store, const FrozenChange& change) {
  Stamp newest = change.stamp;
  if (change.action == Action::remove) return newest;
  for (const RejectedChange& other : store.rejected_of(change.type, change.id)) {
    if (!other.shown.empty()) newest = std::max(newest, other.change.stamp);
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

Result<> retry_refused(DeviceStore& store, ChangeId change_id, WallTime now) {
  SS_ASSIGN(RejectedChange rejected, find(store, change_id));
  const FrozenChange& change = rejected.change;
  DeviceRecord record = record_of(store, change);
  const bool newer = decided(record);
  if (newer && change.action == Action::upsert && record.content.empty()) {
    return fail(ErrorCode::version_conflict,
                "the record is being deleted; try again when the server has answered");
  }
  if (hidden_by_a_delete(store, change)) {
    return fail(ErrorCode::version_conflict,
                "the record's delete waits for a decision, too: decide about that first");
  }
  if (another_in_its_place(record, rejected)) {
    return fail(ErrorCode::version_conflict,
                "the record has another text by now; discard the refused change");
  }
  if (newer || has_nothing_left(rejected)) {
    store.remove_rejected(change_id);
    return {};
  }
  if (!SS_ZOO(retry_sends_an_emptied_record)) bring_back(store, record, rejected, now);
  store.remove_rejected(change_id);
  PendingEdit edit{.action = change.action, .reason = change.reason};
  // A delete is confirmed or tried again as it was made: the record has not been shown since, and
  // what others wrote was not seen.
  edit.base = change.action == Action::remove ? change.base : base_at_rest(record);
  edit.changed = fields_to_send(store, rejected);
  if (change.action == Action::upsert && !is_news(record, edit.changed)) {
    store.put(record);
    return {};
  }
  edit.stamp = newest_stamp(store, change);
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
  const bool deletes = rejected.change.action == Action::remove;
  if (deletes && !is_live(record.shadow)) note_gone(store, {record.type, record.id});
  show_server_version(store, record, now);
  show_refused(store, record, now);
  store.put(record);
  return {};
}

std::vector<std::string> written_since(DeviceStore& store, const DeviceRecord& record,
                                       const FrozenChange& change) {
  if (!is_live(record.shadow)) return {};
  const Fields stored = fields_of(record.shadow->content);
  auto written = join(change.changed, changed_keys(fields_of(record.content), stored));
  std::erase_if(written, [&, own = store.meta()](const std::string& field) {
    return record.shadow->last_change_of(field).version <= change.base.version ||
           wrote(store, own, *record.shadow, field);
  });
  return join(written, without_an_author_here(store, record, change));
}

RejectedChange refused_text(FrozenChange change, Error error, WallTime now) {
  RejectedChange rejected{.change = std::move(change), .error = std::move(error), .at = now};
  rejected.shown = rejected.change.changed;
  return rejected;
}

std::vector<std::string> shown_fields(DeviceStore& store, const RecordKey& key) {
  std::vector<std::string> shown;
  for (const RejectedChange& rejected : store.rejected_of(key.type, key.id)) {
    shown = join(shown, rejected.shown);
  }
  return shown;
}

void show_refused(DeviceStore& store, DeviceRecord& record, WallTime now) {
  for (const RejectedChange& rejected : store.rejected_of(record.type, record.id)) {
    if (rejected.shown.empty()) continue;
    const std::string& text = rejected.change.content;
    take_content(store, record, with_fields(record.content, rejected.shown, text), now);
  }
}

void note_written(DeviceStore& store, const RecordKey& key,
                  const std::vector<std::string>& fields) {
  change_texts(store, key, [&](RejectedChange& text) {
    std::vector<std::string> gone = text.shown;
    std::erase_if(gone, [&](const std::string& field) { return !names(fields, field); });
    std::erase_if(text.shown, [&](const std::string& field) { return names(gone, field); });
    text.replaced = join(text.replaced, gone);
    return !gone.empty();
  });
}

std::vector<std::string> note_others(DeviceStore& store, const DeviceRecord& record,
                                     const std::optional<Record>& before) {
  const RecordKey key{record.type, record.id};
  std::vector<std::string> shown = shown_fields(store, key);
  if (shown.empty() || !is_live(record.shadow) || SS_ZOO(refused_texts_stay_shown)) return {};
  // A refused text that is shown in the place of a deleted record is no part of a new one.
  // What it wrote itself and was answered is in the version before.
  const bool known = is_live(before);
  if (known) shown = written_between(*before, *record.shadow, std::move(shown));
  std::erase_if(shown, [&, own = store.meta()](const std::string& field) {
    return known ? is_on_its_way(store, own, *record.shadow, field)
                 : wrote(store, own, *record.shadow, field);
  });
  note_written(store, key, shown);
  return shown;
}

void note_gone(DeviceStore& store, const RecordKey& key) {
  note_written(store, key, shown_fields(store, key));
}

void note_taken(DeviceStore& store, const RecordKey& key, const std::vector<std::string>& fields) {
  change_texts(store, key, [&](RejectedChange& text) {
    return std::erase_if(text.shown,
                         [&](const std::string& field) { return names(fields, field); }) != 0;
  });
}

std::optional<Rev> note_edited(DeviceStore& store, const DeviceRecord& record) {
  std::optional<Rev> deleted;
  for (const RejectedChange& rejected : store.rejected_of(record.type, record.id)) {
    if (rejected.change.action != Action::remove) continue;
    deleted = rejected.change.base;
    store.remove_rejected(rejected.change.change);
  }
  change_texts(store, {record.type, record.id}, [&](RejectedChange& text) {
    const bool beside = !text.made_anew && another_in_its_place(record, text);
    text.made_anew = text.made_anew || beside;
    return beside;
  });
  return deleted;
}

void take_what_others_wrote(DeviceStore& store, DeviceRecord& record, const FrozenChange& change,
                            WallTime now) {
  const auto theirs = written_since(store, record, change);
  note_written(store, {record.type, record.id}, theirs);
  if (record.local_only || record.content.empty() || theirs.empty()) return;
  take_content(store, record, with_fields(record.content, theirs, record.shadow->content), now);
}

void forget_refused(DeviceStore& store, const RecordKey& key) {
  change_texts(store, key, [&](RejectedChange& text) {
    text.shown.clear();
    if (!text.replaced.empty()) return true;
    store.remove_rejected(text.change.change);
    return false;
  });
}

void note_made_anew(DeviceStore& store, const RecordKey& key) {
  if (SS_ZOO(another_text_counts_as_mended)) return;
  change_texts(store, key, [](RejectedChange& text) {
    text.made_anew = true;
    text.replaced = join(text.replaced, text.shown);
    text.shown.clear();
    return true;
  });
}

}  // namespace studiosync
