// A device's store whose process dies: after so many transactions none begins any more.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <utility>

#include "core/sync/forwarding_device_store.hpp"

namespace studiosync::testing {

// Forwards to the store that survives. Copies set aside count as transactions.
class DyingStore final : public ForwardingDeviceStore {
 public:
  explicit DyingStore(DeviceStore& inner) : ForwardingDeviceStore(inner) {}

  // From now on; none: it lives for ever.
  void die_after(std::optional<std::uint64_t> transactions) { left_ = transactions; }
  bool dead() const { return left_ == 0U; }

  Result<> begin(Durability durability) override {
    SS_TRY(spend());
    return ForwardingDeviceStore::begin(durability);
  }
  Result<> set_aside(std::string_view why) override {
    SS_TRY(spend());
    SS_TRY(ForwardingDeviceStore::set_aside(why));
    if (const auto work = std::exchange(behind_the_copy_, nullptr)) {
      work();
      ++others_;
    }
    return {};
  }
  std::uint64_t external_change_counter() override { return others_; }

  // What another process does to the store as soon as a copy is set aside.
  void behind_the_copy(std::function<void()> work) { behind_the_copy_ = std::move(work); }

 private:
  Result<> spend() {
    if (left_ == 0U) return fail(ErrorCode::store_error, "the process is dead");
    if (left_) --*left_;
    return {};
  }

  std::optional<std::uint64_t> left_;
  std::function<void()> behind_the_copy_;
  std::uint64_t others_ = 0;
};

}  // namespace studiosync::testing
