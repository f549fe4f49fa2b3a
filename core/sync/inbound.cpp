#include "core/sync/inbound.hpp"

#include "core/conflicts/hybrid_clock.hpp"
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
bool apply_row(DeviceStore& store, const Record& row) {
  DeviceRecord record = store.find(row.type, row.id).value_or(DeviceRecord{});
  if (record.local_only || !news(record, row)) return false;
  record.type = row.type;
  record.id = row.id;
  const std::string before = record.shadow ? record.shadow->content : std::string();
  const std::string shown = record.content;
  const bool unsynced = record.edit || record.in_flight;
  if (absorbing(row)) {
    record.edit.reset();
    record.content.clear();
  } else if (!unsynced) {
    record.content = row.deleted ? std::string() : rebase({shown, before, row.content}, {});
  }
  record.shadow = row;
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
    if (apply_row(store, row)) changed.push_back({row.type, row.id});
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
