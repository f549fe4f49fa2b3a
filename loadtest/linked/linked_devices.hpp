// The devices without sockets: they connect one by one, and push to each other.
#pragma once

#include <vector>

#include "core/base/random.hpp"
#include "loadtest/fleet/clock.hpp"
#include "loadtest/linked/bare_device.hpp"
#include "loadtest/linked/linked_server.hpp"
#include "loadtest/results.hpp"

namespace studiosync::load {

// On the server's thread. Devices 2n and 2n + 1 are those of user n + 1.
class LinkedDevices {
 public:
  // `server` outlives it.
  LinkedDevices(LinkedServer& server, std::size_t count) : server_(server), devices_(count) {}

  std::size_t size() const noexcept { return devices_.size(); }
  std::size_t users() const noexcept { return (devices_.size() + 1) / 2; }
  // All below `number` are there. It is welcomed when this returns.
  void connect(std::size_t number);
  // Any of them, once all are there. Nothing where it is its user's only one.
  void push_any();

  const Counts& counts() const noexcept { return counts_; }
  // From a push's first byte to its arrival, with whatever else the server did in that turn.
  const Histogram& propagation() const noexcept { return propagation_; }

 private:
  LinkedServer& server_;
  std::vector<BareDevice> devices_;
  Random random_{1};
  Counts counts_;
  Histogram propagation_;
};

}  // namespace studiosync::load
