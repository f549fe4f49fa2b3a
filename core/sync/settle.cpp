#include <algorithm>
#include <iterator>

#include "core/base/zoo.hpp"
#include "core/conflicts/deletes.hpp"
#include "core/conflicts/hybrid_clock.hpp"
#include "core/sync/inbound.hpp"
#include "core/sync/later_edit.hpp"
#include "core/sync/mass_delete.hpp"
#include "core/sync/originals.hpp"
#include "core/sync/outbox.hpp"
#include "core/sync/own_version.hpp"
#include "core/sync/rebase.hpp"
#include "core/sync/refused.hpp"

namespace studiosync {
namespace {

std::string live_content(const std::optional<Record>& record) {
  return record && !record->deleted ? record->content : std::string();
}

class Settlement {
 public:
  Settlement(DeviceStore& store, const FrozenChange& change, const ChangeResult& result, Seq head,
             WallTime now)
      : store_(store),
        change_(change),
        result_(result),
        head_(head),
        now_(now),
        meta_(store.meta()) {}

  // Returns whether the change waits for its place in the stream again.
  bool run() {
    record_ = store_.find(change_.type, change_.id).value_or(DeviceRecord{});
    record_.type = change_.type;
    record_.id = change_.id;
    record_.in_flight.reset();
    const Status status = result_.first_status.value_or(result_.status);
    const bool lost = status == Status::rejected && result_.error &&
                      result_.error->code == ErrorCode::resync_required;
    if (lost) {
      // What was withdrawn meanwhile has taken along what was edited upon it.
      if (!withdrawn()) queue_again();
    } else if (status == Status::rejected) {
      keep_rejected(
          result_.error.value_or(Error{.code = ErrorCode::validation_error, .message = "refused"}));
    } else if (status == Status::held) {
      keep_rejected(held_delete());
    } else if (change_.reason == "private") {
      // The originator keeps its own row, and the tombstone below it: a restored server must hear
      // of the withdrawal again, or it would give the record back to the other devices.
      raise_shadow();
      show_what_replaced_it();
    } else {
      take(status);
      const bool gone = !record_.edit && live_content(record_.shadow).empty();
      if (change_.action == Action::remove && gone) {
        forget_deleted(store_, {record_.type, record_.id});
        forget_refused(store_, {record_.type, record_.id});
      }
    }
    store_.remove_frozen(change_.seq);
    store_.put(record_);
    note(status);
    return lost;
  }

 private:
  void note(Status status) {
    JournalEntry entry{.type = record_.type, .id = record_.id, .at = now_};
    entry.event = status == Status::rejected ? JournalEvent::rejected
                  : status == Status::held   ? JournalEvent::held
                                             : JournalEvent::answered;
    entry.device_seq = change_.seq;
    entry.change = change_.change;
    entry.rev = result_.rev;
    if (record_.shadow && record_.shadow->rev == result_.rev) entry.seq = record_.shadow->seq;
    entry.detail = result_.error ? to_string(result_.error->code) : to_string(status);
    store_.note(entry);
  }

  // The server has forgotten the version that was edited, and perhaps the record: what the user
  // wants is still to be done, once it is known what there is.
  void queue_again() {
    PendingEdit again{.action = change_.action, .reason = change_.reason};
    again.base = change_.base;
    again.changed = change_.changed;
    again.stamp = change_.stamp;
    again.queued = now_;
    again.confirmed = change_.confirmed;
    if (!record_.edit) {
      record_.edit = std::move(again);
    } else if (record_.edit->action == Action::upsert) {
      record_.edit->changed = join(record_.edit->changed, change_.changed);
    }
  }

  bool withdrawn() const {
    return record_.shadow && absorbing(*record_.shadow) && !record_.local_only;
  }

  // The user may have deleted the withdrawn record since, or begun it anew: there is nothing left
  // that an edit could be based on, and what another device made of it meanwhile is not his.
  void show_what_replaced_it() {
    if (record_.edit) {
      record_.edit->base = {};
    } else if (!record_.local_only) {
      note_gone(store_, key());
      take_content(store_, record_, live_content(record_.shadow), now_);
    }
  }

  // A later edit takes the refused fields along; without one they stay as the user left them.
  void keep_rejected(Error error) {
    if (change_.action == Action::remove && record_.edit) return replace_delete();
    if (SS_ZOO(refused_changes_are_dropped)) {
      record_.content = live_content(record_.shadow);
      return;
    }
    // What is unsynced now was written after the record was withdrawn, and the refused text with
    // it.
    const bool made_anew = record_.edit && withdrawn();
    store_.add_rejected(refused_text(change_, std::move(error), now_));
    if (made_anew) note_made_anew(store_, key());
    if (deleted_since()) {
      note_written(store_, key(), written_since(store_, record_, change_));
    } else if (record_.edit) {
      record_.edit->changed = join(record_.edit->changed, change_.changed);
    } else if (withdrawn() || deleted_by_others()) {
      note_gone(store_, key());
      take_content(store_, record_, {}, now_);  // the list shows it: the record is gone
    } else {
      take_what_others_wrote(store_, record_, change_, now_);
    }
  }

  RecordKey key() const { return {record_.type, record_.id}; }

  // The user was looking at the refused text, which goes when that happens.
  bool deleted_since() const {
    return record_.edit && record_.edit->action == Action::remove && !record_.local_only;
  }

  // While the change was on its way.
  bool deleted_by_others() const {
    return record_.shadow && record_.shadow->deleted && !record_.local_only &&
           record_.shadow->rev.version > change_.base.version;
  }

  // What the user has made of the record since takes the place of the delete. It is whole: the
  // fields that it lacks went with the delete.
  void replace_delete() {
    if (record_.edit->action == Action::remove) return;
    const auto differing = changed_keys(fields_of(live_content(record_.shadow)),
                                        outgoing(record_.type, record_.content));
    record_.edit->changed = join(record_.edit->changed, differing);
  }

  // What was written upon refused texts is the server's now, but for what lost to others' text.
  void settle_refused(const std::optional<Record>& before, std::string_view after) {
    if (change_.action == Action::remove) {
      note_others(store_, record_, before);
      return;
    }
    const Fields theirs = fields_of(after);
    const Fields sent = fields_of(change_.content);
    // What is whole does not name the fields that its user has taken out.
    const std::vector<std::string> upon = join(change_.changed, shown_fields(store_, key()));
    std::vector<std::string> taken = upon;
    std::erase_if(taken, [&](const std::string& field) {
      return value_of(theirs, field) != value_of(sent, field);
    });
    // A copy has all of it.
    note_taken(store_, key(), result_.copy_id.empty() ? taken : upon);
    note_written(store_, key(), upon);
  }

  void take(Status status) {
    known_ = known_version();
    const std::optional<Record> known = record_.shadow;
    const std::string before = live_content(known);
    raise_shadow();
    const std::string after = live_content(record_.shadow);
    settle_refused(known, after);
    const bool asks = status == Status::conflict && result_.strategy == Strategy::user_choice;
    if (record_.edit && asks) {
      // The user goes on editing the losing side: it reaches the open conflict.
      record_.edit->base = change_.base;
      if (change_.action == Action::remove) replace_delete();
      record_.edit->changed = join(record_.edit->changed, change_.changed);
      unmark_moved(store_, record_, before, now_);
      return;
    }
    if (SS_ZOO(answer_clears_a_later_edit)) record_.edit.reset();
    if (!SS_ZOO(edits_behind_a_copy_stay)) move_to_copy(after);
    const RebaseInput input{record_.content, known_, after};
    if (record_.edit) {
      rebase_edit(input);
    } else if (!record_.local_only) {
      // What was redacted on the way out stays, where what was sent is what is stored.
      take_content(store_, record_, rebase(input, {}), now_);
      if (change_.action == Action::remove && !after.empty()) show_refused(store_, record_, now_);
    }
    mark_sent(record_, fields_of(change_.content));
    if (!record_.redacted.empty()) forget_returned(store_, record_);
    if (status != Status::conflict) forget_edited(store_, record_, change_.changed);
    if (SS_ZOO(redacted_text_looks_edited) && !record_.redacted.empty()) queue_again();
  }

  // The server's version that the user's text goes with: as it was sent. What he left alone was
  // sent redacted by today's rules, and stands on the server as it was redacted before.
  std::string known_version() const {
    std::vector<std::string> untouched;
    std::set_difference(record_.redacted.begin(), record_.redacted.end(), change_.changed.begin(),
                        change_.changed.end(), std::back_inserter(untouched));
    if (change_.content.empty()) return {};
    return with_fields(change_.content, untouched, live_content(record_.shadow));
  }

  // Whether the server has nothing under this id: the delete of something unknown, or a repeated
  // answer about a record whose tombstone is collected by now.
  bool nothing_there() const {
    if (result_.record) return false;
    return !result_.rev.version || result_.status == Status::duplicate;
  }

  // Whether the version is known as it is stored. After a restore from a backup a device hears of
  // what it did itself by the log, before it asks once more.
  bool came_as_row() const {
    return !result_.record && record_.shadow && record_.shadow->rev == result_.rev;
  }

  // No late result lowers a shadow.
  void raise_shadow() {
    if (nothing_there()) {
      record_.shadow.reset();
      return;
    }
    if (came_as_row()) return;
    Record shadow = result_.record ? *result_.record
                                   : own_version(record_.shadow, change_, result_, meta_, head_);
    const bool newer = supersedes(shadow, record_.shadow) || SS_ZOO(late_answers_lower_shadows);
    if (shadow.id != record_.id) move_to(shadow.id);
    if (newer) record_.shadow = std::move(shadow);
  }

  // The server gave the record another id (a preference's follows from its key).
  void move_to(const std::string& id) {
    store_.put({.type = record_.type, .id = record_.id});
    record_.id = id;
    if (const auto other = store_.find(record_.type, id)) {
      store_.put({.type = record_.type, .id = id});
      put_aside(store_, {record_.type, id}, other->content, now_);
    }
  }

  void rebase_edit(const RebaseInput& input) {
    // A restored server knows nothing of what turned private until another device gives it back: it
    // has to hear of a version that was there.
    const bool unknown = !record_.shadow && record_.edit->reason == reason_private;
    const AnsweredChange answered{change_, result_.rev.version, meta_.replica};
    record_.edit->base = unknown ? change_.base : base_behind_answer(record_, answered, input);
    if (record_.edit->action == Action::remove) return;
    // A creation of nothing but `{}` names no field, and is an edit all the same.
    const bool anew = input.new_shadow.empty();
    take_content(store_, record_, anew ? record_.content : rebase(input, record_.edit->changed),
                 now_);
  }

  // The user was looking at the text that became the copy: it and its edit go on there. What is
  // left to the record is the text as it was sent.
  void move_to_copy(std::string_view after) {
    if (result_.copy_id.empty()) return;
    DeviceRecord copy = store_.find(change_.type, result_.copy_id)
                            .value_or(DeviceRecord{.type = change_.type, .id = result_.copy_id});
    // Deleted since, and its tombstone collected: only an edit of its text makes it anew.
    if (!copy.shadow && !record_.edit) return;
    auto edit = std::exchange(record_.edit, std::nullopt);
    const auto changed = edit ? edit->changed : std::vector<std::string>{};
    const bool removes = edit && edit->action == Action::remove;
    take_content(
        store_, copy,
        removes ? std::string() : rebase({record_.content, change_.content, copy.content}, changed),
        now_);
    if (edit) join_edit(copy, std::move(*edit));
    mark_sent(copy, fields_of(change_.content));
    store_.put(copy);
    leave_to_record(join(changed, moved_fields(copy, after)));
  }

  void join_edit(DeviceRecord& copy, PendingEdit edit) const {
    const bool removes = edit.action == Action::remove;
    if (!copy.shadow && removes) return copy.edit.reset();
    if (copy.edit) {
      edit.base = copy.edit->base;
    } else {
      const Origin sent{meta_.replica, change_.seq, change_.stamp};
      edit.base = copy.shadow ? rev_as_made(*copy.shadow, sent) : Rev{};
    }
    if (copy.edit && !removes) edit.changed = join(edit.changed, copy.edit->changed);
    copy.edit = std::move(edit);
  }

  // The fields that the record is about to lose to the other side, and that the copy has now.
  std::vector<std::string> moved_fields(const DeviceRecord& copy, std::string_view after) const {
    std::vector<std::string> moved = changed_keys(fields_of(known_), fields_of(after));
    const Fields here = fields_of(record_.content);
    const Fields there = fields_of(copy.content);
    std::erase_if(moved, [&](const std::string& field) {
      return here.find(field) == nullptr || value_of(here, field) != value_of(there, field);
    });
    return moved;
  }

  void leave_to_record(const std::vector<std::string>& moved) {
    record_.content = with_fields(record_.content, moved, change_.content);
    std::erase_if(record_.redacted, [&](const std::string& field) {
      return std::binary_search(moved.begin(), moved.end(), field);
    });
  }

  DeviceStore& store_;
  const FrozenChange& change_;
  const ChangeResult& result_;
  const Seq head_;
  const WallTime now_;
  DeviceMeta meta_;
  DeviceRecord record_;
  std::string known_;
};

}  // namespace

std::optional<Settled> settle(DeviceStore& store, const ChangeResult& result, Seq head,
                              WallTime now) {
  const auto change = store.find_frozen(result.device_seq);
  if (SS_ZOO(refusals_block_the_queue) && result.status == Status::rejected) return std::nullopt;
  if (!change || to_string(change->change) != result.change_id) return std::nullopt;
  const bool queued_again = Settlement(store, *change, result, head, now).run();
  DeviceMeta meta = store.meta();
  if (meta.last_acked < change->seq) {
    meta.last_acked = change->seq;
    meta.last_acked_id = change->change;
  }
  HybridClock clock(meta.clock);
  clock.observe(result.stamp, now);
  meta.clock = clock.last();
  store.set_meta(meta);
  return Settled{.key = {change->type, result.item_id.empty() ? change->id : result.item_id},
                 .status = result.first_status.value_or(result.status),
                 .conflict_id = result.conflict_id,
                 .copy_id = result.copy_id,
                 .error = result.error,
                 .queued_again = queued_again};
}

}  // namespace studiosync
