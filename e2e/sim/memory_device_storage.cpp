#include "e2e/sim/memory_device_storage.hpp"

#include "core/base/check.hpp"

namespace studiosync::e2e {

DeviceStore& MemoryDeviceStorage::open() {
  SS_CHECK(!store_);
  store_.emplace(std::move(closed_));
  store_->full = full_;
  return *store_;
}

void MemoryDeviceStorage::crash() {
  if (!store_) return;
  closed_ = store_->after_crash(random_);
  store_.reset();
}

void MemoryDeviceStorage::close() {
  if (!store_) return;
  closed_ = store_->contents();
  store_.reset();
}

void MemoryDeviceStorage::expect_crash() {
  if (store_) store_->expect_crash();
}

void MemoryDeviceStorage::backup() {
  backup_ = contents();
}

bool MemoryDeviceStorage::restore() {
  SS_CHECK(!store_);
  if (backup_) closed_ = *backup_;
  return backup_.has_value();
}

std::unique_ptr<DeviceStorage> MemoryDeviceStorage::clone() {
  auto copy = std::make_unique<MemoryDeviceStorage>(random_.next());
  copy->closed_ = contents();
  return copy;
}

void MemoryDeviceStorage::set_full(bool full) {
  full_ = full;
  if (store_) store_->full = full;
}

std::vector<DeviceRecord> MemoryDeviceStorage::aside() const {
  return contents().aside();
}

const client::MemoryDeviceStore& MemoryDeviceStorage::contents() const {
  return store_ ? store_->contents() : closed_;
}

}  // namespace studiosync::e2e
