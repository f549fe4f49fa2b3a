// A device's disk as a simulated one with the product's SQLite store on it.
#pragma once

#include <memory>
#include <optional>

#include "client/store/sqlite_device_store.hpp"
#include "e2e/sim/faulty_disk.hpp"
#include "e2e/sim/storage.hpp"

namespace studiosync::e2e {

// A start finds room on a full disk, as with SqliteServerStorage.
class SqliteDeviceStorage final : public DeviceStorage {
 public:
  SqliteDeviceStorage(SimulatedDisk content, std::uint64_t seed);
  // Nobody looks at the disk again: closing need not write to it.
  ~SqliteDeviceStorage() override { disk_.power_off(); }

  DeviceStore& open() override;
  void crash() override;
  void close() override { store_.reset(); }
  void expect_crash() override {}
  void backup() override { backup_ = disk_.copy(); }
  bool restore() override;
  std::unique_ptr<DeviceStorage> clone() override;
  void set_full(bool full) override { disk_.full = full; }
  std::vector<DeviceRecord> aside() const override;

 private:
  Random random_;
  FaultyDisk disk_;
  std::optional<SimulatedDisk> backup_;
  std::unique_ptr<client::SqliteDeviceStore> store_;
};

}  // namespace studiosync::e2e
