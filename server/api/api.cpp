#include "server/api/api.hpp"

#include <algorithm>
#include <array>

#include "server/api/openapi.hpp"
#include "server/ops/logging.hpp"

namespace studiosync::server {
namespace {

using SteadyClock = std::chrono::steady_clock;

// A client may invent methods and paths; each label's values are ours.
std::string_view method_label(std::string_view method) {
  constexpr std::array<std::string_view, 7> known{"GET",    "POST",    "PUT", "PATCH",
                                                  "DELETE", "OPTIONS", "HEAD"};
  const auto found = std::ranges::find(known, method);
  return found == known.end() ? std::string_view("other") : *found;
}

struct Served {
  std::string_view method;
  std::string_view route;
  std::size_t body_bytes;
  SteadyClock::time_point begun;
};

void record(Metrics& metrics, const Served& served, int status) {
  const auto latency = SteadyClock::now() - served.begun;
  metrics.request({.method = served.method,
                   .route = served.route,
                   .status = status,
                   .body_bytes = served.body_bytes,
                   .latency = latency});
  const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(latency).count();
  log_event(status >= 500 ? Level::warn : Level::debug, "request",
            {{"method", served.method},
             {"route", served.route},
             {"status", status},
             {"latency_us", micros}});
}

}  // namespace

Api::Api(ApiParts parts, ApiOptions options)
    : metrics_(parts.metrics),
      cors_(std::move(options.cors_origins), options.cors_localhost),
      limits_{
          .uploads = RateLimiter(Rate::per_minute(options.uploads_per_minute)),
          .downloads = RateLimiter(Rate::per_minute(options.downloads_per_minute)),
          .conflicts = RateLimiter(Rate::per_minute(options.conflicts_per_minute)),
          .logins = RateLimiter(Rate::per_minute(options.logins_per_minute)),
          .password_changes = RateLimiter(Rate::per_minute(options.password_changes_per_minute))},
      router_([&auth = parts.auth](std::string_view token) { return auth.authenticate(token); }) {
  const RouteContext context{.auth = parts.auth,
                             .sync = parts.sync,
                             .metrics = parts.metrics,
                             .limits = limits_,
                             .health = parts.health,
                             .run_blocking = std::move(parts.run_blocking),
                             .now = std::move(parts.now)};
  add_auth_routes(router_, context);
  add_device_routes(router_, context);
  add_sync_routes(router_, context);
  add_conflict_routes(router_, context);
  add_policy_routes(router_, context);
  add_reset_route(router_, context);
  add_ops_routes(router_, context);
  add_openapi_route(router_);
}

// A refusal is an answer like all others: a browser's page can read it, and it is counted.
tl::expected<std::size_t, HttpResponse> Api::admit(const HttpRequest& head) {
  const auto admitted = router_.body_bytes_max(head);
  if (admitted) return *admitted;
  HttpResponse refusal;
  observed(head,
           [&](HttpResponse made) { refusal = std::move(made); })(error_response(admitted.error()));
  return tl::unexpected(std::move(refusal));
}

void Api::handle(HttpRequest request, Respond respond) {
  Respond answer = observed(request, std::move(respond));
  if (request.method == "OPTIONS") return answer(cors_.preflight(request.header("origin")));
  router_.dispatch(std::move(request), std::move(answer));
}

Respond Api::observed(const HttpRequest& request, Respond respond) const {
  const std::string_view route = router_.pattern_of(request.path);
  const Served served{.method = method_label(request.method),
                      .route = route.empty() ? std::string_view("unmatched") : route,
                      .body_bytes = request.body.size(),
                      .begun = SteadyClock::now()};
  return [this, served, origin = std::string(request.header("origin")),
          respond = std::move(respond)](HttpResponse response) {
    cors_.decorate(origin, response);
    record(metrics_, served, response.status);
    respond(std::move(response));
  };
}

MetricsHandler::MetricsHandler(const Metrics& metrics)
    : router_([](std::string_view) -> Result<Caller> {
        return fail(ErrorCode::unauthorized, "no route here takes a token");
      }) {
  add_metrics_route(router_, metrics);
}

tl::expected<std::size_t, HttpResponse> MetricsHandler::admit(const HttpRequest&) {
  return open_body_bytes_max;
}

void MetricsHandler::handle(HttpRequest request, Respond respond) {
  router_.dispatch(std::move(request), std::move(respond));
}

}  // namespace studiosync::server
