#include "core/sync/client_engine.hpp"

#include "core/sync/engine_turn.hpp"

namespace studiosync {

struct ClientEngine::Transition {
  LinkState state;
  EventKind event;
  Handler handler;
};

// State × event → handler. A pair that is not here is ignored: late answers, hints while offline.
const ClientEngine::Transition ClientEngine::table[] = {
    {LinkState::stopped, EventKind::start, &ClientEngine::on_start},
    {LinkState::halted, EventKind::start, &ClientEngine::on_start},
    {LinkState::halted, EventKind::token, &ClientEngine::on_token},
    {LinkState::halted, EventKind::stop, &ClientEngine::on_stop},
    {LinkState::halted, EventKind::confirmed, &ClientEngine::on_confirmed},
    {LinkState::stopped, EventKind::token, &ClientEngine::on_token},
    {LinkState::stopped, EventKind::confirmed, &ClientEngine::on_confirmed},

    {LinkState::waiting, EventKind::stop, &ClientEngine::on_stop},
    {LinkState::waiting, EventKind::timer, &ClientEngine::on_timer},
    {LinkState::waiting, EventKind::token, &ClientEngine::on_token},
    {LinkState::waiting, EventKind::confirmed, &ClientEngine::on_confirmed},

    {LinkState::connecting, EventKind::stop, &ClientEngine::on_stop},
    {LinkState::connecting, EventKind::opened, &ClientEngine::on_opened},
    {LinkState::connecting, EventKind::closed, &ClientEngine::on_closed},
    {LinkState::connecting, EventKind::token, &ClientEngine::on_token},
    {LinkState::connecting, EventKind::confirmed, &ClientEngine::on_confirmed},

    {LinkState::greeting, EventKind::stop, &ClientEngine::on_stop},
    {LinkState::greeting, EventKind::closed, &ClientEngine::on_closed},
    {LinkState::greeting, EventKind::timer, &ClientEngine::on_timer},
    {LinkState::greeting, EventKind::token, &ClientEngine::on_token},
    {LinkState::greeting, EventKind::confirmed, &ClientEngine::on_confirmed},
    {LinkState::greeting, EventKind::welcome, &ClientEngine::on_welcome},
    {LinkState::greeting, EventKind::error, &ClientEngine::on_error},
    {LinkState::greeting, EventKind::drain, &ClientEngine::on_drain},
    {LinkState::greeting, EventKind::revoked, &ClientEngine::on_revoked},

    // Entered from a welcome only, so that nothing of before is under way; nothing is pushed.
    {LinkState::recovering, EventKind::stop, &ClientEngine::on_stop},
    {LinkState::recovering, EventKind::closed, &ClientEngine::on_closed},
    {LinkState::recovering, EventKind::timer, &ClientEngine::on_timer},
    {LinkState::recovering, EventKind::token, &ClientEngine::on_token},
    {LinkState::recovering, EventKind::confirmed, &ClientEngine::on_confirmed},
    {LinkState::recovering, EventKind::changed, &ClientEngine::on_head},
    {LinkState::recovering, EventKind::reconciled, &ClientEngine::on_reconciled},
    {LinkState::recovering, EventKind::changes, &ClientEngine::on_listed},
    {LinkState::recovering, EventKind::error, &ClientEngine::on_error},
    {LinkState::recovering, EventKind::drain, &ClientEngine::on_drain},
    {LinkState::recovering, EventKind::revoked, &ClientEngine::on_revoked},

    {LinkState::live, EventKind::stop, &ClientEngine::on_stop},
    {LinkState::live, EventKind::closed, &ClientEngine::on_closed},
    {LinkState::live, EventKind::timer, &ClientEngine::on_timer},
    {LinkState::live, EventKind::edited, &ClientEngine::on_edited},
    {LinkState::live, EventKind::token, &ClientEngine::on_token},
    {LinkState::live, EventKind::pushed, &ClientEngine::on_pushed},
    {LinkState::live, EventKind::changes, &ClientEngine::on_changes},
    {LinkState::live, EventKind::changed, &ClientEngine::on_changed},
    {LinkState::live, EventKind::digest, &ClientEngine::on_digest},
    {LinkState::live, EventKind::error, &ClientEngine::on_error},
    {LinkState::live, EventKind::drain, &ClientEngine::on_drain},
    {LinkState::live, EventKind::revoked, &ClientEngine::on_revoked},
};

std::string_view to_string(LinkState state) noexcept {
  static constexpr std::string_view names[] = {"stopped",    "waiting", "connecting", "greeting",
                                               "recovering", "live",    "halted"};
  return names[static_cast<std::size_t>(state)];
}

ClientEngine::ClientEngine(DeviceStore& store, EngineOptions options, Random random)
    : store_(store),
      options_(options),
      random_(random),
      backoff_(options.backoff_first, options.backoff_largest),
      batch_(options.batch_first) {}

Effects ClientEngine::handle(const Event& event, WallTime now) {
  Turn turn = begin_turn(now, event.kind == EventKind::timer);
  for (const Transition& transition : table) {
    if (transition.state != state_ || transition.event != event.kind) continue;
    (this->*transition.handler)(turn, event);
    break;
  }
  schedule(turn);
  return std::move(turn.effects);
}

Effects ClientEngine::start(WallTime now) {
  return handle({EventKind::start}, now);
}
Effects ClientEngine::stop(WallTime now) {
  return handle({EventKind::stop}, now);
}
Effects ClientEngine::timer(WallTime now) {
  return handle({EventKind::timer}, now);
}
Effects ClientEngine::edited(WallTime now) {
  return handle({EventKind::edited}, now);
}

// An event of an old connection changes nothing; not even when the timer is due.
Effects ClientEngine::ignored(WallTime now) {
  Turn turn = begin_turn(now);
  schedule(turn);
  return std::move(turn.effects);
}

Effects ClientEngine::opened(Connection connection, WallTime now) {
  if (connection != connection_) return ignored(now);
  return handle({EventKind::opened, connection}, now);
}

Effects ClientEngine::closed(Connection connection, Error error, WallTime now) {
  if (connection != connection_) return ignored(now);
  return handle({EventKind::closed, connection, nullptr, std::move(error)}, now);
}

Effects ClientEngine::received(Connection connection, const Frame& frame, WallTime now) {
  if (connection != connection_) return ignored(now);
  return handle({kind_of(frame.body), connection, &frame}, now);
}

Effects ClientEngine::token_changed(std::string token, WallTime now) {
  return handle({EventKind::token, connection_, nullptr, std::nullopt, std::move(token)}, now);
}

Effects ClientEngine::halt(Error error, WallTime now) {
  Turn turn = begin_turn(now);
  stop_for(turn, std::move(error));
  return std::move(turn.effects);
}

Effects ClientEngine::confirm_sweep(WallTime now) {
  return handle({EventKind::confirmed}, now);
}

Effects ClientEngine::ask_digest(WallTime now) {
  Turn turn = begin_turn(now);
  digest_asked_ = true;
  check_digest(turn);
  schedule(turn);
  return std::move(turn.effects);
}

Effects ClientEngine::pull_now(WallTime now) {
  Turn turn = begin_turn(now);
  head_wanted_ = true;
  if (state_ == LinkState::live) pull(turn);
  schedule(turn);
  return std::move(turn.effects);
}

EngineStatus ClientEngine::status() const {
  EngineStatus status;
  status.state = state_;
  status.counts = store_.counts();
  const DeviceMeta meta = store_.meta();
  status.cursor = meta.cursor;
  status.recovery = meta.recovery;
  status.head = head_;
  status.failing = backoff_.attempts() >= options_.failures_until_error;
  status.attempts = backoff_.attempts();
  status.last_error = last_error_;
  const bool reading = std::any_of(requests_.begin(), requests_.end(), [](const auto& request) {
    const auto kind = request.second.kind;
    return kind != Request::Kind::hello && kind != Request::Kind::push;
  });
  status.synced = state_ == LinkState::live && !reading && !head_wanted_ &&
                  status.cursor.seq >= head_.seq &&
                  status.counts.pending + status.counts.frozen == 0;
  return status;
}

ClientEngine::EventKind ClientEngine::kind_of(const Message& message) noexcept {
  if (std::holds_alternative<Welcome>(message)) return EventKind::welcome;
  if (std::holds_alternative<Pushed>(message)) return EventKind::pushed;
  if (std::holds_alternative<Changes>(message)) return EventKind::changes;
  if (std::holds_alternative<Reconciled>(message)) return EventKind::reconciled;
  if (std::holds_alternative<DigestAnswer>(message)) return EventKind::digest;
  if (std::holds_alternative<ErrorFrame>(message)) return EventKind::error;
  if (std::holds_alternative<Drain>(message)) return EventKind::drain;
  if (std::holds_alternative<Revoked>(message)) return EventKind::revoked;
  return EventKind::changed;  // the hint; an unexpected frame costs one pull and nothing else
}

}  // namespace studiosync
