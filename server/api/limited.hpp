// Rate limits of routes: 429 with Retry-After, and the route is not run, nor its body parsed.
#pragma once

#include <functional>

#include "server/api/router.hpp"
#include "server/limits/rate_limiter.hpp"

namespace studiosync::server {

using RunRoute = decltype(Route::run);
using RouteLimit = decltype(Route::limit);
using Clock = std::function<WallTime()>;

// By the caller's user, never by token or device: a user has one allowance on all of them. For
// routes that need a token. The limiter must outlive the route.
RouteLimit limited_by_user(RateLimiter& limiter, Clock now);
// By the client's address (of IPv6, its network of 64 bits), for routes that come before any
// account.
RouteLimit limited_by_address(RateLimiter& limiter, Clock now);

}  // namespace studiosync::server
