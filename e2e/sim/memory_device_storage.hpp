// A device's disk as values in memory.
#pragma once

#include <optional>

#include "e2e/sim/crashable_device_store.hpp"
#include "e2e/sim/storage.hpp"

namespace studiosync::e2e {

class MemoryDeviceStorage final : public DeviceStorage {
 public:
  explicit MemoryDeviceStorage(std::uint64_t seed) : random_(seed) {}

  DeviceStore& open() override;
  void crash() override;
  void close() override;
  void expect_crash() override;
  void backup() override;
  bool restore() override;
  std::unique_ptr<DeviceStorage> clone() override;
  void set_full(bool full) override;
  std::vector<DeviceRecord> aside() const override;

 private:
  const client::MemoryDeviceStore& contents() const;

  Random random_;
  bool full_ = false;
  client::MemoryDeviceStore closed_;  // while no store is open
  std::optional<client::MemoryDeviceStore> backup_;
  std::optional<CrashableDeviceStore> store_;
};

}  // namespace studiosync::e2e
