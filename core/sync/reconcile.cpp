#include "core/sync/reconcile.hpp"

#include <algorithm>
#include <utility>

#include "core/base/answer_limits.hpp"
#include "core/base/zoo.hpp"
#include "core/conflicts/deletes.hpp"
#include "core/conflicts/history.hpp"
#include "core/conflicts/row_bytes.hpp"
#include "core/conflicts/strategies.hpp"
#include "core/protocol/codec.hpp"
#include "core/schema/validate.hpp"
#include "core/sync/log_writer.hpp"
#include "core/sync/lost_record.hpp"
#include "core/sync/pull.hpp"
#include "core/sync/rebase.hpp"
#include "core/sync/sent_again.hpp"
#include "core/sync/taken_back.hpp"
#include "core/sync/two_histories.hpp"

namespace studiosync {
namespace {

bool stored_as_sent(const Record& stored, const Record& sent) {
  return stored.rev == sent.rev && stored.deleted == sent.deleted && stored.reason == sent.reason &&
         stored.content == sent.content;
}

// Takes back one record after another.
class Reconciler {
 public:
  Reconciler(UserTxn& log, const DeviceNames& names, const Epochs& theirs, Seq fork,
             const ApplyContext& context)
      : writer_(log, context),
        names_(names),
        theirs_(theirs),
        fork_(fork),
        epochs_(log.epochs()),
        sent_again_(log, fork) {}

  bool had_enough_effect() const {
    return answer_bytes_ >= limits::answer_bytes_max ||
           writer_.bytes_written() >= limits::effect_bytes_max;
  }

  void take(const Record& sent) {
    place_ = place_in(theirs_, sent.seq);
    if (const auto lost = admit_lost(log(), sent, writer_.now())) take_back(*lost);
    answer(sent);
  }

  Reconciliation finish() { return {writer_.finish(), std::move(changes_)}; }

 private:
  UserTxn& log() { return writer_.log(); }

  void take_back(const Record& lost) {
    const auto before = log().applied(memory_of(lost.type, lost.id));
    if (before && apart(log(), *before, place_, theirs_)) {
      take_from_another_history(lost, before->rev);
      return;
    }
    if (before && !is_news(lost, before->rev)) return;
    const auto stored = log().find(lost.type, lost.id);
    if (!stored) {
      take_unknown(lost);
      return;
    }
    if (!before && came_from_elsewhere(*stored)) {
      merge(lost, *stored, {});
      return;
    }
    switch (kinship(lost, *stored, epochs_, fork_)) {
      case Kinship::same:
      case Kinship::ancestor:
        return;
      case Kinship::descendant:
        if ((!absorbing(*stored) || lost.deleted) && !is_half_decided(lost))
          restore(lost, before ? Version{} : stored->rev.version);
        return;
      case Kinship::concurrent:
        if (lost.rev.version < stored->rev.version && sent_again_.had(lost)) return;
        merge(lost, *stored, before ? parting(lost, *before) : Version{});
    }
  }

  // Whether it was taken back from a history of which the giver knows nothing. Without a memory of
  // that, which is kept for a time only, nothing says that one came from the other.
  bool came_from_elsewhere(const Record& stored) const {
    const auto in = [&](const Epochs& epochs) {
      return std::ranges::find(epochs, stored.rev.epoch, &EpochMark::epoch) != epochs.end();
    };
    return stored.seq > fork_ && !in(epochs_) && !in(theirs_);
  }

  // An account that was restored twice can have lost two histories: the numbers of one say nothing
  // about the other. `known` is of the one that was taken back last.
  void take_from_another_history(const Record& lost, const Rev& known) {
    const ChangeId change = change_of_lost(lost.type, lost.id, lost.rev);
    // An epoch is of one history: two devices may know it to different ends.
    if (lost.rev == known || log().applied(change)) return;
    const auto stored = log().find(lost.type, lost.id);
    if (!stored) {
      take_unknown(lost);
      return;
    }
    merge(lost, *stored, {});
    for (const ChangeId& taken : {change, change_of_lost(lost.type, lost.id, known)}) {
      log().remember(taken, {.type = lost.type,
                             .item_id = lost.id,
                             .status = Status::merged,
                             .at = to_commit_time(writer_.now())});
    }
  }

  // What was stored under its own rev is where the two parted, if the lost version comes from it:
  // of another epoch it can be from a history that an earlier restore took away.
  static Version parting(const Record& lost, const AppliedChange& before) {
    const bool one_line = before.status == Status::applied && before.rev.epoch == lost.rev.epoch;
    return one_line ? before.rev.version : Version{};
  }

  // Whether the user chose the losing side, and whoever tells of that had not read on to the
  // record: nobody would be asked again. Who has both gives back the record first.
  bool is_half_decided(const Record& lost) {
    if (lost.type != EntityType::conflict || lost.deleted) return false;
    const auto view = conflict_from_content(lost.id, lost.content);
    if (!view || view->choice != Choice::local) return false;
    const auto item = log().find(view->conflict.type, view->conflict.item_id);
    const Side& other = view->conflict.remote;
    return item && item->deleted == other.deleted && item->content == other.content;
  }

  // Not what was taken back already, nor a version on the way to it.
  static bool is_news(const Record& lost, const Rev& known) {
    if (lost.rev.version == known.version) return lost.rev.epoch != known.epoch;
    return lost.rev.version > known.version;
  }

  void take_unknown(const Record& lost) {
    // It may have been deleted since the fork, and its tombstone collected; not what was made after
    // the fork, unless it came here by another way.
    const bool known = lost.rev.version > Version{1} ||
                       (!SS_ZOO(sent_again_is_never_deleted) && sent_again_.knew(lost));
    const bool forgotten = known && log().state().floor > fork_;
    if (!forgotten) {
      restore(lost, {});
    } else if (!lost.deleted) {
      bury(lost);
    }
  }

  void bury(const Record& lost) {
    Record tombstone = beyond(lost, {}, std::max(lost.rev.version, log().state().collected));
    tombstone.deleted = true;
    tombstone.content.clear();
    tombstone.field_versions.clear();
    Outcome outcome;
    const Incoming change = incoming(lost, tombstone, {});
    // Perhaps nobody deleted it: its text must not be lost. What was withdrawn must not live on.
    if (lost.type == EntityType::conflict) {
      archive_conflict(lost);
    } else if (!may_turn_private(lost.type) && !sent_again_.had(lost)) {
      outcome = settled(History(tombstone), change, Strategy::last_write_wins);
    }
    outcome.record = tombstone;
    writer_.write(outcome, change);
    remember(lost, Status::merged);
  }

  void archive_conflict(const Record& lost) {
    const auto view = conflict_from_content(lost.id, lost.content);
    if (view && !may_turn_private(view->conflict.type)) archive(*view);
  }

  void archive(const ConflictView& view) {
    log().archive({.conflict = view.conflict, .choice = view.choice, .at = view.detected_at});
  }

  void restore(const Record& lost, Version shared) {
    if (lost.type == EntityType::conflict) restore_conflict(lost);
    Outcome outcome;
    outcome.record = lost;
    writer_.write(outcome, {});
    remember(lost, Status::applied);
    const bool of_one_edit = lost.field_versions.empty();
    if (!of_one_edit) remember_values_of(lost, shared, Status::applied);  // else known as a whole
  }

  // The lists that know of conflict records follow them.
  void restore_conflict(const Record& lost) {
    if (lost.deleted) {
      log().conflict_forgotten(lost.id);
      return;
    }
    const auto view = conflict_from_content(lost.id, lost.content);
    if (!view) return;
    const ConflictCase& conflict = view->conflict;
    // A later version of one that is there may have another side, which is nowhere else.
    const auto stored = log().find(lost.type, lost.id);
    if (!stored || stored->content != lost.content) archive(*view);
    log().conflict_opened(conflict.id, conflict.type, conflict.item_id,
                          losing_side(conflict.local.origin, conflict.local.device));
    if (view->resolved) log().conflict_closed(conflict.id);
  }

  void merge(const Record& lost, const Record& stored, Version shared) {
    if (lost.type == EntityType::conflict) {
      keep_sides(lost, stored);
      return;
    }
    // What expired there may have been wanted since.
    if (lost.reason == reason_expired || absorbing(stored)) return;
    Incoming change = incoming(lost, stored, shared);
    leave_out_what_came_before(change, lost, stored);
    if (!SS_ZOO(clones_count_as_seen)) {
      change.cloned_from = sent_again_.first_of(lost.origin.replica);
    }
    const Version base = change.base;
    // Without a base an edit would create the record anew, whatever was deleted.
    if (stored.deleted) change.base = std::max(change.base, Version{1});
    Outcome outcome;
    if (!sent_again_.had(lost)) {
      outcome = resolve(&stored, change, writer_.strategy_for(lost.type));
    }
    if (outcome.error) return;
    if (outcome.copy && lost_before(log(), *outcome.conflict)) {
      outcome.copy.reset();
      outcome.conflict.reset();
    }
    const Version both = std::max(lost.rev.version, stored.rev.version);
    outcome.record = beyond(with_authors_of(lost, outcome.record.value_or(stored)), base, both);
    if (outcome.conflict && outcome.conflict->open) {
      // It goes on from no text that lost, whatever that was based on.
      outcome.conflict->local.version = lost.rev.version;
      outcome.conflict->remote.version = outcome.record->rev.version;
    }
    writer_.write(outcome, change);
    remember(lost, Status::merged);
    // What waits for its author behind a conflict is found by that, and is no news without one.
    remember_values_of(lost, base, outcome.conflict ? Status::merged : Status::applied);
  }

  // The same change lost here as it had lost there, and perhaps against another text; what became
  // of the conflict here since stands.
  void keep_sides(const Record& lost, const Record& stored) {
    if (lost.deleted || stored.deleted) return;
    const auto there = conflict_from_content(lost.id, lost.content);
    const auto here = conflict_from_content(stored.id, stored.content);
    if (!there || !here) return;
    const bool known = has_side(here->conflict, there->conflict.local) &&
                       has_side(here->conflict, there->conflict.remote);
    if (known) return;
    archive(*there);
    remember(lost, Status::merged);
  }

  static bool has_side(const ConflictCase& conflict, const Side& side) {
    return conflict.local.content == side.content || conflict.remote.content == side.content;
  }

  Incoming incoming(const Record& lost, const Record& stored, Version shared) {
    Incoming change = as_change(lost, stored, shared, [&](const FieldVersion& edit) {
      return sent_again_.has_since(edit.origin);
    });
    change.change = change_of_lost(lost.type, lost.id, lost.rev);
    change.device_name = name_of(lost.device);
    return change;
  }

  // Whether `ours` has another change under the number of this one: the replica was cloned.
  static bool is_of_a_clone(const FieldVersion& change, const History& ours,
                            const std::string& value) {
    const Origin& made = change.origin;
    if (!made.device_seq) return false;  // a plain client numbers nothing
    const auto changes = ours.last_changes();
    return std::ranges::any_of(changes, [&](const FieldVersion& other) {
      const bool of_its_number =
          other.origin.replica == made.replica && other.origin.device_seq == made.device_seq;
      if (!of_its_number || other.field == any_field) return false;
      if (other.origin.stamp != made.stamp) return true;
      return other.field == change.field && value != value_of(ours.fields(), other.field);
    });
  }

  // By itself, or with another version that was given back.
  bool came_here_before(const History& theirs, const History& ours, const std::string& field,
                        const std::string& value) {
    const FieldVersion change = theirs.last_change(field);
    if (is_of_a_clone(change, ours, value)) return false;
    return sent_again_.has(theirs, change) ||
           value_taken_back(log(), theirs.record(), change, value);
  }

  // What the server has had since is no edit of what is given back.
  void leave_out_what_came_before(Incoming& change, const Record& lost, const Record& stored) {
    if (lost.deleted) return;
    const History theirs(lost);
    const History ours(stored);
    const bool names_edits = change.base || stored.deleted;
    for (const auto& [field, value] : theirs.fields()) {
      if (!came_here_before(theirs, ours, field, value)) continue;
      std::erase(*change.changed, field);
      // Without a base every field that differs is one.
      if (names_edits) continue;
      const std::string* here = ours.fields().find(field);
      if (here != nullptr) {
        change.fields.set(field, *here);
      } else {
        change.fields.erase(field);
      }
    }
  }

  std::string name_of(const DeviceId& device) const {
    const auto named = names_.find(device);
    return named == names_.end() ? std::string() : named->second;
  }

  // `shared`: a version that the server has with the edits up to it, and was never taken back: of
  // those a record is known by its last version only.
  void remember_values_of(const Record& lost, Version shared, Status status) {
    remember_values(log(), lost, shared, status, to_commit_time(writer_.now()));
  }

  void remember(const Record& lost, Status status) {
    const CommitTime now = to_commit_time(writer_.now());
    remember_record(log(), lost, place_, status, now);
    if (!std::exchange(line_remembered_, true)) remember_line(log(), theirs_, now);
    remember_places(log(), lost, now);
    note_clone(lost.origin);
    for (const FieldVersion& change : lost.field_versions) note_clone(change.origin);
  }

  void note_clone(const Origin& lost) {
    if (sent_again_.is_of_a_clone(lost)) remember_clone(log(), lost);
  }

  void answer(const Record& sent) {
    auto stored = log().find(sent.type, sent.id);
    if (!stored || stored_as_sent(*stored, sent)) return;
    const Unread unread{fork_, answer_bytes_};
    for (Record& row : unread_conflicts(log(), sent.type, sent.id, unread)) tell(std::move(row));
    tell(std::move(*stored));
  }

  void tell(Record row) {
    answer_bytes_ += row_bytes(row);
    changes_.push_back(std::move(row));
  }

  LogWriter writer_;
  const DeviceNames& names_;
  const Epochs& theirs_;
  const Seq fork_;
  const Epochs epochs_;  // before anything of this frame was written
  SentAgain sent_again_;
  LostPlace place_;  // of the record that is looked at
  bool line_remembered_ = false;
  std::vector<Record> changes_;
  std::size_t answer_bytes_ = 0;
};

}  // namespace

Reconciliation apply_reconcile(UserTxn& log, const DeviceNames& names, const Reconcile& reconcile,
                               const Giver& giver, const ApplyContext& context) {
  if (log.state().generation != giver.welcomed) {
    return {refused(log, {.code = ErrorCode::resync_required,
                          .message = "the account was reset since the welcome"}),
            {}};
  }
  Reconciler reconciler(log, names, giver.epochs, reconcile.fork_seq, context);
  bool enough = false;
  for (const Record& sent : reconcile.records) {
    enough = reconciler.had_enough_effect();
    if (enough) break;
    reconciler.take(sent);
  }
  Reconciliation outcome = reconciler.finish();
  if (enough) {
    outcome.applied.error = Error{.code = ErrorCode::payload_too_large,
                                  .message = "too much for one answer; give back fewer at once"};
  }
  return outcome;
}

}  // namespace studiosync
