// What runs over a connection's bytes: HTTP first, WebSocket after an upgrade.
#pragma once

#include <cstddef>
#include <string_view>

namespace studiosync::server {

// Called on the connection's I/O thread only.
class Session {
 public:
  virtual ~Session() = default;
  // The connection is ready for the first bytes.
  virtual void on_open() = 0;
  // Answers a Connection::read(); the next bytes come after the next one.
  virtual void on_bytes(std::string_view bytes) = 0;
  // The kernel took so many bytes of what was written.
  virtual void on_written(std::size_t bytes) = 0;
  virtual void on_deadline() = 0;
  // Another thread left something to do.
  virtual void on_wake() {}
  // The server stops: finish what is in flight, then end.
  virtual void on_shutdown() = 0;
  // The connection is over; called once, nothing is called afterwards.
  virtual void on_end() = 0;
};

}  // namespace studiosync::server
