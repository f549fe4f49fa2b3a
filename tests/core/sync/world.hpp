// A server, devices and the connections between them in virtual time. One seed gives one run.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/core/sync/sim_device.hpp"
#include "tests/core/sync/test_server.hpp"

namespace studiosync::testing {

// What becomes of one frame on its way.
enum class Fate : std::uint8_t {
  delivered,
  lost,       // its connection breaks before it arrives
  cut_after,  // it arrives; its connection breaks before anything that follows from it
  swallowed,  // it never arrives, and nobody notices
};

class World final : public Network {
 public:
  explicit World(std::uint64_t seed);

  SimDevice& add_device(const std::string& name, EngineOptions options = {});
  TestServer& server() { return *server_; }
  SimDevice& device(std::size_t i) { return *devices_.at(i); }
  std::size_t device_count() const { return devices_.size(); }

  // Asked for each frame by its number, from 0, counted over the whole run.
  std::function<Fate(std::uint64_t frame)> faults;
  std::function<void(std::string_view)> on_bytes;  // sees every frame as it is sent
  bool reachable = true;                           // false: connections are refused

  std::uint64_t frames() const { return frames_; }
  WallTime now() const override { return now_; }

  // Runs until nothing is on its way and every device is at rest; false when that takes too long.
  [[nodiscard]] bool settle(Millis patience = Millis{600'000});
  void run_for(Millis span);
  void cut(SimDevice& device);
  void cut_all();

  // Where a connected device shows or remembers something else than the server has; empty =
  // nowhere.
  std::string difference();

  void open(SimDevice& device, Connection connection) override;
  void send(SimDevice& device, const Frame& frame) override;
  void disconnect(SimDevice& device) override;

 private:
  struct Wire {
    SimDevice* device;
    Connection connection;
    bool open = false;
    WallTime up;    // when the last frame arrives at the server
    WallTime down;  // … at the device
  };
  using Link = TestServer::Link;

  void later(WallTime at, std::function<void()> event) { events_.emplace(at, std::move(event)); }
  WallTime arrival(WallTime& previous);
  void deliver(Link link, const std::string& bytes, bool to_server);
  void hand_over(Wire& wire, Link link, const Frame& frame, bool to_server);
  void hang_up(Link link);
  void break_link(Link link);
  Link link_of(const SimDevice& device) const;
  bool step(WallTime until);
  bool quiet() const;

  Random random_;
  WallTime now_{1'800'000'000'000};
  std::multimap<WallTime, std::function<void()>>
      events_;  // those of one moment in order of arrival
  std::map<Link, Wire> wires_;
  Link last_link_ = 0;
  std::uint64_t frames_ = 0;
  std::unique_ptr<TestServer> server_;
  std::vector<std::unique_ptr<SimDevice>> devices_;
};

}  // namespace studiosync::testing
