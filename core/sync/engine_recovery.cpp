// The engine before it may go on as usual: after a reset of the account, with a restored server,
// and when too much was missed to read on. Until the last step of a recovery is committed, the next
// welcome begins it again.
#include <algorithm>

#include "core/base/zoo.hpp"
#include "core/sync/engine_turn.hpp"
#include "core/sync/forget_account.hpp"
#include "core/sync/give_back.hpp"
#include "core/sync/inbound.hpp"
#include "core/sync/sweep.hpp"

namespace studiosync {
namespace {

constexpr int copies_max = 5;

Error restored() {
  return {.code = ErrorCode::replica_forked,
          .message = "the server was restored from a backup; it has back what is known here"};
}

Error unconfirmed() {
  return {.code = ErrorCode::sweep_unconfirmed,
          .message =
              "the server no longer has more than half of the records of a type; the "
              "database was set aside, and goes on once this is confirmed"};
}

}  // namespace

// A transaction over what was set aside, all of it: where another process wrote behind the copy it
// is copied once more.
bool ClientEngine::begin_beside_copy(Turn& turn) {
  for (int copies = 0; copies < copies_max; ++copies) {
    const std::uint64_t before = store_.external_change_counter();
    if (auto copied = store_.set_aside("reset"); !copied) {
      fail_link(turn, std::move(copied).error());
      return false;
    }
    if (!begin(turn, Durability::full)) return false;
    if (store_.external_change_counter() == before) return true;
    if (SS_ZOO(edits_behind_a_copy_are_dropped)) return true;
    store_.rollback();
  }
  fail_link(turn, {.code = ErrorCode::store_locked,
                   .message = "other processes write while the database is to be set aside"});
  return false;
}

void ClientEngine::leave_reset_account(Turn& turn, const Welcome& welcome) {
  if (!begin_beside_copy(turn)) return;
  forget_account(store_, welcome.head, epochs_to_remember(welcome), new_replica(turn.now));
  if (!commit(turn)) return;
  note_recovery(turn, "reset");
  fail_link(turn, {.code = ErrorCode::resync_required, .message = "the account was reset"});
}

// A place of another generation than the one that was greeted. The next welcome says the same,
// before anything of the other account is taken or sent.
bool ClientEngine::reset_meanwhile(Turn& turn, const Cursor& to) {
  const bool same = to.generation == store_.meta().cursor.generation;
  if (same || SS_ZOO(reset_is_not_noticed) || SS_ZOO(reset_meanwhile_is_not_noticed)) return false;
  fail_link(turn, {.code = ErrorCode::resync_required, .message = "the account was reset"});
  return true;
}

void ClientEngine::start_giving_back(Turn& turn, const Welcome& welcome, Seq fork) {
  const Seq read =
      SS_ZOO(gaps_before_a_fork_stay) ? fork : std::min(fork, store_.meta().cursor.seq);
  giving_back_ =
      GivingBack{.fork = fork,
                 .place = {epoch_at(welcome.epochs, read), read, welcome.head.generation},
                 .epochs = epochs_to_remember(welcome),
                 .floor = welcome.floor,
                 .last = first_lost,
                 .asked = first_lost,
                 .at_once = options_.batch_largest};
  if (!begin(turn, Durability::full)) return;
  DeviceMeta meta = store_.meta();
  meta.user_id = welcome.user_id;
  // The remembered epochs stay: they say where the fork is, should this begin again.
  if (meta.recovery == Recovery::none) meta.recovery = Recovery::reconcile;
  store_.set_meta(meta);
  settle_what_stands(store_, turn.now);  // what is given back has them in it
  if (!commit(turn)) return;
  note_recovery(turn, "restored");
  enter(turn, LinkState::recovering);
  give_back(turn);
}

void ClientEngine::give_back(Turn& turn) {
  LostBatch batch = next_lost(store_, giving_back_->fork, giving_back_->last,
                              {giving_back_->at_once, options_.batch_bytes});
  if (batch.records.empty()) {
    // What was given back is read again, in its new places, together with all else that is not
    // known.
    request(turn, Request::Kind::snapshot, Snapshot{giving_back_->place});
    return;
  }
  giving_back_->asked = batch.last;
  giving_back_->records = batch.records.size();
  request(turn, Request::Kind::reconcile, Reconcile{giving_back_->fork, std::move(batch.records)});
}

void ClientEngine::on_reconciled(Turn& turn, const Event& event) {
  if (answered(event.frame->id) != Request::Kind::reconcile) return;
  if (!begin(turn, Durability::relaxed)) return;
  note_rows(turn, adopt_rows(store_, event.body<Reconciled>().changes, turn.now));
  if (!commit(turn)) return;
  succeeded();
  giving_back_->last = giving_back_->asked;
  giving_back_->at_once = std::min(giving_back_->at_once * 2, options_.batch_largest);
  give_back(turn);
}

// More became of the records than one answer can hold. What was taken of them is no news when it
// comes again.
void ClientEngine::on_reconcile_refused(Turn& turn, const Error& error) {
  if (error.code != ErrorCode::payload_too_large || giving_back_->records < 2) {
    on_closed(turn, {EventKind::closed, connection_, nullptr, error});
    return;
  }
  giving_back_->at_once = giving_back_->records / 2;
  give_back(turn);
}

// In the transaction of the last page.
void ClientEngine::finish_giving_back(Turn& turn, const Cursor& to) {
  enter_history(store_, {.fork = giving_back_->fork,
                         .cursor = to,
                         .read = listed_,
                         .epochs = giving_back_->epochs,
                         .replica = new_replica(turn.now),
                         .now = turn.now});
  DeviceMeta meta = store_.meta();
  meta.digest_due = turn.now;
  // Deletions beyond that place have been collected: only a complete list tells of them.
  if (giving_back_->place.seq < giving_back_->floor) meta.recovery = Recovery::resync;
  store_.set_meta(meta);
  if (!commit(turn)) return;
  fail_link(turn, restored());  // the server hears of the new replica by the next hello
}

void ClientEngine::start_snapshot(Turn& turn) {
  note_recovery(turn, "resync");
  enter(turn, LinkState::recovering);
  request(turn, Request::Kind::snapshot, Snapshot{});
}

void ClientEngine::on_head(Turn& turn, const Event& event) {
  if (const auto* hint = std::get_if<Changed>(&event.frame->body)) {
    hear_of(hint->head);
  } else {
    on_changed(turn, event);
  }
}

// Rows that were not asked for are in a later page, or are pulled afterwards.
void ClientEngine::on_listed(Turn& turn, const Event& event) {
  const auto& page = event.body<Changes>();
  if (reset_meanwhile(turn, page.to)) return;
  hear_of(page.to);
  if (answered(event.frame->id) != Request::Kind::snapshot) return;
  // The numbered stream begins anew where a restored server has everything back.
  const bool last_word = !page.has_more && giving_back_;
  if (!begin(turn, last_word ? Durability::full : Durability::relaxed)) return;
  note_rows(turn, adopt_rows(store_, page.changes, turn.now));
  for (const Record& row : page.changes) listed_.insert({row.type, row.id});
  if (!giving_back_) {
    DeviceMeta meta = store_.meta();
    note_ahead(meta, page.to);
    store_.set_meta(meta);
  }
  if (!page.has_more) {
    giving_back_ ? finish_giving_back(turn, page.to) : finish_snapshot(turn, page.to);
    return;
  }
  if (!commit(turn)) return;
  succeeded();
  request(turn, Request::Kind::snapshot, Snapshot{page.to});
}

// Not while giving back: until the end the old place tells that something is missing.
void ClientEngine::note_ahead(DeviceMeta& meta, const Cursor& to) {
  if (to.seq <= std::max(meta.ahead.seq, meta.cursor.seq)) return;
  if (to.epoch != meta.ahead.epoch) meta.epochs = with_epoch_of(meta.ahead, std::move(meta.epochs));
  meta.ahead = to;
}

// In the transaction of the last page: the cursor moves together with what it stands for.
void ClientEngine::finish_snapshot(Turn& turn, const Cursor& to) {
  const SweepPlan plan =
      plan_sweep(store_, [&](const RecordKey& key) { return listed_.contains(key); });
  DeviceMeta meta = store_.meta();
  if (plan.asks && meta.recovery != Recovery::confirmed) {
    if (commit(turn)) ask_before_sweep(turn);
    return;
  }
  if (!SS_ZOO(resync_does_not_sweep)) note_rows(turn, sweep(store_, plan, turn.now));
  meta.cursor = to;
  meta.ahead = {};
  meta.recovery = Recovery::none;
  meta.last_sync = turn.now;
  meta.digest_due = turn.now;
  store_.set_meta(meta);
  if (!commit(turn)) return;
  digest_due_ = meta.digest_due;
  listed_.clear();
  succeeded();
  turn.effects.notices.push_back({.kind = Notice::Kind::progress});
  become_live(turn);
}

// Set aside once, however often the question comes up again before it is answered.
void ClientEngine::ask_before_sweep(Turn& turn) {
  if (store_.meta().recovery != Recovery::asks) {
    if (auto copied = store_.set_aside("sweep"); !copied) {
      fail_link(turn, std::move(copied).error());
      return;
    }
    if (!begin(turn, Durability::full)) return;
    DeviceMeta meta = store_.meta();
    meta.recovery = Recovery::asks;
    store_.set_meta(meta);
    if (!commit(turn)) return;
  }
  note_recovery(turn, "asks");
  stop_for(turn, unconfirmed());
}

void ClientEngine::on_confirmed(Turn& turn, const Event&) {
  if (!begin(turn, Durability::full)) return;
  DeviceMeta meta = store_.meta();
  const bool asked = meta.recovery == Recovery::asks;
  if (asked) meta.recovery = Recovery::confirmed;
  store_.set_meta(meta);
  if (!commit(turn)) return;
  // The snapshot is taken anew: the answer may have taken days.
  if (asked && state_ == LinkState::halted) connect(turn);
}

void ClientEngine::start_over(Turn& turn, const Error& error) {
  if (!begin(turn, Durability::full)) return;
  DeviceMeta meta = store_.meta();
  if (meta.recovery == Recovery::none) meta.recovery = Recovery::resync;
  store_.set_meta(meta);
  if (!commit(turn)) return;
  fail_link(turn, error);  // the next welcome says whether a snapshot is enough
}

void ClientEngine::note_recovery(Turn& turn, std::string_view what) {
  turn.effects.notices.push_back({.kind = Notice::Kind::recovery, .text = std::string(what)});
}

}  // namespace studiosync
