// What load balancers and monitoring ask: no token.
#include "server/api/routes.hpp"

namespace studiosync::server {
namespace {

HttpResponse state_response(bool good, const Json& body) {
  HttpResponse response = json_response(good ? 200 : 503, body);
  if (!good) response.headers.emplace_back("Retry-After", "1");
  return response;
}

HttpResponse health(HealthCheck& check, WallTime now) {
  const bool healthy = check.check().has_value();
  Json body = Json::object();
  body.set("status", healthy ? "healthy" : "unhealthy");
  body.set("service", "syncd");
  body.set("server_time", to_rfc3339(now));
  return state_response(healthy, body);
}

HttpResponse readiness(HealthCheck& check) {
  const bool draining = check.draining();
  const bool ready = !draining && check.check().has_value();
  const char* status = ready ? "ready" : draining ? "draining" : "not_ready";
  return state_response(ready, Json::object().set("status", status));
}

}  // namespace

void add_ops_routes(Router& router, const RouteContext& context) {
  const RunBlocking& run = context.run_blocking;
  HealthCheck& check = context.health;
  router.add({"GET", "/health", Access::open, Body::none,
              [&check, run, now = context.now](const Request&, const Respond& respond) {
                answer_blocking(run, respond, [&check, now]() -> Result<HttpResponse> {
                  return health(check, now());
                });
              }});
  router.add({"GET", "/readyz", Access::open, Body::none,
              [&check, run](const Request&, const Respond& respond) {
                answer_blocking(run, respond,
                                [&check]() -> Result<HttpResponse> { return readiness(check); });
              }});
  // On purpose without the store: a restart does not mend a disk.
  router.add(
      {"GET", "/livez", Access::open, Body::none, [](const Request&, const Respond& respond) {
         respond(json_response(200, Json::object().set("status", "alive")));
       }});
  add_metrics_route(router, context.metrics);
}

void add_metrics_route(Router& router, const Metrics& metrics) {
  router.add({"GET", "/metrics", Access::open, Body::none,
              [&metrics](const Request&, const Respond& respond) {
                respond({.status = 200,
                         .content_type = std::string(metrics_content_type),
                         .body = metrics.render()});
              }});
}

}  // namespace studiosync::server
