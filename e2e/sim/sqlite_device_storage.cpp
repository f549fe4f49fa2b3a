#include "e2e/sim/sqlite_device_storage.hpp"

#include <utility>

#include "client/store/texts.hpp"
#include "core/base/check.hpp"
#include "e2e/sim/prepared_disk.hpp"

namespace studiosync::e2e {
namespace {

constexpr WallTime of_no_upgrade{};  // the schema is new: nothing is dated by it

// Not a journal or a log beside one.
bool is_aside(std::string_view name) {
  const std::string beginning = std::string(device_file) + ".aside-";
  return name.starts_with(beginning) && name.find('-', beginning.size()) == std::string_view::npos;
}

// A copy that was never finished is none, and nobody was told that it is one.
void append_records(const std::string& file, const std::string& vfs,
                    std::vector<DeviceRecord>& records) {
  const auto store = client::open_device_store(file, of_no_upgrade, {.vfs = vfs});
  if (!store) return;
  for (DeviceRecord& text : client::texts_of(**store)) records.push_back(std::move(text));
}

}  // namespace

SqliteDeviceStorage::SqliteDeviceStorage(SimulatedDisk content, std::uint64_t seed)
    : random_(seed), disk_(std::move(content), random_.next()) {}

DeviceStore& SqliteDeviceStorage::open() {
  SS_CHECK(!store_);
  const bool full = std::exchange(disk_.full, false);
  auto opened = client::open_device_store(device_file, of_no_upgrade, {.vfs = disk_.vfs()});
  SS_CHECK(opened.has_value());
  store_ = std::move(*opened);
  disk_.full = full;
  return *store_;
}

void SqliteDeviceStorage::crash() {
  if (!store_) return;
  disk_.power_off();
  store_.reset();
  disk_.crash();
}

bool SqliteDeviceStorage::restore() {
  SS_CHECK(!store_);
  if (backup_) disk_.replace(*backup_);
  return backup_.has_value();
}

std::unique_ptr<DeviceStorage> SqliteDeviceStorage::clone() {
  return std::make_unique<SqliteDeviceStorage>(disk_.copy(), random_.next());
}

// Of a copy of the disk: to open a database writes to it.
std::vector<DeviceRecord> SqliteDeviceStorage::aside() const {
  std::vector<DeviceRecord> records;
  SimulatedDisk disk = disk_.copy();
  const DiskVfs vfs(disk, {});
  for (const std::string& name : disk.names()) {
    if (is_aside(name)) append_records(name, vfs.name(), records);
  }
  return records;
}

}  // namespace studiosync::e2e
