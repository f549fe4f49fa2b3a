#include "e2e/disk/disk_vfs.hpp"

#include <sqlite3.h>

#include "core/base/check.hpp"
#include "e2e/disk/vfs_state.hpp"
#include "e2e/disk/vfs_table.hpp"

namespace studiosync::e2e {

namespace {

bool is_taken(const std::string& name) {
  return sqlite3_vfs_find(name.c_str()) != nullptr;
}

DiskVfsOptions with_name(DiskVfsOptions options) {
  for (std::uint64_t number = 1; options.name.empty(); ++number) {
    const std::string name = "disk-" + std::to_string(number);
    if (!is_taken(name)) options.name = name;
  }
  return options;
}

}  // namespace

DiskVfs::DiskVfs(SimulatedDisk& disk, const DiskVfsOptions& options)
    : state_(std::make_unique<VfsState>(disk, with_name(options))),
      vfs_(std::make_unique<sqlite3_vfs>(make_vfs(*state_))) {
  SS_CHECK(!is_taken(name()));
  SS_CHECK(sqlite3_vfs_register(vfs_.get(), 0) == SQLITE_OK);
}

DiskVfs::~DiskVfs() {
  sqlite3_vfs_unregister(vfs_.get());
}

const std::string& DiskVfs::name() const noexcept {
  return state_->options.name;
}

void DiskVfs::observe(std::function<void(const DiskOperation&)> observer) {
  state_->observer = std::move(observer);
}

void DiskVfs::inject(FaultPlan faults) {
  state_->faults = std::move(faults);
}

void DiskVfs::power_off() noexcept {
  state_->off = true;
}

std::uint64_t DiskVfs::operations() const noexcept {
  return state_->operations;
}

std::uint64_t DiskVfs::operations(DiskCall call) const noexcept {
  const auto found = state_->by_call.find(call);
  return found == state_->by_call.end() ? 0 : found->second;
}

void seed_sqlite(std::uint64_t seed) {
  const int value = static_cast<int>(seed % 0x7fff'ffff);
  SS_CHECK(value != 0);
  sqlite3_test_control(SQLITE_TESTCTRL_PRNG_SEED, value, nullptr);
  sqlite3_randomness(0, nullptr);
}

}  // namespace studiosync::e2e
