#include "core/sync/pull.hpp"

#include <algorithm>

#include "core/base/answer_limits.hpp"
#include "core/base/zoo.hpp"
#include "core/conflicts/row_bytes.hpp"
#include "core/protocol/codec.hpp"
#include "core/sync/digest.hpp"

namespace studiosync {
namespace {

// At the head there is always a row, unless it was a tombstone that has been collected.
bool rows_behind(UserReader& log, const UserState& state, Seq last) {
  if (last >= state.head) return false;
  return state.floor < state.head || !log.page(last, {1, 1}).empty();
}

Changes page_after(UserReader& log, const UserState& state, Seq after, std::uint32_t limit) {
  const Epochs epochs = log.epochs();
  const std::size_t rows_max =
      limit == 0 ? limits::page_rows_max : std::min<std::size_t>(limit, limits::page_rows_max);
  Changes page;
  page.from = {epoch_at(epochs, after), after, state.generation};
  if (SS_ZOO(cursor_is_a_second) && after) {
    const auto row = log.page({after.value - 1}, {1, 1});
    if (!row.empty()) after = log.seq_at({(row[0].committed.unix_us / 1'000'000 + 1) * 1'000'000});
  }
  if (SS_ZOO(page_begins_one_late)) after = after.next();
  page.changes = log.page(after, {rows_max, limits::page_bytes_max});
  // Behind the last row there can only be places whose rows moved on or have been collected; the
  // head is then the end.
  page.has_more = !page.changes.empty() && rows_behind(log, state, page.changes.back().seq);
  const Seq last = page.has_more ? page.changes.back().seq : state.head;
  page.to = {epoch_at(epochs, last), last, state.generation};
  if (SS_ZOO(limited_page_ends_now))
    page.to = {epoch_at(epochs, state.head), state.head, state.generation};
  if (SS_ZOO(page_ends_one_late) && page.has_more) page.to.seq = last.next();
  if (SS_ZOO(tombstones_stay_out_of_pages)) {
    std::erase_if(page.changes, [](const Record& row) { return row.deleted; });
  }
  return page;
}

bool names(const std::vector<std::uint8_t>& buckets, std::uint8_t bucket) {
  return std::find(buckets.begin(), buckets.end(), bucket) != buckets.end();
}

Unexpected resync(const char* why) {
  return fail(ErrorCode::resync_required, why);
}

Result<> check_generation(const UserState& state, const Cursor& cursor) {
  if (!cursor.seq || cursor.generation == state.generation) return {};
  return resync("the account was reset since this cursor");
}

Result<std::vector<ConflictView>> read_conflicts(UserReader& log, bool all, std::size_t bytes_max) {
  std::vector<ConflictView> views;
  std::size_t bytes = 0;
  for (const std::string& id : log.conflict_ids(all)) {
    const auto record = log.find(EntityType::conflict, id);
    if (!record || record->deleted) continue;
    bytes += row_bytes(*record);
    if (bytes > bytes_max) {
      return fail(ErrorCode::payload_too_large,
                  "too many conflicts for one answer; read them as rows");
    }
    if (auto view = conflict_from_content(id, record->content)) views.push_back(std::move(*view));
  }
  return views;
}

}  // namespace

Cursor head_cursor(UserReader& log) {
  const UserState state = log.state();
  return {epoch_at(log.epochs(), state.head), state.head, state.generation};
}

Result<> check_fresh(const UserState& state, const Cursor& cursor) {
  SS_TRY(check_generation(state, cursor));
  if (cursor.seq && cursor.seq < state.floor && !SS_ZOO(floor_is_forgotten)) {
    return resync("deletions after this cursor have been collected");
  }
  return {};
}

Result<> check_history(UserReader& log, const Cursor& cursor) {
  const UserState state = log.state();
  SS_TRY(check_generation(state, cursor));
  if (cursor_valid(cursor, log.epochs(), state.head)) return {};
  return resync("the cursor is not of this history");
}

Result<Changes> read_page(UserReader& log, const Pull& pull) {
  SS_TRY(check_fresh(log.state(), pull.cursor));
  return read_snapshot(log, pull);
}

Result<Changes> read_snapshot(UserReader& log, const Pull& pull) {
  SS_TRY(check_history(log, pull.cursor));
  return page_after(log, log.state(), pull.cursor.seq, pull.limit);
}

Result<Changes> read_page_since(UserReader& log, CommitTime since, std::uint32_t limit) {
  const UserState state = log.state();
  const Seq after = log.seq_at(since);
  if (after && after < state.floor) return resync("deletions since this time have been collected");
  return page_after(log, state, after, limit);
}

Result<DigestAnswer> read_digest(UserReader& log, const DigestRequest& request) {
  DigestAnswer answer;
  answer.cursor = head_cursor(log);
  answer.has_rows = !request.buckets.empty();
  Digest digest;
  std::size_t bytes = 0;
  log.each_live([&](const Record& record) {
    if (!answer.has_rows) {
      digest.add(record);
    } else if (bytes <= limits::page_bytes_max &&
               names(request.buckets, digest_bucket(record.id))) {
      bytes += row_bytes(record);
      answer.rows.push_back(record);
    }
  });
  if (bytes > limits::page_bytes_max) {
    return fail(ErrorCode::payload_too_large, "too many rows for one answer; pull instead");
  }
  answer.sums = digest.sums();
  return answer;
}

std::vector<ConflictView> read_conflicts(UserReader& log, bool all) {
  return read_conflicts(log, all, SIZE_MAX).value();
}

Result<std::vector<ConflictView>> list_conflicts(UserReader& log, bool all) {
  return read_conflicts(log, all, limits::list_bytes_max);
}

std::vector<Record> unread_conflicts(UserReader& log, EntityType type, std::string_view item_id,
                                     Unread unread) {
  std::vector<Record> rows;
  for (const std::string& id : log.conflicts_of(type, item_id)) {
    if (unread.answer_bytes >= limits::answer_bytes_max) break;
    auto row = log.find(EntityType::conflict, id);
    if (!row || row->seq <= unread.read) continue;
    unread.answer_bytes += row_bytes(*row);
    rows.push_back(std::move(*row));
  }
  return rows;
}

}  // namespace studiosync
