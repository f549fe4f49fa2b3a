#include "core/sync/apply.hpp"

#include <set>

#include "core/base/limits.hpp"
#include "core/base/zoo.hpp"
#include "core/sync/candidate.hpp"
#include "core/sync/delete_breaker.hpp"
#include "core/sync/log_writer.hpp"
#include "core/sync/pull.hpp"
#include "core/sync/stamps.hpp"
#include "core/sync/taken_back.hpp"
#include "core/sync/two_histories.hpp"

namespace studiosync {
namespace {

// Applies candidates one after another; one that is refused leaves no trace but its result.
class Applier {
 public:
  Applier(UserTxn& log, const Author& author, const ApplyContext& context)
      : writer_(log, context), author_(author), breaker_(log, author.replica, context.now) {}

  UserTxn& log() { return writer_.log(); }
  WallTime now() const { return writer_.now(); }

  // Refuses everything from `index` on once the push has had as much effect as one may have.
  std::optional<Error> refuse_rest(std::size_t index) const {
    if (writer_.bytes_written() + answer_bytes_ < limits::effect_bytes_max) return std::nullopt;
    return Error{.code = ErrorCode::service_unavailable,
                 .message = "too much for one answer; send the rest again",
                 .path = change_path(index)};
  }

  void apply(Candidate candidate, std::size_t index) {
    ChangeResult result = result_for(candidate);
    if (candidate.invalid) {
      refuse(result, *candidate.invalid);
    } else if (auto incoming = admit_change(candidate, index); !incoming) {
      refuse(result, std::move(incoming).error());
    } else {
      decide(*incoming, candidate, index, result);
    }
    remember(candidate, result);
    keep(std::move(result));
  }

  // The same change again: the first answer, and what is stored now.
  void repeat(const Candidate& candidate, const AppliedChange& first) {
    ChangeResult result = result_for(candidate);
    result.status = Status::duplicate;
    result.first_status = first.status;
    result.item_id = first.item_id;
    result.rev = first.rev;
    result.stamp = first.stamp;
    result.conflict_id = first.conflict_id;
    result.copy_id = first.copy_id;
    result.strategy = first.strategy;
    result.error = first.error;
    const auto stored = log().find(first.type, first.item_id);
    if (stored) {
      result.committed = stored->committed;
      result.hash = content_hash(*stored);
      // The device may have lost the first answer, and cannot know what followed from it.
      result.record = stored;
    }
    if (!first.copy_id.empty() && !author_.replica.nil()) {
      if (auto copy = log().find(first.type, first.copy_id)) repeat_copy(std::move(*copy));
    }
    keep(std::move(result));
  }

  // The same change at its place in another replica's stream, where a retry will ask for it.
  void adopt(const Candidate& candidate, AppliedChange first) {
    repeat(candidate, first);
    first.replica = candidate.origin.replica;
    first.device_seq = candidate.origin.device_seq;
    first.at = to_commit_time(now());
    log().remember(candidate.change, first);
  }

  void refuse_id(const Candidate& candidate, std::size_t index) {
    ChangeResult result = result_for(candidate);
    refuse(result, {.code = ErrorCode::change_id_reused,
                    .message = "this id was used for another change",
                    .path = change_path(index) + ".id"});
    results_.push_back(std::move(result));
  }

  Applied finish() {
    breaker_.finish();
    Applied applied = writer_.finish();
    applied.results = std::move(results_);
    applied.repeated = std::move(repeated_);
    return applied;
  }

 private:
  void repeat_copy(Record copy) {
    answer_bytes_ += copy.content.size();
    repeated_.push_back(std::move(copy));
  }

  void keep(ChangeResult result) {
    if (result.record) answer_bytes_ += result.record->content.size();
    results_.push_back(std::move(result));
  }

  static ChangeResult result_for(const Candidate& candidate) {
    ChangeResult result;
    result.change_id = candidate.change_text;
    result.device_seq = candidate.origin.device_seq;
    result.item_type = candidate.type_text;
    result.item_id = candidate.item_id;
    result.stamp = candidate.origin.stamp;
    return result;
  }

  static void refuse(ChangeResult& result, Error error) {
    result.status = Status::rejected;
    result.error = std::move(error);
  }

  static std::string data_path(std::size_t index) { return change_path(index) + ".data"; }

  Result<Incoming> admit_change(Candidate& candidate, std::size_t index) {
    Incoming incoming;
    incoming.type = candidate.type;
    incoming.id = candidate.item_id;
    incoming.action = candidate.action;
    incoming.reason = candidate.reason;
    incoming.base = candidate.base;
    incoming.base_epoch = candidate.base_epoch;
    if (!SS_ZOO(changed_fields_are_ignored)) incoming.changed = candidate.changed;
    incoming.origin = candidate.origin;
    incoming.device = author_.device;
    incoming.device_name = author_.device_name;
    incoming.change = candidate.change;
    if (candidate.action == Action::remove) return incoming;
    const auto completeness = candidate.partial ? Completeness::partial : Completeness::whole;
    SS_ASSIGN(Admitted admitted, admit(spec_of(candidate.type), candidate.item_id,
                                       *std::move(candidate.data), completeness, data_path(index)));
    incoming.id = std::move(admitted.id);
    incoming.fields = std::move(admitted.fields);
    // Of a record that is there already only the growth counts: who is full may still shorten.
    const std::size_t bytes = incoming.fields.content().size();
    if (writer_.check_quota(bytes))
      return incoming;  // there is room for all of it: no need to look
    const auto stored = log().find(incoming.type, incoming.id);
    const std::size_t before = stored ? stored->content.size() : 0;
    if (bytes > before) SS_TRY(writer_.check_quota(bytes - before));
    return incoming;
  }

  Outcome meet_stored(const Record* stored, Incoming& incoming) {
    if (stored != nullptr && contains(*stored, incoming.origin)) return {};
    const Strategy strategy = writer_.strategy_for(incoming.type);
    Outcome outcome = resolve(stored, incoming, strategy);
    if (!outcome.copy) return outcome;
    const auto earlier = taken_back_as(log(), *outcome.conflict);
    if (!earlier) return outcome;
    incoming.change = *earlier;
    return resolve(stored, incoming, strategy);
  }

  void decide(Incoming& incoming, const Candidate& candidate, std::size_t index,
              ChangeResult& result) {
    const auto stored = log().find(incoming.type, incoming.id);
    Outcome outcome = meet_stored(stored ? &*stored : nullptr, incoming);
    if (outcome.error) {
      // A plain client can only make the record anew; a replica has lost its place in the history.
      const bool gone = outcome.error->code == ErrorCode::record_gone;
      if (gone && !incoming.origin.replica.nil()) outcome.error->code = ErrorCode::resync_required;
      refuse(result, *outcome.error);
      return;
    }
    if (auto whole = check_whole(candidate, outcome, index); !whole) {
      refuse(result, std::move(whole).error());
      return;
    }
    if (must_be_confirmed(stored, outcome, candidate)) {
      result.status = Status::held;
      describe(stored, candidate, result);
      return;
    }
    auto written = writer_.write(outcome, incoming);
    if (written.earlier_copy) repeat_copy(std::move(*written.earlier_copy));
    result.item_id = incoming.id;
    result.status = outcome.status;
    result.conflict_id = written.conflict_id;
    result.copy_id = written.copy_id;
    if (outcome.conflict) result.strategy = outcome.conflict->strategy;
    describe(outcome.record ? outcome.record : stored, candidate, result);
  }

  // What turned private stays with its owner: that is no loss, and must not wait.
  bool must_be_confirmed(const std::optional<Record>& stored, const Outcome& outcome,
                         const Candidate& candidate) {
    const bool deletes = stored && !stored->deleted && outcome.record && outcome.record->deleted;
    if (!deletes || outcome.record->reason == reason_private) return false;
    return !candidate.confirmed && !breaker_.admits(candidate.type);
  }

  // A partial update must leave a record that could also have been sent whole.
  static Result<> check_whole(const Candidate& candidate, const Outcome& outcome,
                              std::size_t index) {
    if (!candidate.partial || !outcome.record || outcome.record->deleted) return {};
    SS_ASSIGN(Json whole, parse_json(outcome.record->content));
    SS_TRY(validate(spec_of(candidate.type), outcome.record->id, std::move(whole),
                    Completeness::whole, data_path(index)));
    return {};
  }

  static void describe(const std::optional<Record>& now, const Candidate& candidate,
                       ChangeResult& result) {
    if (!now) return;
    result.rev = now->rev;
    result.stamp = now->origin.stamp;
    result.committed = now->committed;
    result.hash = content_hash(*now);
    const bool as_sent = candidate.action == Action::remove
                             ? now->deleted
                             : !now->deleted && now->id == candidate.item_id &&
                                   !candidate.redacted && now->content == candidate.sent;
    // A replica works out how old its fields are from the stamp; one that was raised above the
    // record's last says it of the record only.
    const bool raised = !now->deleted && !candidate.origin.replica.nil() &&
                        now->origin.stamp != candidate.origin.stamp;
    if (!as_sent || raised) result.record = now;
  }

  void remember(const Candidate& candidate, const ChangeResult& result) {
    if (SS_ZOO(results_are_not_remembered)) return;
    const bool plain = candidate.origin.replica.nil();
    // A plain client mends what was refused and sends it again under the same id.
    if (plain && result.status == Status::rejected) return;
    log().remember(candidate.change, {.replica = candidate.origin.replica,
                                      .device_seq = candidate.origin.device_seq,
                                      .payload = candidate.payload,
                                      .type = candidate.type,
                                      .item_id = result.item_id,
                                      .status = result.status,
                                      .rev = result.rev,
                                      .stamp = result.stamp,
                                      .conflict_id = result.conflict_id,
                                      .copy_id = result.copy_id,
                                      .strategy = result.strategy,
                                      .error = result.error,
                                      .at = to_commit_time(now())});
  }

  LogWriter writer_;
  const Author& author_;
  DeleteBreaker breaker_;
  std::vector<ChangeResult> results_;
  std::vector<Record> repeated_;
  std::size_t answer_bytes_ = 0;
};

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
  if (forked_) return refused(log, *forked_);
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
