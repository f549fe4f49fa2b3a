#include "e2e/sim/crashable_device_store.hpp"

namespace studiosync::e2e {

client::MemoryDeviceStore CrashableDeviceStore::after_crash(Random& random) const {
  const std::uint64_t kept = random.below(earlier_.size() + 1);
  client::MemoryDeviceStore left = kept == earlier_.size() ? store_ : earlier_[kept];
  left.rollback();
  return left;
}

Result<> CrashableDeviceStore::begin(Durability durability) {
  current_ = durability;
  if (crash_expected_ && durability == Durability::relaxed) earlier_.push_back(store_);
  return store_.begin(durability);
}

Result<> CrashableDeviceStore::commit() {
  if (full) {
    rollback();
    return fail(ErrorCode::store_error, "the disk is full");
  }
  if (current_ == Durability::full) earlier_.clear();
  return store_.commit();
}

void CrashableDeviceStore::rollback() {
  if (crash_expected_ && current_ == Durability::relaxed && !earlier_.empty()) earlier_.pop_back();
  store_.rollback();
}

Result<> CrashableDeviceStore::set_aside(std::string_view why) {
  if (full) return fail(ErrorCode::store_error, "the disk is full");
  // A flush of its own: what was relaxed before it is on the disk, too.
  earlier_.clear();
  return store_.set_aside(why);
}

}  // namespace studiosync::e2e
