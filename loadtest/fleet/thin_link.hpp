// A device reduced to its connection: the product's WebSocket client and the protocol's frames,
// without engine and store. What many of them do costs the server, and hardly the generator.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "client/ws/ws_client.hpp"
#include "core/protocol/message.hpp"
#include "loadtest/fleet/world.hpp"

namespace studiosync::load {

struct Account;

// On the world's one thread. No callback comes after `lost`, nor after destruction.
class ThinLink {
 public:
  struct Callbacks {
    std::function<void(const Welcome&)> welcomed;
    // Every later message, as it came.
    std::function<void(const std::string& message)> received;
    // The connection, or what the server said instead of a welcome.
    std::function<void(const Error&)> lost;
  };
  struct Options {
    std::string id;
    std::string source_address;  // to connect from; empty: the system's choice
  };
  // Both references outlive it.
  ThinLink(World& world, const Account& account, Options options);

  // To be called once.
  void connect(Callbacks callbacks);
  void send(const Message& message);
  const std::string& id() const noexcept { return options_.id; }
  // The replica of which every such link is a new one.
  const ReplicaId& replica() const noexcept { return replica_; }

 private:
  void greet();
  void receive(const std::string& message);
  void lose(const Error& error);

  World& world_;
  const Account& account_;
  const Options options_;
  const ReplicaId replica_;
  Callbacks callbacks_;
  bool welcomed_ = false;
  bool lost_ = false;
  std::unique_ptr<client::WsClient> socket_;
};

}  // namespace studiosync::load
