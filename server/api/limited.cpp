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

RunRoute limited(RateLimiter& limiter, Clock now, RunRoute run,
                 std::string (*key)(const Request&)) {
  return [&limiter, now = std::move(now), run = std::move(run), key](Request request,
                                                                     Respond respond) {
    if (const auto taken = limiter.take(key(request), now()); !taken) {
      return respond(error_response(taken.error()));
    }
    run(std::move(request), std::move(respond));
  };
}

}  // namespace

RunRoute limited_by_user(RateLimiter& limiter, Clock now, RunRoute run) {
  return limited(limiter, std::move(now), std::move(run), user_key);
}

RunRoute limited_by_address(RateLimiter& limiter, Clock now, RunRoute run) {
  return limited(limiter, std::move(now), std::move(run), address_key);
}

}  // namespace studiosync::server
