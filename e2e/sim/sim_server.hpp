// The real server above its sockets: channels, hub, sync service and rate limit over a storage,
// with starts, crashes and stops in order.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "core/base/random.hpp"
#include "e2e/sim/link.hpp"
#include "e2e/sim/sim_gate.hpp"
#include "e2e/sim/storage.hpp"
#include "server/channel/channel_acceptor.hpp"

namespace studiosync::e2e {

class SimServer final : public ServerDoor {
 public:
  struct Parts {
    Scheduler& scheduler;
    Recorder& recorder;
    SimGate& gate;
    ServerStorage& storage;
    std::uint64_t seed;
  };
  explicit SimServer(Parts parts);
  ~SimServer() override;

  void start();  // nothing where it runs
  void set_quota(std::uint64_t user_bytes_max) noexcept {
    quota_ = user_bytes_max;
  }              // from a start on
  void crash();  // its connections are the network's to break
  // Tells every device to go and when to come back. To be followed by `stop`.
  void drain();
  void stop();  // commits and answers what waits

  bool listening() const override { return running_ != nullptr && !draining_; }
  bool running() const noexcept { return running_ != nullptr; }
  std::uint64_t starts() const noexcept { return starts_; }  // so far
  // Nothing waits for the disk or for a worker.
  bool idle() const;

  Result<std::shared_ptr<server::WsHandler>> accept(server::WsUpgrade upgrade,
                                                    std::shared_ptr<server::WsPeer> peer) override;

  // Nothing while it does not run.
  server::SyncService* sync() noexcept;
  server::Hub* hub() noexcept;
  server::Store* store() noexcept;
  server::Caller caller(const std::string& account) const;

 private:
  struct Running;
  void run_later(std::function<void(Result<>)> task);
  void sweep_soon();

  Parts parts_;
  Random random_;
  std::unique_ptr<Running> running_;
  std::uint64_t starts_ = 0;
  bool draining_ = false;
  std::uint64_t quota_ = server::SyncService::Options{}.user_bytes_max;
};

}  // namespace studiosync::e2e
