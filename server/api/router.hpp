// From a method and a path to a route. Looks up, authenticates, parses the body, answers errors.
// Built once before serving, then read from any I/O thread.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/json.hpp"
#include "server/auth/caller.hpp"
#include "server/net/http_types.hpp"

namespace studiosync::server {

// What a route is given.
struct Request {
  HttpRequest http;
  Headers path_parameters;       // `{id}` of the pattern, decoded
  std::optional<Caller> caller;  // set on routes that need a token
  Json body;                     // parsed where the route reads one; null otherwise

  std::string_view path_parameter(std::string_view name) const noexcept;
};

enum class Access : std::uint8_t { open, token };
enum class Body : std::uint8_t { none, json };

struct Route {
  std::string method;
  std::string pattern;  // `/api/devices/{id}`
  Access access = Access::token;
  Body body = Body::none;
  std::function<void(Request, Respond)> run;  // on an I/O thread; must not block
  // Empty: no limit. Looks at who asks, before the body is parsed; an error is the answer.
  std::function<Result<>(const Request&)> limit{};
};

// {"error":true,"code","message","path"?} with the code's status, and Retry-After where it applies.
HttpResponse error_response(const Error& error);
HttpResponse json_response(int status, const Json& body);

class Router {
 public:
  using Authenticate = std::function<Result<Caller>(std::string_view token)>;

  explicit Router(Authenticate authenticate);
  void add(Route route);
  // How long the body of a request with this head may be. An error, which is the answer, where it
  // needs a valid token and has none.
  Result<std::size_t> body_bytes_max(const HttpRequest& head) const;
  // 404 for an unknown path, 405 with Allow for an unknown method, 401 without a valid token, 429
  // beyond the route's limit, 400 for a body that is no JSON; otherwise the route answers.
  void dispatch(HttpRequest request, Respond respond) const;
  const std::vector<Route>& routes() const noexcept { return routes_; }
  // The pattern that a path fits, for metrics: a path itself would make a series for each id. Empty
  // when there is none.
  std::string_view pattern_of(std::string_view path) const;

 private:
  void run(const Route& route, Request request, Respond respond) const;
  Result<> prepare(const Route& route, Request& request) const;
  Result<Caller> caller_of(const HttpRequest& request) const;

  Authenticate authenticate_;
  std::vector<Route> routes_;
};

}  // namespace studiosync::server
