// A device reduced to what a server sees of it: it upgrades, greets, and listens.
#pragma once

#include <cstdint>
#include <string>

#include "core/protocol/message.hpp"
#include "loadtest/linked/memory_stream.hpp"

namespace studiosync::load {

// Keeps no memory beside itself. On the server's thread.
class BareDevice final : public StreamPeer {
 public:
  // Sends the upgrade; to be called once, before the others.
  void attach(MemoryStream& stream);
  // Once the server has answered that.
  void greet(std::uint64_t user, std::uint64_t number);
  // Once it has answered that, too: a new record of about 400 bytes.
  void push(std::uint64_t number, WallTime now);

  void received(std::string_view) override { ++writes_; }
  // How often the server has written to it.
  std::uint32_t writes() const noexcept { return writes_; }

 private:
  void send(Frame frame);

  MemoryStream* stream_ = nullptr;
  std::uint32_t writes_ = 0;
  std::uint32_t pushes_ = 0;
};

}  // namespace studiosync::load
