// A WsClient with its io_context, run on the test's thread.
#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "client/ws/ws_client.hpp"

namespace studiosync::server::testing {

class WsDriver {
 public:
  explicit WsDriver(client::WsClientOptions options)
      : client_(io_, std::move(options),
                {.on_open = [this] { opened = true; },
                 .on_message = [this](std::string m) { messages.push_back(std::move(m)); },
                 .on_close = [this](Error e) { closed = std::move(e); }}) {
    client_.connect();
  }

  client::WsClient& client() { return client_; }

  // Whether it came true in time.
  bool run_until(const std::function<bool()>& done) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!done()) {
      if (io_.run_one_until(until) == 0) return false;
    }
    return true;
  }
  bool run_until_open() {
    return run_until([this] { return opened; });
  }
  bool run_until_message(std::size_t count = 1) {
    return run_until([this, count] { return messages.size() >= count; });
  }
  bool run_until_closed() {
    return run_until([this] { return closed.has_value(); });
  }

  bool opened = false;
  std::vector<std::string> messages;
  std::optional<Error> closed;

 private:
  boost::asio::io_context io_;
  client::WsClient client_;
};

}  // namespace studiosync::server::testing
