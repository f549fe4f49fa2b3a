#include "server/net/ws_channel.hpp"

#include <utility>

#include "server/net/connection.hpp"

namespace studiosync::server {

WsChannel::WsChannel(std::shared_ptr<IoThread> io, std::weak_ptr<Connection> connection,
                     std::size_t queue_bytes_max)
    : io_(std::move(io)), connection_(std::move(connection)), queue_bytes_max_(queue_bytes_max) {}

void WsChannel::send(std::shared_ptr<const std::string> payload) {
  const std::size_t bytes = payload->size();
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    // One frame alone always goes: refused for its size it would be asked for again for ever.
    if (queued_bytes_ > 0 && queued_bytes_ + bytes > queue_bytes_max_) {
      outgoing_.overflowed = true;
      closed_ = true;
    } else {
      outgoing_.payloads.push_back(std::move(payload));
      queued_bytes_ += bytes;
    }
    if (std::exchange(wake_posted_, true)) return;
  }
  io_->wake_soon(connection_);
}

void WsChannel::resume() {
  {
    const std::lock_guard lock(mutex_);
    if (std::exchange(wake_posted_, true)) return;
  }
  io_->wake_soon(connection_);
}

void WsChannel::close(std::uint16_t code, std::string reason) {
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    closed_ = true;
    outgoing_.close = WsClose{code, std::move(reason)};
    if (std::exchange(wake_posted_, true)) return;
  }
  io_->wake_soon(connection_);
}

WsChannel::Outgoing WsChannel::take() {
  const std::lock_guard lock(mutex_);
  wake_posted_ = false;
  return std::exchange(outgoing_, {});
}

void WsChannel::detach() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  outgoing_ = {};
  queued_bytes_ = 0;
}

}  // namespace studiosync::server
