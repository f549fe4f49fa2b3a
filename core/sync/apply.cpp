#include "core/sync/apply.hpp"

#include <set>

#include "core/base/zoo.hpp"
#include "core/sync/applier.hpp"
#include "core/sync/pull.hpp"
#include "core/sync/stamps.hpp"
#include "core/sync/taken_back.hpp"

namespace studiosync {
namespace {

Error forked(std::size_t index) {
  return {.code = ErrorCode::replica_forked,
          .message = "another change has this place in the replica's stream",
          .path = change_path(index) + ".device_seq"};
}

// All of a push: nothing of it was looked at.
Applied refused(UserTxn& log, Error error) {
  Applied applied;
  applied.from = head_cursor(log);
  applied.to = applied.from;
  applied.error = std::move(error);
  return applied;
}

}  // namespace

Applied apply_push(UserTxn& log, const Author& author, const Push& push,
                   const ApplyContext& context) {
  if (auto fresh = check_fresh(log.state(), push.cursor); !fresh && !SS_ZOO(push_below_the_floor)) {
    return refused(log, std::move(fresh).error());
  }
  Applier applier(log, author, context);
  StampCorrection clock(push.now, context.now);
  const ReplicaMark before = log.replica(author.replica).value_or(ReplicaMark{});
  ReplicaMark mark = before;
  const PlacesTakenBack places(log, author.replica);
  std::optional<Error> error;
  for (std::size_t i = 0; i < push.changes.size() && !error; ++i) {
    if ((error = applier.refuse_rest(i))) break;
    const PushChange& change = push.changes[i];
    Candidate candidate = candidate_from(log, change, i, author, clock.correct(change.stamp));
    const auto first = log.applied(change.change);
    if (change.device_seq <= mark.seq) {
      const bool same =
          first && first->replica == author.replica && first->device_seq == change.device_seq;
      if (SS_ZOO(retry_makes_a_copy)) candidate.change.bytes = hash128(candidate.item_id);
      if (SS_ZOO(retry_is_applied_again) || SS_ZOO(retry_makes_a_copy)) {
        applier.apply(std::move(candidate), i);
        continue;
      }
      if (!same && (SS_ZOO(reused_numbers_are_duplicates) || SS_ZOO(numbers_are_shuffled))) {
        applier.repeat(candidate, {.type = candidate.type, .item_id = candidate.item_id});
        continue;
      }
      if (same && SS_ZOO(retry_is_a_duplicate_key)) {
        applier.refuse_id(candidate, i);
        continue;
      }
      if (same) applier.repeat(candidate, *first);
      if (!same) error = forked(i);
      continue;
    }
    if (change.device_seq != mark.seq.next() && !SS_ZOO(numbers_are_shuffled)) {
      error = Error{.code = ErrorCode::bad_request,
                    .message = "device_seq must follow " + std::to_string(mark.seq.value),
                    .path = change_path(i) + ".device_seq"};
      continue;
    }
    if (places.belongs_to_another(candidate.origin, candidate.type, candidate.item_id)) {
      error = forked(i);
      continue;
    }
    mark = {change.device_seq, change.change};
    if (first) {
      applier.adopt(candidate, *first);  // sent before by a replica that this one replaces
    } else {
      applier.apply(std::move(candidate), i);
    }
  }
  if (mark != before) log.set_replica(author.replica, author.device, mark);
  Applied applied = applier.finish();
  applied.error = std::move(error);
  return applied;
}

Applied PushStream::push(UserTxn& log, const Author& author, const Push& push,
                         const ApplyContext& context) {
  if (forked_ && !SS_ZOO(pushes_go_on_after_a_fork)) return refused(log, *forked_);
  Applied applied = apply_push(log, author, push, context);
  if (applied.error && applied.error->code == ErrorCode::replica_forked) forked_ = applied.error;
  return applied;
}

Applied apply_upload(UserTxn& log, const Author& author, const std::vector<PlainChange>& changes,
                     const ApplyContext& context) {
  Applier applier(log, author, context);
  std::optional<Error> error;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    if ((error = applier.refuse_rest(i))) break;
    Candidate candidate =
        candidate_from(log, changes[i], i, author, clamp_to(changes[i].stamp, context.now));
    const auto first = log.applied(candidate.change);
    if (!first) {
      applier.apply(std::move(candidate), i);
    } else if (first->payload == candidate.payload) {
      applier.repeat(candidate, *first);
    } else {
      applier.refuse_id(candidate, i);
    }
  }
  Applied applied = applier.finish();
  applied.error =
      std::move(error);  // the whole request again: what was applied is a duplicate then
  return applied;
}

std::vector<Record> rows_beyond_results(const Applied& applied) {
  std::set<std::pair<EntityType, std::string_view>> described;
  for (const ChangeResult& result : applied.results) {
    const auto type = parse_entity_type(result.item_type);
    if (type) described.emplace(*type, result.item_id);
  }
  std::vector<Record> rows = applied.repeated;
  for (const Record& row : applied.rows) {
    if (!described.contains({row.type, row.id})) rows.push_back(row);
  }
  return rows;
}

}  // namespace studiosync
