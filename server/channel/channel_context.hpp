// What every channel of a server shares. All of it outlives the channels.
#pragma once

#include "server/api/blocking.hpp"
#include "server/api/sync_service.hpp"
#include "server/auth/gate.hpp"
#include "server/limits/rate_limiter.hpp"
#include "server/ops/metrics.hpp"

namespace studiosync::server {

struct ChannelContext {
  SyncService& sync;
  Gate& gate;
  Hub& hub;
  RateLimiter& changes;  // pushed changes of a user a second
  RunBlocking run_blocking;
  Metrics* metrics = nullptr;  // null: errors are not counted
  Millis greeting_timeout{5'000};
  // Above this a device gets hints instead of rows.
  std::size_t rows_queued_bytes_max = 1U << 20;
};

}  // namespace studiosync::server
