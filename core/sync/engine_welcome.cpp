// What the engine makes of a welcome: it goes on, or recovers first.
#include <algorithm>

#include "core/base/zoo.hpp"
#include "core/sync/engine_turn.hpp"
#include "core/sync/originals.hpp"

namespace studiosync {
namespace {

// As long as the server keeps its own (docs/PROTOCOL.md section 9).
constexpr Millis tombstones_kept{30LL * 24 * 3600 * 1000};

bool reset_since(const DeviceMeta& meta, const Welcome& welcome) {
  if (SS_ZOO(reset_is_not_noticed)) return false;
  const bool was_here = meta.cursor.seq || !meta.epochs.empty();
  return was_here && meta.cursor.generation != welcome.head.generation;
}

// The last seq that the server's history shares with what is stored here, where that is not all of
// it. The server judges by the cursor, and knows nothing of what lies beyond it.
std::optional<Seq> fork_of(const DeviceMeta& meta, const Welcome& welcome) {
  if (SS_ZOO(restore_is_taken_for_a_fork)) return std::nullopt;
  if (welcome.fork_seq) return welcome.fork_seq;
  const bool known = meta.ahead.seq <= meta.cursor.seq ||
                     cursor_valid(meta.ahead, welcome.epochs, welcome.head.seq);
  if (known || SS_ZOO(restores_beyond_the_cursor_are_not_noticed)) return std::nullopt;
  const Epochs read = with_epoch_of(meta.ahead, with_epoch_of(meta.cursor, meta.epochs));
  return fork_point(read, welcome.epochs, welcome.head.seq);
}

Error other_account() {
  return {.code = ErrorCode::forbidden,
          .message = "this database belongs to another account; log in as its owner"};
}

}  // namespace

Epochs epochs_to_remember(const Welcome& welcome) {
  Epochs epochs = welcome.epochs;
  const bool listed = std::any_of(epochs.begin(), epochs.end(), [&](const EpochMark& mark) {
    return mark.epoch == welcome.epoch;
  });
  // The user has no row of this server start yet: the first one will be the next.
  if (!listed) epochs.push_back({welcome.epoch, welcome.head.seq.next()});
  return epochs;
}

void ClientEngine::on_welcome(Turn& turn, const Event& event) {
  answered(event.frame->id);
  const auto& welcome = event.body<Welcome>();
  const DeviceMeta meta = store_.meta();
  head_ = welcome.head;
  drain_delay_.reset();
  batch_ = options_.batch_first;
  if (!meta.user_id.empty() && meta.user_id != welcome.user_id) {
    stop_for(turn, other_account());
  } else if (reset_since(meta, welcome)) {
    leave_reset_account(turn, welcome);
  } else if (const auto fork = fork_of(meta, welcome)) {
    start_giving_back(turn, welcome, *fork);
  } else {
    go_on(turn, welcome);
  }
}

void ClientEngine::go_on(Turn& turn, const Welcome& welcome) {
  if (!begin(turn, Durability::full)) return;
  DeviceMeta meta = store_.meta();
  adopt(welcome, meta, turn.now);
  const bool fits = stream_fits(welcome, meta);
  store_.set_meta(meta);
  // By the server's clock: this one may be years ahead, and would forget them all.
  expire_originals(store_, std::min(turn.now, welcome.server_time));
  store_.forget_tombstones(to_commit_time(welcome.server_time - tombstones_kept));
  store_.trim_journal(turn.now - journal_kept);
  if (!commit(turn)) return;
  if (!fits) {
    restart_replica(turn, {.code = ErrorCode::replica_forked,
                           .message = "another device has gone on with this replica's stream"});
  } else if (meta.recovery != Recovery::none) {
    start_snapshot(turn);
  } else {
    become_live(turn);
  }
}

void ClientEngine::adopt(const Welcome& welcome, DeviceMeta& meta, WallTime now) {
  meta.user_id = welcome.user_id;
  meta.epochs = epochs_to_remember(welcome);
  if (!meta.cursor.seq) meta.cursor.generation = welcome.head.generation;
  if (meta.recovery == Recovery::reconcile) meta.recovery = Recovery::none;
  const bool checked = !SS_ZOO(floor_is_forgotten) && !SS_ZOO(push_below_the_floor);
  const bool tombstones_missed = meta.cursor.seq < welcome.floor && checked;
  if (tombstones_missed && meta.recovery == Recovery::none) meta.recovery = Recovery::resync;
  const bool planned = meta.digest_due.unix_ms != 0;
  const WallTime latest = now + options_.digest_interval;
  if (!planned || meta.digest_due > latest) meta.digest_due = latest;
  digest_due_ = meta.digest_due;
}

// docs/PROTOCOL.md section 8: acknowledged ≤ the server's last ≤ frozen, with equal ids.
bool ClientEngine::stream_fits(const Welcome& welcome, const DeviceMeta& meta) {
  if (SS_ZOO(reused_numbers_are_duplicates)) return true;
  const ReplicaMark& last = welcome.replica;
  if (last.seq < meta.last_acked || meta.last_frozen < last.seq) return false;
  if (last.seq == meta.last_acked) return last.change == meta.last_acked_id;
  const auto frozen = store_.find_frozen(last.seq);
  return frozen && frozen->change == last.change;
}

void ClientEngine::restart_replica(Turn& turn, const Error& error) {
  if (!begin(turn, Durability::full)) return;
  restart_stream(store_, new_replica(turn.now));
  if (!commit(turn)) return;
  fail_link(turn, error);  // the server hears of the new replica by the next hello
}

ReplicaId ClientEngine::new_replica(WallTime now) {
  return successor_of(store_.meta().replica, now.unix_ms, random_);
}

}  // namespace studiosync
