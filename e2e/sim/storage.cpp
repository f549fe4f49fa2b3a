#include "e2e/sim/storage.hpp"

#include "core/base/check.hpp"
#include "e2e/sim/memory_device_storage.hpp"
#include "e2e/sim/memory_server_storage.hpp"

namespace studiosync::e2e {

std::unique_ptr<ServerStorage> make_server_storage(StoreKind kind, StorageContext context) {
  SS_CHECK(kind == StoreKind::memory);
  return std::make_unique<MemoryServerStorage>(std::move(context));
}

std::unique_ptr<DeviceStorage> make_device_storage(StoreKind kind, std::uint64_t seed) {
  SS_CHECK(kind == StoreKind::memory);
  return std::make_unique<MemoryDeviceStorage>(seed);
}

}  // namespace studiosync::e2e
