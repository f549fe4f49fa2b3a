#include "server/channel/device_channel.hpp"

#include <algorithm>

#include "core/base/limits.hpp"
#include "core/sync/admission.hpp"
#include "server/api/for_peer.hpp"
#include "server/net/http_types.hpp"

namespace studiosync::server {
namespace {

// Close codes mirror HTTP's (docs/PROTOCOL.md).
constexpr std::uint16_t close_bad_frame = 4400;
constexpr std::uint16_t close_unauthorized = 4401;
constexpr std::uint16_t close_forbidden = 4403;
constexpr std::uint16_t close_silent = 4408;
constexpr std::uint16_t close_try_again_later = 1013;

// Of the frame that brings the token. `hello` names all epochs in which its user wrote, 52 bytes
// each: so many thousand restarts of a server no device may be locked out for.
constexpr std::size_t hello_bytes_max = 256U << 10;

Encoding encoding_of(const WsUpgrade& upgrade) {
  return upgrade.subprotocol == subprotocol(Encoding::cbor) ? Encoding::cbor : Encoding::json;
}

std::string_view close_reason_of(std::uint16_t close_code) {
  if (close_code == close_forbidden) return to_string(ErrorCode::device_revoked);
  return close_code == close_unauthorized ? to_string(ErrorCode::unauthorized) : "the server stops";
}

// 4401 says that the token is no good, and nothing else: the device logs in again.
std::uint16_t close_code_of(const Error& error) {
  switch (error.code) {
    case ErrorCode::device_revoked:
      return close_forbidden;
    case ErrorCode::unauthorized:
    case ErrorCode::token_expired:
    case ErrorCode::forbidden:  // a token of another account
      return close_unauthorized;
    default:
      return error.retryable() ? close_try_again_later : close_bad_frame;
  }
}

}  // namespace

DeviceChannel::DeviceChannel(ChannelContext& context, const WsUpgrade& upgrade,
                             std::shared_ptr<WsPeer> peer)
    : context_(context),
      peer_(std::move(peer)),
      encoding_(encoding_of(upgrade)),
      authorization_(upgrade.authorization),
      opened_(context.sync.now()) {}

void DeviceChannel::send(const std::string& id, Message message) {
  if (closed_) return;
  peer_->send(std::make_shared<const std::string>(encode({id, std::move(message)}, encoding_)));
}

void DeviceChannel::send_error(const std::string& id, const Error& error) {
  Error shown = for_peer(error);
  if (context_.metrics != nullptr) context_.metrics->device_error(to_string(shown.code));
  send(id, ErrorFrame{std::move(shown)});
}

void DeviceChannel::refuse(const std::string& id, const Error& error, std::uint16_t close_code) {
  phase_ = Phase::ended;
  send_error(id, error);
  peer_->close(close_code, std::string(to_string(for_peer(error).code)));
}

std::size_t DeviceChannel::message_bytes_max() const {
  const Phase phase = phase_;
  const bool greeted = phase != Phase::silent && phase != Phase::ended;
  return greeted ? limits::request_bytes_max : hello_bytes_max;
}

void DeviceChannel::on_message(std::string payload) {
  if (phase_ == Phase::ended) return;
  frame_bytes_ = payload.size();
  auto frame = decode(payload, encoding_);
  if (frame) {
    dispatch(std::move(*frame));
    return;
  }
  const std::string id = request_id(payload, encoding_);
  if (id.empty() || phase_ == Phase::silent) {
    refuse(id, frame.error(), close_bad_frame);
  } else {
    send_error(id, frame.error());
  }
}

// The phase is looked at once: a worker may end the channel at any moment, and what was neither
// greeting nor ended a moment ago must not slip through between two looks.
void DeviceChannel::dispatch(Frame frame) {
  const Phase phase = phase_;
  const bool hello = std::holds_alternative<Hello>(frame.body);
  if (phase == Phase::ended) return;
  if (hello != (phase == Phase::silent)) {
    refuse(frame.id, {.code = ErrorCode::bad_request, .message = "hello comes first, and once"},
           close_bad_frame);
  } else if (phase == Phase::greeting) {  // whether the device may do anything is not known yet
    send_error(frame.id, {.code = ErrorCode::bad_request, .message = "wait for welcome"});
  } else {
    std::visit([&](auto& body) { take(frame.id, std::move(body)); }, frame.body);
  }
}

void DeviceChannel::refuse_kind(const std::string& id) {
  send_error(id, {.code = ErrorCode::bad_request, .message = "not a request"});
}

Result<Caller> DeviceChannel::authenticate(const Hello& hello) const {
  return context_.gate.authenticate(hello.token.empty() ? bearer_token(authorization_)
                                                        : std::string_view(hello.token));
}

Result<> DeviceChannel::see_device(const Hello& hello) const {
  SS_ASSIGN(const Caller caller, authenticate(hello));
  return context_.gate.device_seen(caller, author_.device, hello.device_name);
}

void DeviceChannel::take(const std::string& id, Hello hello) {
  phase_ = Phase::greeting;
  if (auto admitted = admit_id(hello.device.value, "$.device_id"); !admitted) {
    refuse(id, admitted.error(), close_bad_frame);
    return;
  }
  hello.device_name = without_credentials(hello.device_name);
  auto caller = authenticate(hello);
  if (!caller) {
    refuse(id, caller.error(), close_code_of(caller.error()));
    return;
  }
  caller_ = std::move(*caller);
  bind_session(caller_);
  author_ = {hello.replica, hello.device, hello.device_name};
  blocking(id,
           [self = shared_from_this(), id, hello = std::move(hello)] { self->welcome(id, hello); });
}

void DeviceChannel::welcome(const std::string& id, const Hello& hello) {
  if (auto seen = see_device(hello); !seen) {
    refuse(id, seen.error(), close_code_of(seen.error()));
    return;
  }
  // Subscribed before the head is read: what is committed in between is offered, and remembered as
  // missed.
  context_.hub.subscribe(caller_.user, shared_from_this());
  if (closed_) context_.hub.unsubscribe(caller_.user, this);
  // A logout or revocation just before the subscription found nobody to end. The session may be
  // another device's, and outlive this one.
  if (auto still = see_device(hello); !still) {
    refuse(id, still.error(), close_code_of(still.error()));
    return;
  }
  auto facts = context_.sync.hello_facts(caller_, hello);
  if (!facts) {
    send_error(id, facts.error());
    return;
  }
  Welcome welcome;
  welcome.user_id = caller_.account_id;
  welcome.server_time = context_.sync.now();
  welcome.epoch = context_.sync.store().epoch(caller_.user.shard);
  welcome.epochs = facts->epochs;
  welcome.replica = facts->replica;
  welcome.head = facts->head;
  welcome.floor = facts->floor;
  welcome.fork_seq = facts->fork_seq;
  welcome.token_expires_at = caller_.expires;
  giver_ = {facts->head.generation, with_epoch_of(hello.cursor, hello.epochs)};
  stream_ = std::make_shared<PushStream>(hello.acked, hello.frozen);
  // Open before the device is told; never again once it was ended meanwhile.
  Phase greeting = Phase::greeting;
  if (!phase_.compare_exchange_strong(greeting, Phase::open)) return;
  const bool current = !facts->fork_seq && hello.cursor == facts->head;
  // In one step: a commit right behind the welcome finds a device that may be sent its rows.
  const std::lock_guard lock(mutex_);
  send(id, std::move(welcome));
  if (current) caught_up_locked(facts->head.seq);
}

void DeviceChannel::caught_up(Seq to) {
  const std::lock_guard lock(mutex_);
  caught_up_locked(to);
}

void DeviceChannel::caught_up_locked(Seq to) {
  if (live_.caught_up(to)) return;
  // Only the seq matters to the device: it pulls from its own cursor.
  send({}, Changed{Cursor{{}, live_.head(), {}}});
}

bool DeviceChannel::in_session(const std::string& session_id) const {
  const std::lock_guard lock(mutex_);
  return session_id_ == session_id;
}

void DeviceChannel::bind_session(const Caller& caller) {
  const std::lock_guard lock(mutex_);
  session_id_ = caller.session_id;
  token_expires_ms_ = caller.expires.unix_ms;
}

void DeviceChannel::take(const std::string& id, const Reauth& reauth) {
  auto caller = context_.gate.authenticate(reauth.token);
  if (caller && caller->account_id == caller_.account_id) {
    bind_session(*caller);
    // A logout just before found nobody to end here.
    caller = context_.gate.authenticate(reauth.token);
  } else if (caller) {
    caller = fail(ErrorCode::forbidden, "a token of another account");
  }
  if (!caller) {
    refuse(id, caller.error(), close_code_of(caller.error()));
    return;
  }
  send(id, Reauthed{caller->expires});
}

void DeviceChannel::on_drained() {
  // A slow reader that got a hint pulls by itself; nothing is kept for it.
}

void DeviceChannel::on_close() {
  closed_ = true;
  context_.hub.unsubscribe(caller_.user, this);
}

void DeviceChannel::offer(const std::shared_ptr<const Broadcast>& broadcast) {
  const std::lock_guard lock(mutex_);
  if (closed_) return;
  const Cursor& to = broadcast->changes().to;
  // What is more than a page is pulled in pages: nothing that large is encoded on a writer thread.
  // Without rows there is nothing to send but the hint.
  const std::size_t queued = broadcast->changes().changes.empty()
                                 ? SIZE_MAX
                                 : peer_->queued_bytes() + broadcast->row_bytes();
  switch (live_.offer(to.seq, queued, context_.rows_queued_bytes_max)) {
    case LiveState::Offer::rows:
      peer_->send(broadcast->bytes(encoding_));
      break;
    case LiveState::Offer::hint:
      send({}, Changed{to});
      break;
    case LiveState::Offer::nothing:
      break;
  }
}

void DeviceChannel::end(const Message& farewell, std::uint16_t close_code) {
  phase_ = Phase::ended;
  send({}, farewell);
  peer_->close(close_code, std::string(close_reason_of(close_code)));
}

void DeviceChannel::sweep(WallTime now) {
  if (closed_ || phase_ == Phase::ended) return;
  opened_ = std::min(opened_, now);  // the wall clock may go backwards
  if (phase_ != Phase::open) {
    if (now - opened_ > context_.greeting_timeout) peer_->close(close_silent, "no hello");
  } else if (now.unix_ms > token_expires_ms_) {
    refuse({}, {.code = ErrorCode::token_expired, .message = "the token has expired"},
           close_unauthorized);
  }
}

}  // namespace studiosync::server
