#include "core/sync/inbound.hpp"

#include "core/conflicts/hybrid_clock.hpp"
#include "core/sync/originals.hpp"
#include "core/sync/rebase.hpp"

namespace studiosync {
namespace {

bool news(const DeviceRecord& record, const Record& row) {
  if (!record.shadow) return true;
  return record.shadow->rev.epoch != row.rev.epoch
             ? record.shadow->seq < row.seq || record.shadow->rev.version < row.rev.version
             : record.shadow->rev.version < row.rev.version;
}

// Somebody made the record private, or it expired: that is final, whatever is unsynced here.
bool absorbing(const Record& row) {
  return row.deleted && !row.reason.empty();
}

// Returns whether what the user sees changed.
bool apply_row(DeviceStore& store, const Record& row, WallTime now) {
  DeviceRecord record = store.find(row.type, row.id).value_or(DeviceRecord{});
  if (record.local_only || !news(record, row)) return false;
  record.type = row.type;
  record.id = row.id;
  // Most rows of a first sync, and what no user writes.
  const bool nothing_to_keep =
      row.type == EntityType::conflict || (!record.shadow && record.content.empty());
  const std::string before = record.shadow ? record.shadow->content : std::string();
  const std::string shown = record.content;
  const bool unsynced = record.edit || record.in_flight;
  record.shadow = row;
  if (absorbing(row)) record.edit.reset();
  if (unsynced && !absorbing(row)) {
    unmark_moved(store, record, before, now);
  } else if (nothing_to_keep) {
    record.content = row.content;
  } else {
    std::string content = row.deleted ? "" : rebase({shown, before, row.content}, {});
    take_content(store, record, std::move(content), now);
  }
  store.put(record);
  return record.content != shown;
}

}  // namespace

std::vector<RecordKey> apply_rows(DeviceStore& store, const std::vector<Record>& rows,
                                  WallTime now) {
  std::vector<RecordKey> changed;
  if (rows.empty()) return changed;
  DeviceMeta meta = store.meta();
  HybridClock clock(meta.clock);
  for (const Record& row : rows) {
    if (apply_row(store, row, now)) changed.push_back({row.type, row.id});
    clock.observe(row.origin.stamp, now);
  }
  meta.clock = clock.last();
  store.set_meta(meta);
  return changed;
}

FrameFit fit(const Cursor& cursor, const Cursor& from, const Cursor& to) noexcept {
  if (cursor.generation != to.generation && cursor.seq) return FrameFit::gap;
  if (from.seq == cursor.seq) return to.seq == from.seq ? FrameFit::old : FrameFit::next;
  if (to.seq <= cursor.seq) return FrameFit::old;
  return from.seq < cursor.seq ? FrameFit::overlap : FrameFit::gap;
}

}  // namespace studiosync
