// The application's end of a WebSocket connection, usable from any thread and after the
// connection's end.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "server/net/ws_types.hpp"

namespace studiosync::server {

class Connection;
class IoThread;

struct WsClose {
  std::uint16_t code;
  std::string reason;
};

class WsChannel final : public WsPeer {
 public:
  WsChannel(std::shared_ptr<IoThread> io, std::weak_ptr<Connection> connection,
            std::size_t queue_bytes_max);

  void send(std::shared_ptr<const std::string> payload) override;
  std::size_t queued_bytes() const noexcept override { return queued_bytes_.load(); }
  void resume() override;
  void close(std::uint16_t code, std::string reason) override;

  // The connection's side, on its thread.
  struct Outgoing {
    std::vector<std::shared_ptr<const std::string>> payloads;
    std::optional<WsClose> close;  // behind the payloads
    bool overflowed = false;       // the reader is too slow: payloads after these are lost
  };
  Outgoing take();
  void count_queued(std::size_t bytes) noexcept { queued_bytes_ += bytes; }
  // So much waits that nothing is read that would be answered, too. Below the bound on what is sent
  // unasked: a client that only asks loses no connection.
  bool congested() const noexcept { return queued_bytes_ > queue_bytes_max_ / 4; }
  // Whether nothing is queued any more.
  bool count_sent(std::size_t bytes) noexcept { return (queued_bytes_ -= bytes) == 0; }
  // The connection is over: later sends do nothing.
  void detach();

 private:
  const std::shared_ptr<IoThread> io_;
  const std::weak_ptr<Connection> connection_;
  const std::size_t queue_bytes_max_;
  std::atomic<std::size_t> queued_bytes_{0};

  // Senders are writer threads, the hub and other connections; the lock is held for a push_back.
  std::mutex mutex_;
  Outgoing outgoing_;         // guarded by mutex_
  bool wake_posted_ = false;  // guarded by mutex_; many sends wake the thread once
  bool closed_ = false;       // guarded by mutex_
};

}  // namespace studiosync::server
