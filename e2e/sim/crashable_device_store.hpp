// A device's store in memory on a disk that can be full, and that may lose relaxed transactions
// when the power fails.
#pragma once

#include <vector>

#include "client/store/memory_device_store.hpp"
#include "core/base/random.hpp"
#include "core/sync/forwarding_device_store.hpp"

namespace studiosync::e2e {

class CrashableDeviceStore final : public ForwardingDeviceStore {
 public:
  explicit CrashableDeviceStore(client::MemoryDeviceStore store)
      : ForwardingDeviceStore(store_), store_(std::move(store)) {}

  // From now on remembers what a crash may leave; it costs a copy a relaxed transaction.
  void expect_crash() noexcept { crash_expected_ = true; }
  // What a crash leaves: everything up to one of the relaxed transactions since the last full one.
  client::MemoryDeviceStore after_crash(Random& random) const;
  const client::MemoryDeviceStore& contents() const noexcept { return store_; }

  bool full = false;  // commits fail

  using DeviceStore::begin;
  Result<> begin(Durability durability) override;
  Result<> commit() override;
  void rollback() override;
  Result<> set_aside(std::string_view why) override;

 private:
  client::MemoryDeviceStore store_;
  bool crash_expected_ = false;
  Durability current_ = Durability::full;
  // The contents before each relaxed transaction since the last full one.
  std::vector<client::MemoryDeviceStore> earlier_;
};

}  // namespace studiosync::e2e
