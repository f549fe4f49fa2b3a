#include "server/net/ws_session.hpp"

#include <algorithm>
#include <utility>

namespace studiosync::server {
namespace {

// RFC 6455 section 7.4.1, and the registry's 1013.
constexpr std::uint16_t close_going_away = 1001;
constexpr std::uint16_t close_unsupported_data = 1003;
constexpr std::uint16_t close_try_again_later = 1013;

std::chrono::milliseconds span(Millis m) {
  return std::chrono::milliseconds(m.count);
}

}  // namespace

WsSession::WsSession(Connection& connection, WsTimeouts timeouts,
                     std::shared_ptr<WsChannel> channel, std::shared_ptr<WsHandler> handler,
                     WsOpcode opcode)
    : connection_(connection),
      timeouts_(timeouts),
      channel_(std::move(channel)),
      handler_(std::move(handler)),
      codec_(*this, handler_->message_bytes_max()),
      opcode_(opcode) {}

void WsSession::open(std::string_view key, std::string_view subprotocol,
                     std::string_view leftover) {
  const auto now = Connection::Clock::now();
  next_ping_ = now + span(timeouts_.ping_interval);
  codec_.open(key, subprotocol);
  on_bytes(leftover);
  if (!closing_ && !codec_ended_) wait_until_next_tick(now);
}

void WsSession::on_bytes(std::string_view bytes) {
  last_bytes_ = Connection::Clock::now();
  if (!bytes.empty() && !codec_.feed(bytes)) codec_ended_ = true;
  flush_or_finish();
}

void WsSession::flush_or_finish() {
  if (!codec_ended_) {
    connection_.flush();
    return read_on();
  }
  tell_closed();
  connection_.finish(timeouts_.close);
}

// Each ping is answered with a pong: from a client that does not take them no more is read.
void WsSession::read_on() {
  if (!channel_->congested() && !held()) connection_.read();
}

void WsSession::on_codec_bytes(std::string bytes) {
  channel_->count_queued(bytes.size());
  connection_.write(std::move(bytes));
}

void WsSession::on_codec_message(std::string payload, WsOpcode opcode) {
  if (!handler_ || closing_) return;
  if (opcode != opcode_) return begin_close(close_unsupported_data, "wrong frame type");
  waiting_.push_back(std::move(payload));
  hand_over();
}

void WsSession::hand_over() {
  while (!waiting_.empty() && handler_ && !closing_ && handler_->takes_messages()) {
    std::string payload = std::move(waiting_.front());
    waiting_.pop_front();
    handler_->on_message(std::move(payload));
    codec_.limit_messages(handler_->message_bytes_max());
  }
}

bool WsSession::held() const {
  return handler_ && !closing_ && !(waiting_.empty() && handler_->takes_messages());
}

void WsSession::on_wake() {
  auto outgoing = channel_->take();
  for (auto& payload : outgoing.payloads) send_payload(std::move(payload));
  if (outgoing.overflowed) give_up_on_slow_reader();
  if (outgoing.close) begin_close(outgoing.close->code, outgoing.close->reason);
  hand_over();
  flush_or_finish();
}

void WsSession::send_payload(std::shared_ptr<const std::string> payload) {
  if (!codec_.is_open()) {
    channel_->count_sent(payload->size());
    return;
  }
  std::string header = ws_frame_header(opcode_, payload->size());
  channel_->count_queued(header.size());
  data_queued_ = true;
  connection_.write(std::move(header), std::move(payload));
}

// What such a reader has not begun to receive it will pull; the close frame should reach it before
// that.
void WsSession::give_up_on_slow_reader() {
  channel_->count_sent(connection_.drop_unstarted());
  begin_close(close_try_again_later, "reads too slowly");
}

void WsSession::begin_close(std::uint16_t code, std::string_view reason) {
  if (std::exchange(closing_, true)) return;
  if (!codec_.close(code, reason)) codec_ended_ = true;
  connection_.set_deadline(timeouts_.close);
}

void WsSession::on_written(std::size_t bytes) {
  // What is queued before the close frame may take longer than the handshake, while it moves.
  if (closing_) connection_.set_deadline(timeouts_.close);
  // What a client sends is not read meanwhile: that it takes something shows that it lives.
  if (channel_->congested()) last_bytes_ = Connection::Clock::now();
  const bool drained = channel_->count_sent(bytes);
  read_on();
  if (!drained || !std::exchange(data_queued_, false)) return;
  if (handler_) handler_->on_drained();
}

// Every living client answers pings, so that no bytes for `idle` means that it is gone.
void WsSession::on_deadline() {
  const auto now = Connection::Clock::now();
  if (held()) last_bytes_ = now;  // it may have answered; nobody has looked
  if (closing_ || now - last_bytes_ >= span(timeouts_.idle)) return connection_.cut();
  if (now >= next_ping_) {
    codec_.ping();
    connection_.flush();
    next_ping_ = now + span(timeouts_.ping_interval);
  }
  wait_until_next_tick(now);
}

void WsSession::wait_until_next_tick(Connection::Clock::time_point now) {
  const auto next = std::min(next_ping_, last_bytes_ + span(timeouts_.idle));
  const auto wait = std::chrono::ceil<std::chrono::milliseconds>(next - now);
  connection_.set_deadline(Millis{std::max<std::int64_t>(wait.count(), 1)});
}

void WsSession::on_shutdown() {
  begin_close(close_going_away, "the server stops");
  flush_or_finish();
}

void WsSession::tell_closed() {
  channel_->detach();
  if (const auto handler = std::exchange(handler_, nullptr)) handler->on_close();
}

}  // namespace studiosync::server
