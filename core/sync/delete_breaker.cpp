#include "core/sync/delete_breaker.hpp"

#include "core/base/limits.hpp"

namespace studiosync {

bool is_mass_delete(std::uint64_t deletes, std::uint64_t live) noexcept {
  return deletes > limits::unconfirmed_deletes_min && deletes > live / 2;
}

DeleteBreaker::DeleteBreaker(UserTxn& log, ReplicaId replica, WallTime now)
    : log_(log), replica_(replica), now_(to_commit_time(now)) {}

bool DeleteBreaker::lasts(const DeleteWindow& window) const {
  if (window == DeleteWindow{}) return false;
  const std::int64_t age_ms = (now_.unix_us - window.start.unix_us) / 1000;
  // One from the future is of a clock that was wrong then.
  return age_ms >= 0 && age_ms < limits::delete_window_ms;
}

DeleteWindow& DeleteBreaker::window(EntityType type) {
  const auto known = windows_.find(type);
  if (known != windows_.end()) return known->second;
  DeleteWindow window = log_.delete_window(replica_, type);
  if (!lasts(window)) window = {now_, log_.live(type), 0};
  return windows_.emplace(type, window).first->second;
}

bool DeleteBreaker::admits(EntityType type) {
  if (replica_.nil()) return true;
  DeleteWindow& since = window(type);
  if (is_mass_delete(since.deletes + 1, since.live)) return false;
  ++since.deletes;
  return true;
}

void DeleteBreaker::finish() {
  for (const auto& [type, window] : windows_) log_.set_delete_window(replica_, type, window);
}

}  // namespace studiosync
