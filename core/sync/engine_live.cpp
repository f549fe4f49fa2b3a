// The engine while connected: what it sends, and what it does with what comes.
#include "core/base/limits.hpp"
#include "core/base/zoo.hpp"
#include "core/sync/engine_turn.hpp"

namespace studiosync {

void ClientEngine::become_live(Turn& turn) {
  next_pull_ = turn.now + options_.pull_interval;
  enter(turn, LinkState::live);
  resend_frozen(turn);
  pull_if_behind(turn);
  push_pending(turn);
  check_digest(turn);
  if (state_ == LinkState::live && requests_.empty()) succeeded();
}

void ClientEngine::resend_frozen(Turn& turn) {
  if (SS_ZOO(nothing_is_sent_again)) return;
  std::vector<FrozenChange> batch;
  std::size_t bytes = 0;
  for (FrozenChange& change : store_.frozen({}, limits::unacknowledged_max)) {
    const bool tired = SS_ZOO(dropped_after_three_failures) && backoff_.attempts() >= 3;
    if (tired && begin(turn, Durability::full)) {
      store_.remove_frozen(change.seq);
      if (commit(turn)) continue;
    }
    bytes += change.content.size();
    batch.push_back(std::move(change));
    if (batch.size() < options_.batch_largest && bytes < options_.batch_bytes) continue;
    send_push(turn, batch);
    batch.clear();
    bytes = 0;
  }
  if (!batch.empty()) send_push(turn, batch);
}

bool ClientEngine::may_push() const {
  const auto in_flight = std::count_if(requests_.begin(), requests_.end(), [](const auto& request) {
    return request.second.kind == Request::Kind::push;
  });
  return state_ == LinkState::live && !refused_for_now_ &&
         static_cast<std::size_t>(in_flight) < options_.pushes_in_flight_max;
}

void ClientEngine::push_pending(Turn& turn) {
  // Looked at without the write lock first: most turns have nothing to send.
  for (bool more = !store_.pending(1).empty(); more && may_push();) {
    if (!begin(turn, Durability::full)) return;
    const Frozen frozen = freeze_batch(turn.now);
    if (!commit(turn)) return;
    more = send_batch(turn, frozen);
  }
}

Frozen ClientEngine::freeze_batch(WallTime now) {
  return freeze(store_, {batch_, options_.batch_bytes}, now, random_);
}

// What is frozen must be committed. Whether another batch is worth trying.
bool ClientEngine::send_batch(Turn& turn, const Frozen& frozen) {
  for (const RejectedChange& refused : frozen.refused) {
    turn.effects.notices.push_back({.kind = Notice::Kind::rejected,
                                    .key = {refused.change.type, refused.change.id},
                                    .error = refused.error});
  }
  const bool more = frozen.more && !(frozen.changes.empty() && frozen.refused.empty());
  if (frozen.changes.empty()) return more;
  send_push(turn, frozen.changes);
  batch_ = more ? std::min(batch_ * 2, options_.batch_largest) : options_.batch_first;
  return more;
}

void ClientEngine::send_push(Turn& turn, const std::vector<FrozenChange>& changes) {
  Push push{.now = turn.now, .changes = {}, .cursor = store_.meta().cursor};
  for (const FrozenChange& change : changes) push.changes.push_back(to_push(change));
  if (SS_ZOO(last_of_a_batch_is_dropped) && changes.size() > 1) push.changes.pop_back();
  if (SS_ZOO(numbers_are_shuffled)) std::ranges::reverse(push.changes);
  request(turn, Request::Kind::push, std::move(push));
}

// Whether an answer to a pull is awaited, other than the one with this id.
bool ClientEngine::pulling(std::string_view but_for) const {
  return std::ranges::any_of(requests_, [&](const auto& request) {
    return request.second.kind == Request::Kind::pull && request.first != but_for;
  });
}

std::optional<Frame> ClientEngine::ask_ahead(Connection connection, const Frame& frame,
                                             WallTime now) {
  const auto* page = std::get_if<Changes>(&frame.body);
  const bool next = page && page->has_more && connection == connection_ &&
                    state_ == LinkState::live && !pulling(frame.id) &&
                    fit(store_.meta().cursor, page->from, page->to) == FrameFit::next;
  if (!next) return std::nullopt;
  Turn turn = begin_turn(now);
  head_wanted_ = false;
  request(turn, Request::Kind::pull, Pull{page->to, options_.page_rows});
  return std::move(turn.effects.send.front());
}

void ClientEngine::pull(Turn& turn) {
  next_pull_ = turn.now + options_.pull_interval;
  if (pulling()) return;
  head_wanted_ = false;
  request(turn, Request::Kind::pull, Pull{store_.meta().cursor, options_.page_rows});
}

void ClientEngine::pull_if_behind(Turn& turn) {
  if (head_wanted_ || store_.meta().cursor.seq < head_.seq) pull(turn);
}

Result<Effects> ClientEngine::edit(const std::function<Result<>()>& write, WallTime now) {
  Turn turn = begin_turn(now);
  SS_TRY(store_.begin(SS_ZOO(edits_are_not_synced) ? Durability::relaxed : Durability::full));
  if (auto written = write(); !written) {
    store_.rollback();
    return Unexpected(std::move(written).error());
  }
  const Frozen frozen = may_push() ? freeze_batch(now) : Frozen{};
  SS_TRY(store_.commit());
  if (send_batch(turn, frozen)) push_pending(turn);
  schedule(turn);
  return std::move(turn.effects);
}

void ClientEngine::on_edited(Turn& turn, const Event&) {
  push_pending(turn);
}

// A server whose commits fail begins an epoch after the other on one connection. Each of them is
// remembered that rows were read of: the next hello tells the last one alone.
void ClientEngine::move_on(DeviceMeta& meta, const Cursor& to) {
  if (to.epoch != meta.cursor.epoch)
    meta.epochs = with_epoch_of(meta.cursor, std::move(meta.epochs));
  meta.cursor = to;
}

void ClientEngine::on_pushed(Turn& turn, const Event& event) {
  answered(event.frame->id);
  const auto& pushed = event.body<Pushed>();
  if (!begin(turn, Durability::relaxed)) return;
  // Copies first: an edit made meanwhile may belong on one.
  note_rows(turn, apply_rows(store_, pushed.changes, turn.now));
  bool history_lost = false;
  for (const ChangeResult& result : pushed.results) {
    const auto settled = settle(store_, result, pushed.to.seq, turn.now);
    if (!settled) continue;
    history_lost = history_lost || settled->queued_again;
    if (!settled->queued_again) note_settled(turn, *settled);
  }
  DeviceMeta meta = store_.meta();
  if (history_lost) meta.recovery = Recovery::resync;
  const FrameFit fits = fit(meta.cursor, pushed.from, pushed.to);
  if (fits == FrameFit::next || (SS_ZOO(answers_leap_over_gaps) && fits == FrameFit::gap)) {
    move_on(meta, pushed.to);
    meta.last_sync = turn.now;
  }
  note_ahead(meta, pushed.to);
  store_.set_meta(meta);
  if (!commit(turn)) return;
  succeeded();
  hear_of(pushed.to);
  turn.effects.notices.push_back({.kind = Notice::Kind::progress});
  if (history_lost) {
    fail_link(turn, {.code = ErrorCode::resync_required,
                     .message = "the server has no history of a record that was edited here"});
    return;
  }
  push_pending(turn);
  pull_if_behind(turn);
  check_digest(turn);
}

void ClientEngine::on_changes(Turn& turn, const Event& event) {
  answered(event.frame->id);
  const auto& page = event.body<Changes>();
  if (reset_meanwhile(turn, page.to)) return;
  hear_of(page.to);
  if (!begin(turn, Durability::relaxed)) return;
  DeviceMeta meta = store_.meta();
  const FrameFit fits = fit(meta.cursor, page.from, page.to);
  if (fits == FrameFit::next || fits == FrameFit::overlap) {
    // Of an overlap the known rows change nothing: they are not newer than their shadows.
    if (SS_ZOO(cursor_is_stored_before_its_rows)) {
      meta.cursor = page.to;
      store_.set_meta(meta);
      if (!commit(turn) || !begin(turn, Durability::relaxed)) return;
    }
    note_rows(turn, apply_rows(store_, page.changes, turn.now));
    meta = store_.meta();
    move_on(meta, page.to);
    meta.last_sync = turn.now;
    store_.set_meta(meta);
  }
  if (!commit(turn)) return;
  succeeded();
  turn.effects.notices.push_back({.kind = Notice::Kind::progress});
  if (page.has_more && fits != FrameFit::old) {
    pull(turn);
  } else {
    pull_if_behind(turn);
  }
  push_pending(turn);
  check_digest(turn);
}

void ClientEngine::on_changed(Turn& turn, const Event& event) {
  if (const auto* hint = std::get_if<Changed>(&event.frame->body)) {
    if (SS_ZOO(hints_are_ignored)) return;
    hear_of(hint->head);
    // Also where an answer to a push has brought the device there already: after a hint the server
    // sends no rows until it has been asked.
    pull(turn);
    return;
  }
  answered(event.frame->id);  // reauthed, and whatever a newer server may say
  check_digest(turn);
}

void ClientEngine::hear_of(const Cursor& head) {
  if (head_.seq < head.seq) head_ = head;
}

void ClientEngine::on_error(Turn& turn, const Event& event) {
  const Error& error = event.body<ErrorFrame>().error;
  const auto kind = answered(event.frame->id);
  // What follows an answer to the first changes of a push is about the others.
  const bool rest = event.frame->id.empty() && error.retryable() && state_ == LinkState::live;
  if (error.code == ErrorCode::device_revoked) {
    stop_for(turn, error);
  } else if (error.code == ErrorCode::replica_forked) {
    restart_replica(turn, error);
  } else if (refused_for_now_ && error.code == ErrorCode::bad_request) {
    // Pushed behind one that was refused for now: without a place yet. All of it goes out again.
  } else if (error.code == ErrorCode::resync_required) {
    start_over(turn, error);
  } else if (kind == Request::Kind::push || rest) {
    on_push_refused(turn, error);
  } else if (kind == Request::Kind::reconcile) {
    on_reconcile_refused(turn, error);
  } else if (kind == Request::Kind::rows) {
    on_rows_refused(turn, error);
  } else {
    on_closed(turn, {EventKind::closed, connection_, nullptr, error});
  }
}

void ClientEngine::on_push_refused(Turn& turn, const Error& error) {
  if (error.retryable()) {
    // The changes stay frozen and go out again; nothing is dropped for a passing reason.
    last_error_ = error;
    refused_for_now_ = true;
    wake_ = turn.now + std::max(backoff_.next(random_), Millis{error.retry_after_ms});
    note_attempt(turn, error);
  } else {
    on_closed(turn, {EventKind::closed, connection_, nullptr, error});
  }
}

void ClientEngine::note_rows(Turn& turn, std::vector<RecordKey> keys) {
  auto& notices = turn.effects.notices;
  notices.reserve(notices.size() + keys.size());
  for (RecordKey& key : keys) {
    Notice& notice = notices.emplace_back();
    notice.kind = Notice::Kind::changed;
    notice.key = std::move(key);
  }
}

void ClientEngine::note_settled(Turn& turn, const Settled& settled) {
  Notice notice{.kind = Notice::Kind::settled, .key = settled.key};
  if (settled.status == Status::rejected) notice.kind = Notice::Kind::rejected;
  if (settled.status == Status::conflict) notice.kind = Notice::Kind::conflict;
  notice.text = settled.copy_id.empty() ? settled.conflict_id : settled.copy_id;
  notice.error = settled.error;
  notice.settled = settled;
  turn.effects.notices.push_back(std::move(notice));
}

}  // namespace studiosync
