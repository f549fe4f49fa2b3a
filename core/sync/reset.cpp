#include "core/sync/reset.hpp"

#include <cstdint>
#include <limits>

#include "core/base/limits.hpp"
#include "core/sync/pull.hpp"
#include "core/sync/server_delete.hpp"

namespace studiosync {
namespace {

void delete_records(UserTxn& log, WallTime now) {
  const Seq end = log.state().head;  // tombstones are written behind it
  for (Seq after; after < end;) {
    const auto page = log.page(after, {limits::page_rows_max, limits::page_bytes_max});
    if (page.empty()) return;
    for (const Record& record : page) {
      if (record.seq > end) return;
      after = record.seq;
      if (record.deleted) continue;
      Record tombstone = deleted_by_server(record, {}, now);
      log.put(tombstone);
    }
  }
}

void forget_conflicts(UserTxn& log) {
  for (const std::string& id : log.conflict_ids(true)) log.conflict_forgotten(id);
  log.drop_archive(CommitTime{std::numeric_limits<std::int64_t>::max()}, SIZE_MAX);
}

}  // namespace

Cursor apply_reset(UserTxn& log, WallTime now) {
  log.begin_generation();
  delete_records(log, now);
  forget_conflicts(log);
  return head_cursor(log);
}

}  // namespace studiosync
