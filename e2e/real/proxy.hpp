// A TCP proxy on loopback that hurts what passes through it: for real processes, one before each
// device.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "core/base/result.hpp"
#include "core/base/time.hpp"

namespace studiosync::e2e {

enum class Way : std::uint8_t { to_server, to_device };

// Runs on a thread of its own; all calls may come from any other.
class Proxy {
 public:
  // Listens on a free port. `connection_refused` when there is none.
  static Result<std::unique_ptr<Proxy>> start(std::uint16_t target_port);
  ~Proxy();  // cuts everything
  Proxy(const Proxy&) = delete;
  Proxy& operator=(const Proxy&) = delete;

  std::uint16_t port() const noexcept;

  // Nothing passes that way until heal(), and nobody is told: as a network does that loses packets.
  // New connections are accepted and hang. What TCP holds meanwhile arrives afterwards.
  void hold(Way way);
  // Each piece waits that long, both ways.
  void delay(Millis by);
  // Ends every hold and delay.
  void heal();
  // Resets every connection (RST) once `bytes` more have passed that way, in the middle of whatever
  // that is.
  void cut_after(Way way, std::size_t bytes);
  // Heals, and takes back cuts that are still to come.
  void leave_alone();

  // Returns when `bytes` more have passed, both ways together; false when that took too long.
  bool wait_for_traffic(std::size_t bytes, Millis patience);

 private:
  class Impl;
  explicit Proxy(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace studiosync::e2e
