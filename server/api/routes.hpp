// The routes by subject: each function adds its own to the router. Everything passed must outlive
// it.
#pragma once

#include "server/api/blocking.hpp"
#include "server/api/health_check.hpp"
#include "server/api/limited.hpp"
#include "server/api/router.hpp"
#include "server/api/sync_service.hpp"
#include "server/auth/auth_service.hpp"
#include "server/ops/metrics.hpp"

namespace studiosync::server {

// One bucket a user; of the logins, an address.
struct RouteLimits {
  RateLimiter uploads;
  RateLimiter downloads;
  RateLimiter conflicts;
  RateLimiter logins;
  RateLimiter password_changes;
};

struct RouteContext {
  AuthService& auth;
  SyncService& sync;
  Metrics& metrics;
  RouteLimits& limits;
  HealthCheck& health;
  RunBlocking run_blocking;
  Clock now;
};

void add_auth_routes(Router& router, const RouteContext& context);
void add_device_routes(Router& router, const RouteContext& context);
void add_sync_routes(Router& router, const RouteContext& context);
void add_conflict_routes(Router& router, const RouteContext& context);
void add_policy_routes(Router& router, const RouteContext& context);
void add_reset_route(Router& router, const RouteContext& context);
void add_ops_routes(Router& router, const RouteContext& context);
// GET /metrics alone: also for a port of its own.
void add_metrics_route(Router& router, const Metrics& metrics);

}  // namespace studiosync::server
