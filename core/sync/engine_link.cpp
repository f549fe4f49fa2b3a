// The engine's connection: opening, greeting, failing, waiting.
#include "core/base/zoo.hpp"
#include "core/sync/admission.hpp"
#include "core/sync/engine_turn.hpp"

namespace studiosync {

void ClientEngine::enter(Turn& turn, LinkState state) {
  if (state_ == state) return;
  state_ = state;
  Notice notice{.kind = Notice::Kind::state, .text = std::string(to_string(state))};
  notice.error = last_error_;
  turn.effects.notices.push_back(std::move(notice));
}

void ClientEngine::connect(Turn& turn) {
  connection_.number++;
  requests_.clear();
  wake_.reset();
  refused_for_now_ = false;
  giving_back_.reset();
  listed_.clear();
  healing_.reset();
  turn.effects.connect = connection_;
  enter(turn, LinkState::connecting);
}

void ClientEngine::retry_later(Turn& turn, Millis delay) {
  requests_.clear();
  wake_ = turn.now + delay;
  enter(turn, LinkState::waiting);
}

void ClientEngine::fail_link(Turn& turn, Error error) {
  turn.effects.disconnect = true;
  connection_.number++;  // whatever the old connection still says is late
  last_error_ = error;
  const Millis jitter = backoff_.next(random_);
  const Millis delay = drain_delay_.value_or(std::max(jitter, Millis{error.retry_after_ms}));
  drain_delay_.reset();
  retry_later(turn, delay);
  note_attempt(turn, error);
}

void ClientEngine::note_attempt(Turn& turn, const Error& error) {
  if (backoff_.attempts() != options_.failures_until_error) return;
  turn.effects.notices.push_back({.kind = Notice::Kind::failing, .error = error});
}

// A welcome alone is no success: a server that fails each request after it would be asked without a
// pause.
void ClientEngine::succeeded() {
  backoff_.reset();
  last_error_.reset();
}

void ClientEngine::stop_for(Turn& turn, Error error) {
  turn.effects.disconnect = true;
  connection_.number++;
  requests_.clear();
  wake_.reset();
  last_error_ = std::move(error);
  enter(turn, LinkState::halted);
}

void ClientEngine::on_start(Turn& turn, const Event&) {
  backoff_.reset();
  last_error_.reset();
  connect(turn);
}

void ClientEngine::on_stop(Turn& turn, const Event&) {
  turn.effects.disconnect = true;
  connection_.number++;
  requests_.clear();
  wake_.reset();
  enter(turn, LinkState::stopped);
}

void ClientEngine::on_opened(Turn& turn, const Event&) {
  greet(turn);
}

void ClientEngine::greet(Turn& turn) {
  const DeviceMeta meta = store_.meta();
  Hello hello;
  hello.token = token_;
  hello.device = meta.device;
  hello.device_name = without_credentials(meta.device_name);
  hello.replica = meta.replica;
  hello.acked = {meta.last_acked, meta.last_acked_id};
  hello.frozen = {meta.last_frozen, meta.last_frozen_id};
  hello.cursor = meta.cursor;
  hello.epochs = meta.epochs;
  hello.now = turn.now;
  request(turn, Request::Kind::hello, std::move(hello));
  enter(turn, LinkState::greeting);
}

void ClientEngine::on_closed(Turn& turn, const Event& event) {
  const Error error = event.error.value_or(Error{.code = ErrorCode::network_error});
  if (error.code == ErrorCode::device_revoked) {
    stop_for(turn, error);
    return;
  }
  fail_link(turn, error);
  if (error.code == ErrorCode::unauthorized || error.code == ErrorCode::token_expired) {
    if (SS_ZOO(expired_token_empties_the_queue) && begin(turn, Durability::full)) {
      for (const auto& change : store_.frozen({}, 1'000)) store_.remove_frozen(change.seq);
      (void)commit(turn);
    }
    turn.effects.notices.push_back({.kind = Notice::Kind::token_needed, .error = error});
  }
}

void ClientEngine::on_token(Turn& turn, const Event& event) {
  token_ = event.token;
  if (state_ == LinkState::live || state_ == LinkState::recovering) {
    request(turn, Request::Kind::hello, Reauth{token_});
  } else if (state_ == LinkState::waiting || state_ == LinkState::halted) {
    connect(turn);
  }
}

void ClientEngine::on_drain(Turn&, const Event& event) {
  drain_delay_ = event.body<Drain>().delay;
}

void ClientEngine::on_revoked(Turn& turn, const Event& event) {
  stop_for(turn, {.code = ErrorCode::device_revoked, .message = event.body<Revoked>().reason});
}

void ClientEngine::on_timer(Turn& turn, const Event&) {
  if (wake_ && *wake_ <= turn.now) {
    wake_.reset();
    if (state_ == LinkState::waiting) {
      connect(turn);
      return;
    }
    if (std::exchange(refused_for_now_, false)) resend_frozen(turn);
  }
  for (const auto& [id, request] : requests_) {
    if (request.deadline > turn.now) continue;
    fail_link(turn, {.code = ErrorCode::timeout, .message = "no answer from the server"});
    return;
  }
  if (state_ == LinkState::live && next_pull_ <= turn.now) pull(turn);
  check_digest(turn);
}

// Between two events no more time counts than the engine had asked to wait, and none where its
// timer has not rung: the rest is a clock that was set, or a machine that slept. A device whose
// clock comes back from 2099 would wait until then, and one that jumps ahead would give up every
// request.
ClientEngine::Turn ClientEngine::begin_turn(WallTime now, bool rung) {
  if (last_event_ && now < *last_event_) {
    const Millis back = now - *last_event_;
    move_deadlines(back);
    digest_due_ = digest_due_ + back;
  } else if (promised_ && *promised_ < now) {
    // The digest stays: it is due by the calendar, once a day, slept or not.
    move_deadlines(now - (rung ? *promised_ : *last_event_));
  }
  last_event_ = now;
  return Turn{.now = now};
}

void ClientEngine::move_deadlines(Millis by) {
  if (SS_ZOO(deadlines_stay_where_they_were)) return;
  if (promised_) promised_ = *promised_ + by;
  if (wake_) wake_ = *wake_ + by;
  for (auto& [id, request] : requests_) request.deadline = request.deadline + by;
  next_pull_ = next_pull_ + by;
}

void ClientEngine::schedule(Turn& turn) {
  std::optional<WallTime> next = wake_;
  const auto earlier = [&](WallTime t) {
    if (!next || t < *next) next = t;
  };
  for (const auto& [id, request] : requests_) earlier(request.deadline);
  if (state_ == LinkState::live && !SS_ZOO(fallback_poll_is_off)) earlier(next_pull_);
  // One that is due already waits for the device to come to rest, not for the time.
  if (state_ == LinkState::live && digest_due_ > turn.now) earlier(digest_due_);
  promised_ = next ? std::optional(std::max(*next, turn.now)) : std::nullopt;
  turn.effects.wake_at = next;
}

void ClientEngine::request(Turn& turn, Request::Kind kind, Message message) {
  const std::string id = std::to_string(++last_request_);
  requests_[id] = {kind, turn.now + options_.request_timeout};
  turn.effects.send.push_back({id, std::move(message)});
}

std::optional<ClientEngine::Request::Kind> ClientEngine::answered(const std::string& id) {
  const auto at = requests_.find(id);
  if (at == requests_.end()) return std::nullopt;
  const auto kind = at->second.kind;
  requests_.erase(at);
  return kind;
}

bool ClientEngine::begin(Turn& turn, Durability durability) {
  auto begun =
      store_.begin(SS_ZOO(frozen_changes_are_not_synced) ? Durability::relaxed : durability);
  if (begun) return true;
  fail_link(turn, std::move(begun).error());
  return false;
}

bool ClientEngine::commit(Turn& turn) {
  auto committed = store_.commit();
  if (committed) return true;
  fail_link(turn, std::move(committed).error());
  return false;
}

}  // namespace studiosync
