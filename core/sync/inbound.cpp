#include "core/sync/inbound.hpp"

#include <algorithm>

#include "core/base/zoo.hpp"
#include "core/conflicts/history.hpp"
#include "core/conflicts/hybrid_clock.hpp"
#include "core/sync/originals.hpp"
#include "core/sync/rebase.hpp"
#include "core/sync/refused.hpp"

namespace studiosync {
namespace {

// Which rows replace a shadow.
enum class Take : std::uint8_t { newer, all };

// Somebody made the record private, or it expired: that is final, whatever is unsynced here.
bool absorbing(const Record& row) {
  return row.deleted && (!row.reason.empty() || SS_ZOO(delete_drops_unsynced_edits));
}

// The version that the device has. Its place in the log may be new all the same: the device knows
// no exact one of its own changes, nor of what it gave back to a restored server.
bool same_version(const DeviceRecord& record, const Record& row) {
  return record.shadow && record.shadow->rev == row.rev && record.shadow->deleted == row.deleted &&
         record.shadow->content == row.content;
}

void note_place(DeviceStore& store, DeviceRecord& record, const Record& row) {
  if (record.shadow == row) return;
  record.shadow = row;
  store.put(record);
}

// Whether a row can have come out of the version that the device knows: each field is as it was
// there, or was changed later. One that was made anew, after its tombstone was collected or in
// another history, may have the same numbers for other content.
bool descends_from(const Record& known, const Record& row) {
  if (row.rev.version < known.rev.version) return false;
  const History after(row);
  const auto differing = changed_keys(fields_of(known.content), after.fields());
  return std::ranges::all_of(differing, [&](const std::string& field) {
    return after.last_change(field).version > known.rev.version;
  });
}

void note_row(DeviceStore& store, const Record& row, JournalEvent event, std::string_view detail,
              WallTime now) {
  store.note({.type = row.type,
              .id = row.id,
              .event = event,
              .at = now,
              .rev = row.rev,
              .seq = row.seq,
              .detail = std::string(detail)});
}

// Of a row that was taken. What arrives for the first time is told by the shadow itself, so that a
// first sync writes nothing more.
void journal_taken(DeviceStore& store, const Record& row, Take take, bool unsynced, WallTime now) {
  const std::string_view what = absorbing(row) ? std::string_view(row.reason)
                                : row.deleted  ? "delete"
                                               : "put";
  if (unsynced) return note_row(store, row, JournalEvent::merged, what, now);
  note_row(store, row, take == Take::all ? JournalEvent::resync : JournalEvent::applied, what, now);
}

// The record hides what the server has under its id, until the user deletes it.
void hide_row(DeviceStore& store, DeviceRecord& record, const Record& row, WallTime now) {
  record.shadow = row;
  if (absorbing(row)) record.edit.reset();
  store.put(record);
  note_row(store, row, JournalEvent::skipped, "local_only", now);
}

// Whether a field was written after what is known of it, under a number that counts as seen: the
// known version is of a history that was lost.
bool written_later(const Record& known, const Record& row) {
  const History before(known);
  const History after(row);
  const auto differing = changed_keys(before.fields(), after.fields());
  return std::ranges::any_of(differing, [&](const std::string& field) {
    const FieldVersion change = after.last_change(field);
    return change.version <= known.rev.version &&
           change.origin.stamp > before.last_change(field).origin.stamp;
  });
}

// What is unsynced was not written upon the server's version: what others wrote becomes a conflict.
// Every field of an edit counts as the user's then. A change that is on its way names its own, and
// has seen what was there before the version that it replaced.
void estrange(DeviceStore& store, DeviceRecord& record, const Record& row) {
  if (record.edit) record.edit->base = {};
  if (!record.in_flight || !written_later(*record.shadow, row)) return;
  auto frozen = store.find_frozen(*record.in_flight);
  if (!frozen) return;
  store.remove_frozen(frozen->seq);
  frozen->base.version = {};
  store.add_frozen(*frozen);
}

// What the user sees of a record without unsynced edits: the server's version, with what it has
// redacted, and what was refused where others have not written since.
void show_row(DeviceStore& store, DeviceRecord& record, const std::optional<Record>& before,
              WallTime now) {
  const Record& row = *record.shadow;
  const auto theirs = note_others(store, record, before);
  if (row.deleted) {
    note_gone(store, {record.type, record.id});
    return take_content(store, record, {}, now);
  }
  if (record.content.empty() || !is_live(before)) {
    take_content(store, record, row.content, now);
    return show_refused(store, record, now);
  }
  const auto refused = shown_fields(store, {record.type, record.id});
  const std::string rebased = rebase({record.content, before->content, row.content}, refused);
  take_content(store, record, with_fields(rebased, theirs, row.content), now);
}

bool take_row(DeviceStore& store, DeviceRecord& record, const Record& row, Take take,
              WallTime now) {
  // Most rows of a first sync, and what no user writes.
  const bool nothing_to_keep =
      SS_ZOO(pull_overwrites_edits) || row.type == EntityType::conflict ||
      (!record.shadow && record.content.empty() && store.rejected_of(row.type, row.id).empty());
  const std::optional<Record> before = record.shadow;
  const std::string shown = record.content;
  const bool unsynced = !SS_ZOO(pull_overwrites_edits) && (record.edit || record.in_flight);
  const bool estranged = unsynced && record.shadow && !descends_from(*record.shadow, row);
  if (estranged && !SS_ZOO(epochs_are_not_compared)) estrange(store, record, row);
  record.shadow = row;
  if (absorbing(row)) {
    const bool deleting = record.edit && record.edit->action == Action::remove;
    if (deleting) forget_refused(store, {record.type, record.id});
    record.edit.reset();
    if (!record.in_flight) forget_deleted(store, {record.type, record.id});
  }
  if (unsynced && !absorbing(row)) {
    note_others(store, record, before);
    unmark_moved(store, record, before ? before->content : std::string_view(), now);
  } else if (nothing_to_keep) {
    record.content = row.content;
  } else {
    show_row(store, record, before, now);
  }
  store.put(record);
  if (unsynced || !nothing_to_keep)
    journal_taken(store, row, take, unsynced && !absorbing(row), now);
  return record.content != shown;
}

// Returns whether what the user sees changed.
bool apply_row(DeviceStore& store, const Record& row, Take take, WallTime now) {
  DeviceRecord record = store.find(row.type, row.id).value_or(DeviceRecord{});
  if (same_version(record, row)) {
    note_place(store, record, row);
    return false;
  }
  if (SS_ZOO(every_second_row_fails) && row.seq.value % 2 == 1) return false;
  if (take == Take::newer && !supersedes(row, record.shadow)) {
    note_row(store, row, JournalEvent::skipped, "older", now);
    return false;
  }
  record.type = row.type;
  record.id = row.id;
  if (!record.local_only) return take_row(store, record, row, take, now);
  hide_row(store, record, row, now);
  return false;
}

std::vector<RecordKey> take_rows(DeviceStore& store, const std::vector<Record>& rows, Take take,
                                 WallTime now) {
  std::vector<RecordKey> changed;
  if (rows.empty()) return changed;
  if (SS_ZOO(places_of_a_lost_history_stay)) take = Take::newer;
  DeviceMeta meta = store.meta();
  HybridClock clock(meta.clock);
  // One that is not new is most likely followed by others: then looking first costs less.
  bool all_new = take == Take::newer && !SS_ZOO(every_second_row_fails);
  for (const Record& row : rows) {
    all_new = all_new && store.add(row);
    const bool shown = all_new ? !row.content.empty() : apply_row(store, row, take, now);
    if (shown) changed.push_back({row.type, row.id});
    clock.observe(row.origin.stamp, now);
  }
  meta.clock = clock.last();
  store.set_meta(meta);
  return changed;
}

}  // namespace

std::vector<RecordKey> apply_rows(DeviceStore& store, const std::vector<Record>& rows,
                                  WallTime now) {
  return take_rows(store, rows, Take::newer, now);
}

std::vector<RecordKey> adopt_rows(DeviceStore& store, const std::vector<Record>& rows,
                                  WallTime now) {
  return take_rows(store, rows, Take::all, now);
}

bool is_live(const std::optional<Record>& record) noexcept {
  return record && !record->deleted;
}

bool supersedes(const Record& row, const std::optional<Record>& shadow) noexcept {
  if (!shadow) return true;
  if (shadow->seq && row.seq) return shadow->seq < row.seq;
  return shadow->rev.version < row.rev.version;
}

FrameFit fit(const Cursor& cursor, const Cursor& from, const Cursor& to) noexcept {
  if (cursor.generation != to.generation && cursor.seq) return FrameFit::gap;
  if (from.seq == cursor.seq) return to.seq == from.seq ? FrameFit::old : FrameFit::next;
  if (SS_ZOO(gaps_are_skipped) && cursor.seq < from.seq) return FrameFit::next;
  if (to.seq <= cursor.seq && !SS_ZOO(old_frames_move_the_cursor)) return FrameFit::old;
  return from.seq < cursor.seq ? FrameFit::overlap : FrameFit::gap;
}

}  // namespace studiosync
