#include "core/sync/applier.hpp"

#include <algorithm>

#include "core/base/answer_limits.hpp"
#include "core/base/zoo.hpp"
#include "core/conflicts/history.hpp"
#include "core/conflicts/row_bytes.hpp"
#include "core/sync/pull.hpp"
#include "core/sync/rebase.hpp"
#include "core/sync/sent_again.hpp"
#include "core/sync/taken_back.hpp"
#include "core/sync/two_histories.hpp"

namespace studiosync {
namespace {

ChangeResult result_for(const Candidate& candidate) {
  ChangeResult result;
  result.change_id = candidate.change_text;
  result.device_seq = candidate.origin.device_seq;
  result.item_type = candidate.type_text;
  result.item_id = candidate.item_id;
  result.stamp = candidate.origin.stamp;
  return result;
}

void refuse(ChangeResult& result, Error error) {
  result.status = Status::rejected;
  result.error = std::move(error);
}

std::string data_path(std::size_t index) {
  return change_path(index) + ".data";
}

// A partial update must leave a record that could also have been sent whole.
Result<> check_whole(const Candidate& candidate, const Outcome& outcome, std::size_t index) {
  if (!candidate.partial || !outcome.record || outcome.record->deleted) return {};
  SS_ASSIGN(Json whole, parse_json(outcome.record->content));
  SS_TRY(validate(spec_of(candidate.type), outcome.record->id, std::move(whole),
                  Completeness::stored, data_path(index)));
  return {};
}

bool was_its_base(const std::optional<Record>& met, const Candidate& candidate) {
  return !met || met->rev == Rev{candidate.base_epoch, candidate.base};
}

// `met` is what was stored before, `now` what is stored.
void describe(const std::optional<Record>& met, const std::optional<Record>& now,
              const Candidate& candidate, ChangeResult& result) {
  if (!now) return;
  result.rev = now->rev;
  result.stamp = now->origin.stamp;
  result.committed = now->committed;
  result.hash = content_hash(*now);
  const bool as_sent = candidate.action == Action::remove
                           ? now->deleted
                           : !now->deleted && now->id == candidate.item_id && !candidate.redacted &&
                                 now->content == candidate.sent;
  // A replica works out how old its fields are where its change was applied as it is to the version
  // that it knows, and from the stamp; one that was raised above the record's last says it of the
  // record only. In a version that it does not know another may have made a part of its edit.
  const bool plain = candidate.origin.replica.nil();
  const bool worked_out = result.status == Status::applied && was_its_base(met, candidate) &&
                          now->origin.stamp == candidate.origin.stamp;
  if (!as_sent || !(now->deleted || plain || worked_out)) result.record = now;
}

// Whether a field has what another change with this number wrote: the replica was cloned.
bool has_a_clones_text(const Record& stored, const Incoming& incoming) {
  const bool numbered = !incoming.origin.replica.nil();
  if (!numbered || stored.deleted || incoming.action == Action::remove) return false;
  const auto has_its_number = [&](const Origin& origin) {
    return origin.replica == incoming.origin.replica &&
           origin.device_seq == incoming.origin.device_seq;
  };
  // Most changes meet nothing of the kind: no text is taken apart for them.
  const bool named =
      has_its_number(stored.origin) ||
      std::ranges::any_of(stored.field_versions, has_its_number, &FieldVersion::origin);
  if (!named) return false;
  const History history(stored);
  return std::ranges::any_of(history.last_changes(), [&](const FieldVersion& change) {
    return change.field != any_field && has_its_number(change.origin) &&
           value_of(history.fields(), change.field) != value_of(incoming.fields, change.field);
  });
}

// A refusal repeats what was sent.
std::size_t result_bytes(const ChangeResult& result) {
  std::size_t bytes = limits::row_frame_bytes + result.change_id.size() + result.item_id.size();
  if (result.error) bytes += result.error->path.size() + result.error->message.size();
  if (result.record) bytes += row_bytes(*result.record);
  return bytes;
}

}  // namespace

Applier::Applier(UserTxn& log, const Author& author, const ApplyContext& context, Seq read,
                 std::size_t changes)
    : writer_(log, context),
      author_(author),
      read_(read),
      head_(log.state().head),
      breaker_(log, author.replica, context.now) {
  log.expect(changes);
  results_.reserve(changes);
}

std::optional<Error> Applier::refuse_rest(std::size_t index) const {
  const bool answer_full = !plain() && answer_bytes_ >= limits::answer_bytes_max;
  const bool enough = answer_full || writer_.bytes_written() >= limits::effect_bytes_max;
  if (!enough) return std::nullopt;
  return Error{.code = ErrorCode::service_unavailable,
               .message = "too much for one answer; send the rest again",
               .path = change_path(index)};
}

void Applier::apply(Candidate candidate, std::size_t index) {
  ChangeResult result = result_for(candidate);
  if (candidate.invalid) {
    refuse(result, *candidate.invalid);
  } else if (auto incoming = admit_change(candidate, index); !incoming) {
    refuse(result, std::move(incoming).error());
  } else {
    if (!candidate.origin.replica.nil()) candidate.payload = filter_of_edits(*incoming);
    decide(*incoming, candidate, index, result);
  }
  remember(candidate, result);
  keep(std::move(result));
}

void Applier::repeat(const Candidate& candidate, const AppliedChange& first) {
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
  if (stored && !SS_ZOO(late_answers_lower_shadows)) {
    result.committed = stored->committed;
    result.hash = content_hash(*stored);
    // The device may have lost the first answer, and cannot know what followed from it.
    result.record = stored;
  }
  repeat_beside(first.type, first.copy_id);
  repeat_beside(EntityType::conflict, first.conflict_id);
  repeat_unread_conflicts(first.type, first.item_id);
  keep(std::move(result));
}

void Applier::adopt(const Candidate& candidate, AppliedChange first) {
  repeat(candidate, first);
  first.replica = candidate.origin.replica;
  first.device_seq = candidate.origin.device_seq;
  first.at = to_commit_time(now());
  log().remember(candidate.change, first);
}

void Applier::refuse_id(const Candidate& candidate, std::size_t index) {
  ChangeResult result = result_for(candidate);
  refuse(result, {.code = ErrorCode::change_id_reused,
                  .message = "this id was used for another change",
                  .path = change_path(index) + ".id"});
  results_.push_back(std::move(result));
}

Applied Applier::finish() {
  breaker_.finish();
  Applied applied = writer_.finish();
  applied.results = std::move(results_);
  applied.repeated = std::move(repeated_);
  return applied;
}

void Applier::repeat_beside(EntityType type, const std::string& id) {
  if (id.empty() || plain()) return;
  if (auto row = log().find(type, id)) repeat_row(std::move(*row));
}

void Applier::repeat_unread_conflicts(EntityType type, const std::string& id) {
  if (plain()) return;
  for (Record& row : unread_conflicts(log(), type, id, {read_, answer_bytes_})) {
    if (row.seq <= head_) repeat_row(std::move(row));
  }
}

void Applier::repeat_row(Record row) {
  // One conflict can be that of several changes.
  const bool told = std::ranges::any_of(
      repeated_, [&](const Record& other) { return other.type == row.type && other.id == row.id; });
  if (told) return;
  answer_bytes_ += row_bytes(row);
  repeated_.push_back(std::move(row));
}

// A plain client can download what its results leave out. Refused for it, the same request would be
// refused again: duplicates have no effect, and records all the same.
void Applier::keep(ChangeResult result) {
  if (plain() && answer_bytes_ >= limits::list_bytes_max) result.record.reset();
  answer_bytes_ += result_bytes(result);
  results_.push_back(std::move(result));
}

Result<Incoming> Applier::admit_change(Candidate& candidate, std::size_t index) {
  Incoming incoming;
  incoming.type = candidate.type;
  incoming.id = candidate.item_id;
  incoming.action = candidate.action;
  incoming.reason = candidate.reason;
  incoming.base = candidate.base;
  incoming.base_epoch = candidate.base_epoch;
  if (!SS_ZOO(changed_fields_are_ignored)) incoming.changed = candidate.changed;
  incoming.origin = candidate.origin;
  incoming.cloned_from = candidate.cloned_from;
  incoming.device = author_.device;
  incoming.device_name = author_.device_name;
  incoming.change = candidate.change;
  if (candidate.action == Action::remove) return incoming;
  const auto completeness = candidate.partial ? Completeness::partial : Completeness::whole;
  SS_ASSIGN(Admitted admitted, admit(spec_of(candidate.type), candidate.item_id,
                                     *std::move(candidate.data), completeness, data_path(index)));
  incoming.id = std::move(admitted.id);
  incoming.fields = std::move(admitted.fields);
  return incoming;
}

bool Applier::was_decided(const Record* stored, const Incoming& incoming, const Outcome& outcome) {
  const bool meets_tombstone = stored != nullptr && stored->deleted;
  if (!stored || (!outcome.conflict && !meets_tombstone)) return false;
  if (SS_ZOO(repeats_after_a_restore_are_news)) return false;
  const auto taken = taken_back_before(log(), incoming, *stored);
  if (taken == Status::applied) return true;
  const auto met = [&] {
    return outcome.conflict && met_before(log(), *outcome.conflict, *stored);
  };
  if (!taken && !met()) return false;
  // It met the others' edits then. What waits for a decision and what has a copy is found by its
  // conflict; what was buried then lives on if its author sends it.
  return !meets_tombstone && !outcome.copy && !outcome.conflict->open;
}

Outcome Applier::meet_stored(const Record* stored, Incoming& incoming) {
  const bool known =
      stored != nullptr && contains(*stored, incoming) && !another_was_taken_back(log(), incoming);
  if (known && !SS_ZOO(retry_is_applied_again)) return {};
  const Strategy strategy = writer_.strategy_for(incoming.type);
  Outcome outcome = resolve(stored, incoming, strategy);
  if (was_decided(stored, incoming, outcome)) return {};
  if (!outcome.conflict) return outcome;
  const auto stamp = stamp_taken_back(log(), incoming.origin);
  const auto earlier = outcome.copy ? taken_back_as(log(), *outcome.conflict) : std::nullopt;
  if (!stamp && !earlier) return outcome;
  if (stamp && !SS_ZOO(places_taken_back_have_no_stamp)) {
    incoming.origin.stamp = std::min(incoming.origin.stamp, *stamp);
  }
  if (earlier) incoming.change = *earlier;
  return resolve(stored, incoming, strategy);
}

void Applier::decide(Incoming& incoming, const Candidate& candidate, std::size_t index,
                     ChangeResult& result) {
  const auto stored = log().find(incoming.type, incoming.id);
  if (stored && has_a_clones_text(*stored, incoming)) remember_clone(log(), incoming.origin);
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
    tell(stored, stored, candidate, result);
    return;
  }
  if (auto room = writer_.check_room(outcome, incoming); !room) {
    refuse(result, std::move(room).error());
    return;
  }
  auto written = write(outcome, incoming);
  // What turned private unknown may be given back long after its tombstone is collected.
  const bool unknown_gone = !stored && outcome.record && outcome.record->deleted;
  if (unknown_gone) {
    remember_record(log(), *outcome.record, {}, Status::merged, to_commit_time(now()));
  }
  if (written.earlier_copy) repeat_row(std::move(*written.earlier_copy));
  result.item_id = incoming.id;
  result.status = outcome.status;
  result.conflict_id = written.conflict_id;
  result.copy_id = written.copy_id;
  if (outcome.conflict) result.strategy = outcome.conflict->strategy;
  tell(stored, outcome.record ? outcome.record : stored, candidate, result);
}

LogWriter::Written Applier::write(Outcome& outcome, const Incoming& incoming) {
  const std::size_t before = writer_.bytes_written();
  auto written = writer_.write(outcome, incoming);
  // The copy and the conflict are told, too; the record only where the result has it.
  const std::size_t beside = outcome.record ? row_bytes(*outcome.record) : 0;
  answer_bytes_ += writer_.bytes_written() - before - beside;
  return written;
}

void Applier::tell(const std::optional<Record>& met, const std::optional<Record>& now,
                   const Candidate& candidate, ChangeResult& result) {
  describe(met, now, candidate, result);
  // Of a version that the device does not know.
  if (!was_its_base(met, candidate)) repeat_unread_conflicts(candidate.type, result.item_id);
}

// What turned private stays with its owner: that is no loss, and must not wait.
bool Applier::must_be_confirmed(const std::optional<Record>& stored, const Outcome& outcome,
                                const Candidate& candidate) {
  const bool deletes = stored && !stored->deleted && outcome.record && outcome.record->deleted;
  if (!deletes || outcome.record->reason == reason_private) return false;
  return !candidate.confirmed && !breaker_.admits(candidate.type);
}

void Applier::remember(const Candidate& candidate, const ChangeResult& result) {
  if (SS_ZOO(results_are_not_remembered)) return;
  // A plain client mends what was refused and sends it again under the same id.
  if (plain() && result.status == Status::rejected) return;
  log().remember(candidate.change, {.replica = candidate.origin.replica,
                                    .device_seq = candidate.origin.device_seq,
                                    .payload = candidate.payload,
                                    .content = result.hash,
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

}  // namespace studiosync
