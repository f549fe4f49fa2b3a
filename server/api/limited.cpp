#include "server/api/limited.hpp"

#include "server/auth/lockout.hpp"

namespace studiosync::server {
namespace {

std::string user_key(const Request& request) {
  const UserRef& user = request.caller->user;
  return std::to_string(user.shard) + ":" + std::to_string(user.number.value);
}

std::string address_key(const Request& request) {
  return lockout_address(request.http.client_address);
}

RouteLimit limited(RateLimiter& limiter, Clock now, std::string (*key)(const Request&)) {
  return [&limiter, now = std::move(now), key](const Request& request) {
    return limiter.take(key(request), now());
  };
}

}  // namespace

RouteLimit limited_by_user(RateLimiter& limiter, Clock now) {
  return limited(limiter, std::move(now), user_key);
}

RouteLimit limited_by_address(RateLimiter& limiter, Clock now) {
  return limited(limiter, std::move(now), address_key);
}

}  // namespace studiosync::server
