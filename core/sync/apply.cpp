#include "core/sync/apply.hpp"

#include <algorithm>
#include <set>
#include <span>

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

// One push of a replica: its changes in the order of its stream.
class StreamPush {
 public:
  // `marks`: the only changes behind which this push may go on.
  StreamPush(UserTxn& log, const Author& author, Push push, const ApplyContext& context,
             std::span<const ReplicaMark> marks)
      : log_(log),
        author_(author),
        push_(std::move(push)),
        applier_(log, author, context, push_.cursor.seq, push_.changes.size()),
        clock_(push_.now, context.now),
        before_(log.replica(author.replica).value_or(ReplicaMark{})),
        mark_(before_),
        behind_own_(std::ranges::find(marks, before_) != marks.end()),
        places_(log, author.replica) {}

  Applied run() {
    std::optional<Error> error;
    for (std::size_t i = 0; i < push_.changes.size() && !error; ++i) {
      error = applier_.refuse_rest(i);
      if (!error) error = take(i);
    }
    if (mark_ != before_) log_.set_replica(author_.replica, author_.device, mark_);
    Applied applied = applier_.finish();
    applied.error = std::move(error);
    if (behind_own_) applied.reached = mark_;
    return applied;
  }

 private:
  std::optional<Error> take(std::size_t i) {
    PushChange& change = push_.changes[i];
    Candidate candidate = candidate_from(log_, change, i, author_, clock_.correct(change.stamp));
    if (!SS_ZOO(clones_count_as_seen)) candidate.cloned_from = places_.cloned_from();
    const auto first = log_.applied(change.change);
    if (change.device_seq <= mark_.seq) return take_again(std::move(candidate), i, first);
    if (change.device_seq != mark_.seq.next() && !SS_ZOO(numbers_are_shuffled)) {
      return Error{.code = ErrorCode::bad_request,
                   .message = "device_seq must follow " + std::to_string(mark_.seq.value),
                   .path = change_path(i) + ".device_seq"};
    }
    const bool free = behind_own_ || SS_ZOO(pushes_go_on_after_a_fork);
    if (!free || places_.belongs_to_another(candidate)) return forked(i);
    mark_ = {change.device_seq, change.change};
    if (first) {
      applier_.adopt(candidate, *first);  // sent before by a replica that this one replaces
    } else {
      applier_.apply(std::move(candidate), i);
    }
    return std::nullopt;
  }

  // The place is taken: by this change, or by another one of a clone.
  std::optional<Error> take_again(Candidate candidate, std::size_t i,
                                  const std::optional<AppliedChange>& first) {
    if (SS_ZOO(retry_makes_a_copy)) candidate.change.bytes = hash128(candidate.item_id);
    const bool same = first && first->replica == author_.replica &&
                      first->device_seq == push_.changes[i].device_seq;
    if (SS_ZOO(retry_is_applied_again) || SS_ZOO(retry_makes_a_copy)) {
      applier_.apply(std::move(candidate), i);
    } else if (!same && (SS_ZOO(reused_numbers_are_duplicates) || SS_ZOO(numbers_are_shuffled))) {
      applier_.repeat(candidate, {.type = candidate.type, .item_id = candidate.item_id});
    } else if (!same) {
      return forked(i);
    } else if (SS_ZOO(retry_is_a_duplicate_key)) {
      applier_.refuse_id(candidate, i);
    } else {
      applier_.repeat(candidate, *first);
    }
    if (push_.changes[i].device_seq == mark_.seq) behind_own_ = true;
    return std::nullopt;
  }

  UserTxn& log_;
  const Author& author_;
  Push push_;  // of a change that was taken only its numbers are left
  Applier applier_;
  const StampCorrection clock_;
  const ReplicaMark before_;
  ReplicaMark mark_;
  bool behind_own_;
  const PlacesTakenBack places_;
};

Applied apply_behind(UserTxn& log, const Author& author, Push push, const ApplyContext& context,
                     std::span<const ReplicaMark> marks) {
  if (auto fresh = check_fresh(log.state(), push.cursor); !fresh && !SS_ZOO(push_below_the_floor)) {
    return refused(log, std::move(fresh).error());
  }
  return StreamPush(log, author, std::move(push), context, marks).run();
}

}  // namespace

Applied refused(UserReader& log, Error error) {
  Applied applied;
  applied.from = head_cursor(log);
  applied.to = applied.from;
  applied.error = std::move(error);
  return applied;
}

Applied apply_push(UserTxn& log, const Author& author, Push push, const ApplyContext& context) {
  const ReplicaMark last = log.replica(author.replica).value_or(ReplicaMark{});
  return apply_behind(log, author, std::move(push), context, {&last, 1});
}

Applied PushStream::push(UserTxn& log, const Author& author, Push push,
                         const ApplyContext& context) {
  if (forked_ && !SS_ZOO(pushes_go_on_after_a_fork)) return refused(log, *forked_);
  Applied applied = apply_behind(log, author, std::move(push), context, marks_);
  if (applied.error && applied.error->code == ErrorCode::replica_forked) forked_ = applied.error;
  const auto& reached = applied.reached;
  if (reached && std::ranges::find(marks_, *reached) == marks_.end()) marks_.push_back(*reached);
  return applied;
}

void PushStream::committed(const Applied& applied) {
  if (!applied.reached) return;
  const auto stands = std::ranges::find(marks_, *applied.reached);
  if (stands != marks_.end()) marks_.erase(marks_.begin(), stands);
}

Applied apply_upload(UserTxn& log, const Author& author, const std::vector<PlainChange>& changes,
                     const ApplyContext& context) {
  Applier applier(log, author, context, log.state().head, changes.size());
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
  const auto describes = [](const ChangeResult& result, const Record& row) {
    return result.item_id == row.id && parse_entity_type(result.item_type) == row.type;
  };
  // One row for each change, mostly.
  if (std::ranges::equal(applied.results, applied.rows, describes)) return applied.repeated;
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
