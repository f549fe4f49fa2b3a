// The thinnest device that the server takes for one: the client's connection and the protocol's
// frames, no engine and no database. What is measured with it is the server and the way there.
#pragma once

#include <boost/asio/io_context.hpp>
#include <deque>
#include <functional>
#include <optional>
#include <string>

#include "client/engine/auth_file.hpp"
#include "client/ws/ws_client.hpp"
#include "core/protocol/message.hpp"

namespace studiosync::bench {

// All devices of one `io` belong to the thread that waits for any of them.
class WireDevice {
 public:
  using Take = std::function<void(std::string message)>;

  // Connects and greets as a new replica that has read everything up to the head that it finds;
  // returns when live. A refusal or a lost connection ends the program.
  WireDevice(boost::asio::io_context& io, const client::Login& login, const std::string& name);

  // The next message, waited for, that no Take was there for.
  std::string receive();
  // From now on each message goes to `take` as it arrives.
  void deliver_to(Take take) { take_ = std::move(take); }
  void send(std::string frame) { client_.send(std::move(frame)); }

  // That in which the server runs: records that it creates have it in their revs.
  Epoch epoch() const noexcept { return epoch_; }

  // Ends the wait of `io`'s thread when some Take says so, or the program when none ever does.
  static void run(boost::asio::io_context& io);

 private:
  Frame ask(const Message& request);

  boost::asio::io_context& io_;
  std::deque<std::string> received_;
  Take take_;
  Epoch epoch_;
  client::WsClient client_;
};

// Encoded as the devices' engine does.
std::string to_bytes(const Message& message);

}  // namespace studiosync::bench
