// The HTTP API as one handler: CORS, routing, limits, metrics and the log around every request.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "server/api/cors.hpp"
#include "server/api/routes.hpp"

namespace studiosync::server {

struct ApiOptions {
  // Requests a minute, by user and (logins) by address; 0 = off.
  std::int64_t uploads_per_minute = 10;
  std::int64_t downloads_per_minute = 20;
  std::int64_t conflicts_per_minute = 10;
  std::int64_t logins_per_minute = 120;
  std::int64_t password_changes_per_minute = 10;
  std::vector<std::string> cors_origins;
  bool cors_localhost = false;  // in development
};

// What the API is made of. All must outlive it.
struct ApiParts {
  AuthService& auth;
  SyncService& sync;
  Metrics& metrics;
  HealthCheck& health;
  RunBlocking run_blocking;
  Clock now;
};

// Must outlive every answer.
class Api final : public HttpHandler {
 public:
  Api(ApiParts parts, ApiOptions options);

  tl::expected<std::size_t, HttpResponse> admit(const HttpRequest& head) override;
  void handle(HttpRequest request, Respond respond) override;

  const Router& router() const noexcept { return router_; }
  // Also decides about the Origin of WebSocket upgrades.
  const Cors& cors() const noexcept { return cors_; }

 private:
  Respond observed(const HttpRequest& request, Respond respond) const;

  Metrics& metrics_;
  Cors cors_;
  RouteLimits limits_;
  Router router_;
};

// `/metrics` alone, for its own port.
class MetricsHandler final : public HttpHandler {
 public:
  explicit MetricsHandler(const Metrics& metrics);
  tl::expected<std::size_t, HttpResponse> admit(const HttpRequest& head) override;
  void handle(HttpRequest request, Respond respond) override;

 private:
  Router router_;
};

}  // namespace studiosync::server
