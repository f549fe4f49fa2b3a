// The device's end of the push channel: connects, upgrades, sends and receives whole messages.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/answer_limits.hpp"
#include "core/base/result.hpp"
#include "core/base/time.hpp"

namespace boost::asio {
class io_context;
}

namespace studiosync::client {

class WsConnection;

struct WsClientOptions {
  std::string url;  // ws://host:port/ws or wss://…
  std::string subprotocol = "sync.v1.json";
  std::string authorization;  // `Bearer …`
  std::string ca_file;        // empty: the system's
  // The IP address to connect from, on a machine that has several: each has its own 65,000 ports.
  // Empty: the system's choice.
  std::string source_address;
  Millis connect_timeout{10'000};  // TCP, TLS and upgrade together
  Millis idle_timeout{75'000};     // the server pings every 25 s
  std::size_t message_bytes_max = limits::server_message_bytes_max;
};

// All callbacks and calls happen on the io_context's one thread.
class WsClient {
 public:
  struct Callbacks {
    std::function<void()> on_open;
    std::function<void(std::string message)> on_message;
    // Once, also when connecting failed: connection_refused, timeout, network_error, unauthorized
    // (401 to the upgrade), … A close frame's code 44xx maps to the HTTP code's error. Nothing is
    // called afterwards.
    std::function<void(Error)> on_close;
  };

  WsClient(boost::asio::io_context& io, WsClientOptions options, Callbacks callbacks);
  ~WsClient();  // cuts the connection without a callback
  WsClient(const WsClient&) = delete;
  WsClient& operator=(const WsClient&) = delete;

  void connect();
  void send(std::string message);
  std::size_t queued_bytes() const noexcept;
  void close();  // a close frame, then on_close with network_error

 private:
  std::shared_ptr<WsConnection> connection_;  // handlers in flight may hold it longer
};

}  // namespace studiosync::client
