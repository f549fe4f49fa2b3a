#include "server/api/health_check.hpp"

namespace studiosync::server {
namespace {

// Anybody may ask without a token, and each probe is an fsync.
constexpr Millis fresh_for{1'000};
constexpr Millis probe_max{5'000};

}  // namespace

HealthCheck::HealthCheck(std::function<Result<>()> probe, std::function<WallTime()> now)
    : probe_(std::move(probe)), now_(std::move(now)) {}

Result<> HealthCheck::check() {
  bool mine = false;
  auto known = begin(now_(), mine);
  if (!mine) return known;
  auto outcome = probe_();
  const std::lock_guard lock(mutex_);
  probing_ = false;
  return last_ = std::move(outcome);
}

Result<> HealthCheck::begin(WallTime now, bool& mine) {
  const std::lock_guard lock(mutex_);
  const Millis age = now - begun_;
  if (probing_) {
    return age < probe_max ? last_
                           : fail(ErrorCode::service_unavailable, "the store does not answer");
  }
  // An age below 0: the wall clock went backwards, so that the outcome's age is unknown.
  if (age >= Millis{0} && age < fresh_for) return last_;
  mine = probing_ = true;
  begun_ = now;
  return {};
}

void HealthCheck::drain() {
  const std::lock_guard lock(mutex_);
  draining_ = true;
}

bool HealthCheck::draining() const {
  const std::lock_guard lock(mutex_);
  return draining_;
}

}  // namespace studiosync::server
