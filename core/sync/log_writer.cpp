#include "core/sync/log_writer.hpp"

#include <algorithm>
#include <set>

#include "core/base/zoo.hpp"
#include "core/conflicts/row_bytes.hpp"
#include "core/conflicts/successor.hpp"
#include "core/protocol/codec.hpp"
#include "core/sync/pull.hpp"

namespace studiosync {
namespace {

using Name = std::pair<EntityType, std::string_view>;

bool all_differ(const std::vector<Record>& rows) {
  std::vector<Name> names;
  names.reserve(rows.size());
  for (const Record& row : rows) names.emplace_back(row.type, row.id);
  std::ranges::sort(names);
  return std::ranges::adjacent_find(names) == names.end();
}

// A later row of the same record makes the earlier one worthless to everybody.
std::vector<Record> without_superseded(std::vector<Record> rows) {
  if (all_differ(rows)) return rows;  // mostly
  std::set<Name> seen;
  std::vector<bool> superseded(rows.size());
  for (std::size_t i = rows.size(); i-- > 0;) {
    superseded[i] = !seen.emplace(rows[i].type, rows[i].id).second;
  }
  std::vector<Record> kept;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!superseded[i]) kept.push_back(std::move(rows[i]));
  }
  return kept;
}

// What a conflict's content has beside its two sides, at most: ids, names of devices, times.
constexpr std::size_t conflict_frame_bytes = 4096;

// What may be written of it; a conflict that its loser went on with becomes no larger by this.
std::size_t bytes_at_most(const Outcome& outcome) {
  std::size_t bytes = 0;
  if (outcome.record) bytes += outcome.record->content.size();
  if (outcome.copy) bytes += outcome.copy->content.size();
  if (!outcome.conflict) return bytes;
  const ConflictCase& conflict = *outcome.conflict;
  return bytes + conflict_frame_bytes + conflict.local.content.size() +
         conflict.remote.content.size();
}

}  // namespace

std::string losing_side(const Origin& origin, const DeviceId& device) {
  return origin.replica.nil() ? "device:" + device.value : to_string(origin.replica);
}

LogWriter::LogWriter(UserTxn& log, const ApplyContext& context)
    : log_(log), context_(context), policies_(log.policies()), from_(head_cursor(log)) {}

Strategy LogWriter::strategy_for(EntityType type) const {
  const auto chosen = policies_.find(type);
  return chosen == policies_.end() ? spec_of(type).strategy : chosen->second;
}

Result<> LogWriter::check_quota(std::size_t more) {
  if (log_.state().bytes + more <= context_.user_bytes_max) return {};
  return fail(ErrorCode::quota_exceeded, "the account's storage is full");
}

// What an outcome puts in the place of something else counts with what it adds to that.
Result<> LogWriter::check_room(const Outcome& outcome, const Incoming& incoming) {
  const bool deletes = outcome.record && outcome.record->deleted;
  if (deletes || check_quota(bytes_at_most(outcome))) return {};  // no need to look
  std::size_t before = 0;
  std::size_t after = 0;
  const auto count = [&](EntityType type, const std::string& id, std::size_t bytes) {
    if (const auto stored = log_.find(type, id)) before += stored->content.size();
    after += bytes;
  };
  if (const auto& record = outcome.record) {
    count(record->type, record->id, record->content.size());
  }
  const auto& copy = outcome.copy;
  if (copy && !log_.find(copy->type, copy->id)) after += copy->content.size();
  if (outcome.conflict) {
    const ConflictView view = view_of(*outcome.conflict, incoming);
    count(EntityType::conflict, view.conflict.id, conflict_content(view).content().size());
  }
  return after > before ? check_quota(after - before) : Result<>{};
}

Result<> LogWriter::check_room(const ConflictView& view) {
  const auto present = log_.find(EntityType::conflict, view.conflict.id);
  const std::size_t before = present ? present->content.size() : 0;
  const std::size_t after = conflict_content(view).content().size();
  return after > before ? check_quota(after - before) : Result<>{};
}

void LogWriter::put(Record& record) {
  // What turned private may be the first that is stored of a record, too, with a later version.
  const bool may_begin =
      !record.rev.epoch && (record.rev.version == Version{1} || record.reason == reason_private);
  const Version collected = log_.state().collected;
  if (may_begin && record.rev.version <= collected && !SS_ZOO(collected_versions_are_reused)) {
    record.rev.version = collected.next();
    if (!record.deleted) date_all_fields(record);
  }
  log_.put(record);
  bytes_written_ += row_bytes(record);
  rows_.push_back(record);
}

void LogWriter::put_conflict(const ConflictView& view, const Origin& origin,
                             const DeviceId& device) {
  const auto present = log_.find(EntityType::conflict, view.conflict.id);
  Record record;
  record.type = EntityType::conflict;
  record.id = view.conflict.id;
  record.rev.version = present ? present->rev.version.next() : Version{1};
  record.origin = origin;
  record.device = device;
  record.content = conflict_content(view).content();
  put(record);
}

// The open conflict whose text its loser edited on, still upon the version that it had seen then.
// Any other edit would take the place of a text that nobody decided about.
std::optional<ConflictView> LogWriter::went_on(const ConflictCase& conflict,
                                               std::string_view losing) {
  if (!conflict.open) return std::nullopt;
  const auto open = log_.open_conflict(conflict.type, conflict.item_id, losing);
  const auto record = open ? log_.find(EntityType::conflict, *open) : std::nullopt;
  if (!record) return std::nullopt;
  auto before = conflict_from_content(*open, record->content);
  if (!before || before->conflict.local.version != conflict.local.version) return std::nullopt;
  return std::move(*before);
}

ConflictView LogWriter::view_of(ConflictCase conflict, const Incoming& incoming) {
  ConflictView view;
  view.detected_at = to_commit_time(context_.now);
  if (auto before = went_on(conflict, losing_side(incoming.origin, incoming.device))) {
    conflict.id = before->conflict.id;
    conflict.remote = std::move(before->conflict.remote);
    view.detected_at = before->detected_at;
  }
  view.resolved = !conflict.open;
  view.local_updated_at = to_commit_time(conflict.local.origin.stamp.wall());
  view.remote_updated_at = to_commit_time(conflict.remote.origin.stamp.wall());
  if (view.resolved) view.resolved_at = view.detected_at;
  view.conflict = std::move(conflict);
  return view;
}

std::string LogWriter::keep_conflict(const Outcome& outcome, const Incoming& incoming) {
  const ConflictView view = view_of(*outcome.conflict, incoming);
  const ConflictCase& conflict = view.conflict;
  put_conflict(view, incoming.origin, incoming.device);
  // Also what a policy settled at once: a list of all conflicts shows it.
  log_.conflict_opened(conflict.id, conflict.type, conflict.item_id,
                       losing_side(incoming.origin, incoming.device));
  if (!conflict.open) log_.conflict_closed(conflict.id);
  log_.archive({.conflict = conflict,
                .result = outcome.record ? outcome.record->content : conflict.remote.content,
                .resolved_by = conflict.open ? "" : "policy",
                .at = view.detected_at});
  return conflict.id;
}

// What turned private must not live on in what its conflicts kept.
void LogWriter::scrub(const Record& gone) {
  if (SS_ZOO(conflicts_keep_what_is_private)) return;
  for (const std::string& id : log_.scrub(gone.type, gone.id)) {
    auto conflict = log_.find(EntityType::conflict, id);
    if (!conflict) continue;
    conflict->deleted = true;
    conflict->reason = gone.reason;
    conflict->rev = {{}, conflict->rev.version.next()};
    conflict->origin = gone.origin;
    conflict->device = gone.device;
    conflict->field_versions.clear();
    conflict->content.clear();
    put(*conflict);
  }
}

LogWriter::Written LogWriter::put_copy(Outcome& outcome) {
  Written written;
  if (!outcome.copy) return written;
  written.copy_id = outcome.copy->id;
  written.earlier_copy = log_.find(outcome.copy->type, outcome.copy->id);
  if (!written.earlier_copy || SS_ZOO(second_copy_replaces_the_first)) put(*outcome.copy);
  return written;
}

// Last: a reader of pages that knows what won knows also what lost, and can give both back.
void LogWriter::put_winner(Outcome& outcome) {
  if (!outcome.record) return;
  put(*outcome.record);
  if (outcome.record->deleted && outcome.record->reason == reason_private) scrub(*outcome.record);
}

LogWriter::Written LogWriter::write(Outcome& outcome, const Incoming& incoming) {
  Written written = put_copy(outcome);
  if (outcome.conflict && !SS_ZOO(conflicts_are_reported_only)) {
    written.conflict_id = keep_conflict(outcome, incoming);
  }
  put_winner(outcome);
  return written;
}

void LogWriter::write_decision(Outcome& outcome, const ConflictView& decided,
                               const Incoming& decision) {
  put_copy(outcome);
  put_conflict(decided, decision.origin, decision.device);
  put_winner(outcome);
}

Applied LogWriter::finish() {
  Applied applied;
  applied.from = from_;
  applied.to = head_cursor(log_);
  applied.rows = without_superseded(std::move(rows_));
  return applied;
}

}  // namespace studiosync
