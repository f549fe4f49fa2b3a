#include "e2e/sim/storage.hpp"

#include "e2e/sim/memory_device_storage.hpp"
#include "e2e/sim/memory_server_storage.hpp"
#include "e2e/sim/prepared_disk.hpp"
#include "e2e/sim/sqlite_device_storage.hpp"
#include "e2e/sim/sqlite_server_storage.hpp"

namespace studiosync::e2e {

std::unique_ptr<ServerStorage> make_server_storage(StoreKind kind, StorageContext context) {
  if (kind == StoreKind::sqlite) return std::make_unique<SqliteServerStorage>(std::move(context));
  return std::make_unique<MemoryServerStorage>(std::move(context));
}

std::unique_ptr<DeviceStorage> make_device_storage(StoreKind kind, std::uint64_t seed) {
  if (kind == StoreKind::sqlite) {
    return std::make_unique<SqliteDeviceStorage>(new_device_disk(), seed);
  }
  return std::make_unique<MemoryDeviceStorage>(seed);
}

}  // namespace studiosync::e2e
