// One device as the product builds it: its own folder and SQLite database, the engine on its own
// thread, a real connection.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>

#include "bench/folder.hpp"
#include "bench/stack/percentile.hpp"
#include "client/engine/engine_host.hpp"

namespace studiosync::bench {

class Device {
 public:
  Device(const std::string& parent, const std::string& name, client::Login login);

  client::EngineHost& host() noexcept { return *host_; }
  std::string database() const { return folder_.path() + "/device.db"; }

  // When the record has changed from outside and is committed here. `watch` before the change is
  // made elsewhere, then `seen`. The time is taken on the engine's thread, where the notice is.
  void watch(RecordKey key);
  Clock::time_point seen();

 private:
  void take(const Notice& notice);

  Folder folder_;
  std::mutex mutex_;  // guards the two below: the engine's thread tells the benchmark's
  std::condition_variable told_;
  RecordKey watched_;
  std::optional<Clock::time_point> seen_;
  std::unique_ptr<client::EngineHost> host_;
};

}  // namespace studiosync::bench
