#include "loadtest/null_server/null_channel.hpp"

#include <algorithm>
#include <utility>

#include "os/wall_clock.hpp"

namespace studiosync::load {
namespace {

constexpr std::uint16_t close_unsupported = 1003;
constexpr Millis token_lifetime{365LL * 24 * 3600 * 1000};

}  // namespace

NullChannel::NullChannel(UserOf user_of, NullPages& pages, std::shared_ptr<server::WsPeer> peer)
    : user_of_(std::move(user_of)), pages_(pages), peer_(std::move(peer)) {}

void NullChannel::on_message(std::string payload) {
  auto frame = decode(payload, Encoding::json);
  if (!frame) return peer_->close(close_unsupported, "no frame");
  if (user_ == nullptr && !std::holds_alternative<Hello>(frame->body)) return;
  std::visit([&](auto&& body) { take(frame->id, std::forward<decltype(body)>(body)); },
             std::move(frame->body));
}

void NullChannel::on_close() {
  if (user_ != nullptr) std::erase(user_->devices, this);
}

void NullChannel::take(const std::string& id, const Hello& hello) {
  if (user_ != nullptr) return;
  user_ = &user_of_(hello.token);
  user_->devices.push_back(this);
  replica_ = hello.replica;
  const WallTime now = os::wall_now();
  send(id, Welcome{.user_id = hello.token,
                   .server_time = now,
                   .epoch = null_cursor(Seq{1}).epoch,
                   .epochs = {{null_cursor(Seq{1}).epoch, Seq{1}}},
                   .replica = hello.acked,
                   .head = null_cursor(user_->head),
                   .token_expires_at = now + token_lifetime});
}

void NullChannel::take(const std::string& id, Push push) {
  NullCommit commit = accept_all(*user_, replica_, std::move(push), os::wall_now());
  send(id, std::move(commit.answer));
  if (user_->devices.size() < 2) return;
  const auto bytes = std::make_shared<const std::string>(
      encode({{}, std::move(commit.for_others)}, Encoding::json));
  for (const NullChannel* device : user_->devices) {
    if (device != this) device->peer_->send(bytes);
  }
}

void NullChannel::take(const std::string& id, const Pull& pull) {
  peer_->send(pages_.page(id, pull.cursor.seq, user_->head));
}

void NullChannel::send(const std::string& id, Message message) {
  peer_->send(
      std::make_shared<const std::string>(encode({id, std::move(message)}, Encoding::json)));
}

}  // namespace studiosync::load
