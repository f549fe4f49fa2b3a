#include "server/ops/store_failures.hpp"

#include <utility>

#include "server/ops/logging.hpp"

namespace studiosync::server {
namespace {

constexpr Millis between_lines{60'000};

}  // namespace

StoreFailures::StoreFailures(std::function<WallTime()> now) : now_(std::move(now)) {}

void StoreFailures::watch(std::string database) {
  const std::lock_guard lock(mutex_);
  seen_.try_emplace(std::move(database));
}

void StoreFailures::failed(std::string_view database, int code, std::string_view message) {
  const WallTime now = now_();
  std::uint64_t unlogged = 0;
  {
    const std::lock_guard lock(mutex_);
    Seen& seen = seen_.try_emplace(std::string(database)).first->second;
    ++seen.count;
    // An age below 0: the wall clock went backwards.
    if (seen.last_line && now >= *seen.last_line && now - *seen.last_line < between_lines) return;
    seen.last_line = now;
    unlogged = seen.count - std::exchange(seen.logged, seen.count);
  }
  log_event(Level::error, "store_failed",
            {{"database", database}, {"code", code}, {"message", message}, {"failures", unlogged}});
}

std::map<std::string, std::uint64_t> StoreFailures::counts() const {
  const std::lock_guard lock(mutex_);
  std::map<std::string, std::uint64_t> counts;
  for (const auto& [database, seen] : seen_) counts.emplace(database, seen.count);
  return counts;
}

}  // namespace studiosync::server
