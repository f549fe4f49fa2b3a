// The engine proves that its copy is equal to the server's, and heals what is not.
#include "core/base/zoo.hpp"
#include "core/sync/digest.hpp"
#include "core/sync/digest_healing.hpp"
#include "core/sync/engine_turn.hpp"

namespace studiosync {

bool ClientEngine::at_rest() const {
  return state_ == LinkState::live && requests_.empty() && !refused_for_now_ &&
         store_.counts().frozen == 0 && store_.meta().cursor.seq >= head_.seq;
}

void ClientEngine::check_digest(Turn& turn) {
  if (SS_ZOO(resync_does_not_sweep)) return;
  const bool due = digest_asked_ || digest_due_ <= turn.now;
  if (state_ != LinkState::live || !due || !at_rest()) return;
  request(turn, Request::Kind::digest, DigestRequest{store_.meta().cursor, {}});
}

void ClientEngine::on_digest(Turn& turn, const Event& event) {
  const auto kind = answered(event.frame->id);
  const auto& answer = event.body<DigestAnswer>();
  hear_of(answer.cursor);
  const bool comparable = answer.cursor == store_.meta().cursor && store_.counts().frozen == 0;
  if (!comparable) {
    put_off_digest(turn);
  } else if (kind == Request::Kind::digest && !answer.has_rows) {
    compare_sums(turn, answer.sums);
  } else if (kind == Request::Kind::rows && answer.has_rows) {
    heal(turn, answer.rows);
  }
}

// Somebody wrote meanwhile. A person who asked gets the answer as soon as all is at rest again.
void ClientEngine::put_off_digest(Turn& turn) {
  healing_.reset();
  if (!digest_asked_) digest_due_ = turn.now + options_.pull_interval;
  pull_if_behind(turn);
  check_digest(turn);
}

void ClientEngine::plan_digest(Turn& turn, WallTime at) {
  healing_.reset();
  digest_due_ = at;
  if (!begin(turn, Durability::relaxed)) return;
  DeviceMeta meta = store_.meta();
  meta.digest_due = at;
  store_.set_meta(meta);
  if (commit(turn)) succeeded();
}

void ClientEngine::compare_sums(Turn& turn, const DigestSums& sums) {
  Digest digest;
  for (const Record& shadow : store_.live_shadows()) digest.add(shadow);
  const bool equal = digest.sums() == sums;
  if (std::exchange(digest_asked_, false) || !equal) {
    Notice notice{.kind = Notice::Kind::digest, .text = digest.text()};
    notice.server_text = digest_text(sums);
    notice.equal = equal;
    turn.effects.notices.push_back(std::move(notice));
  }
  // What one round does not heal the next one would not either.
  if (equal || healing_) {
    plan_digest(turn, turn.now + options_.digest_interval);
    return;
  }
  healing_ = Healing{.left = differing_buckets(digest.sums(), sums)};
  healing_->at_once = healing_->left.size();
  read_buckets(turn);
}

void ClientEngine::read_buckets(Turn& turn) {
  const auto count =
      static_cast<std::ptrdiff_t>(std::min(healing_->at_once, healing_->left.size()));
  DigestRequest wanted{store_.meta().cursor, {}};
  wanted.buckets.assign(healing_->left.begin(), healing_->left.begin() + count);
  // Once all are read, the sums prove it.
  const auto kind = count > 0 ? Request::Kind::rows : Request::Kind::digest;
  request(turn, kind, std::move(wanted));
}

void ClientEngine::heal(Turn& turn, const std::vector<Record>& rows) {
  const auto count =
      static_cast<std::ptrdiff_t>(std::min(healing_->at_once, healing_->left.size()));
  const std::vector<std::uint8_t> buckets(healing_->left.begin(), healing_->left.begin() + count);
  if (!begin(turn, Durability::relaxed)) return;
  Healed healed;
  if (!SS_ZOO(digest_heals_nothing)) healed = heal_buckets(store_, buckets, rows, turn.now);
  if (healed.asks) {
    store_.rollback();
    start_over(turn, {.code = ErrorCode::resync_required,
                      .message = "the server has less than half of the records of a type"});
    return;
  }
  if (!commit(turn)) return;
  note_rows(turn, healed.changed);
  healing_->left.erase(healing_->left.begin(), healing_->left.begin() + count);
  read_buckets(turn);
}

// Too many rows for one answer: fewer buckets at once, and at last the pages of a snapshot.
void ClientEngine::on_rows_refused(Turn& turn, const Error& error) {
  if (error.code != ErrorCode::payload_too_large) {
    on_closed(turn, {EventKind::closed, connection_, nullptr, error});
  } else if (healing_->at_once > 1) {
    healing_->at_once /= 2;
    read_buckets(turn);
  } else {
    start_over(turn, error);
  }
}

}  // namespace studiosync
