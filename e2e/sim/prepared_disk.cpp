#include "e2e/sim/prepared_disk.hpp"

#include <cstdint>
#include <functional>

#include "client/store/sqlite_device_store.hpp"
#include "core/base/check.hpp"
#include "e2e/disk/disk_vfs.hpp"

namespace studiosync::e2e {
namespace {

constexpr WallTime made{1'700'000'000'000};
constexpr std::uint64_t seed = 1;

SimulatedDisk prepared(const std::function<void(const std::string& vfs)>& open_and_close) {
  seed_sqlite(seed);
  SimulatedDisk disk;
  {
    const DiskVfs vfs(disk, {.seed = seed});
    open_and_close(vfs.name());
  }
  Random unused(seed);
  return disk.after_crash(CrashMode::kept, unused);
}

void make_server_store(const std::string& vfs) {
  server::SqliteStoreOptions options = server_options();
  options.clock = [] { return to_commit_time(made); };
  options.entropy = [] { return seed; };
  options.vfs = vfs;
  options.post = [](const std::function<void()>& step) { step(); };
  SS_CHECK(server::open_sqlite_store(options).has_value());
}

void make_device_store(const std::string& vfs) {
  SS_CHECK(client::open_device_store(device_file, made, {.vfs = vfs}).has_value());
}

}  // namespace

server::SqliteStoreOptions server_options() {
  server::SqliteStoreOptions options;
  options.folder = server_folder;
  options.shards = 1;
  options.folder_in_vfs = true;
  // Whoever gathers the groups bounds them; one is one transaction.
  options.limits = {
      .queued_tasks_max = SIZE_MAX, .group_tasks_max = SIZE_MAX, .group_bytes_max = UINT64_MAX};
  return options;
}

const SimulatedDisk& new_server_disk() {
  static const SimulatedDisk disk = prepared(make_server_store);
  return disk;
}

const SimulatedDisk& new_device_disk() {
  static const SimulatedDisk disk = prepared(make_device_store);
  return disk;
}

}  // namespace studiosync::e2e
