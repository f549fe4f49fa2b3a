#include "server/api/router.hpp"

#include <algorithm>

#include "server/api/path_match.hpp"

namespace studiosync::server {
namespace {

HttpResponse method_not_allowed(const std::string& allowed) {
  HttpResponse response = error_response(
      {.code = ErrorCode::method_not_allowed, .message = "allowed here: " + allowed});
  response.headers.emplace_back("Allow", allowed);
  return response;
}

}  // namespace

std::string_view Request::path_parameter(std::string_view name) const noexcept {
  const auto found = std::ranges::find(path_parameters, name, &Headers::value_type::first);
  return found == path_parameters.end() ? std::string_view{} : std::string_view(found->second);
}

Router::Router(Authenticate authenticate) : authenticate_(std::move(authenticate)) {}

void Router::add(Route route) {
  routes_.push_back(std::move(route));
}

std::string_view Router::pattern_of(std::string_view path) const {
  const auto fits = [&](const Route& route) { return match_path(route.pattern, path).has_value(); };
  const auto found = std::ranges::find_if(routes_, fits);
  return found == routes_.end() ? std::string_view{} : std::string_view(found->pattern);
}

void Router::dispatch(HttpRequest request, Respond respond) const {
  std::string allowed;
  for (const Route& route : routes_) {
    auto parameters = match_path(route.pattern, request.path);
    if (!parameters) continue;
    if (route.method == request.method) {
      run(route, {.http = std::move(request), .path_parameters = std::move(*parameters)},
          std::move(respond));
      return;
    }
    allowed.append(allowed.empty() ? "" : ", ").append(route.method);
  }
  if (!allowed.empty()) return respond(method_not_allowed(allowed));
  respond(error_response({.code = ErrorCode::not_found, .message = "no such route"}));
}

Result<std::size_t> Router::body_bytes_max(const HttpRequest& head) const {
  const auto fits = [&](const Route& route) {
    return route.method == head.method && match_path(route.pattern, head.path).has_value();
  };
  const auto route = std::ranges::find_if(routes_, fits);
  if (route == routes_.end() || route->body == Body::none || route->access == Access::open) {
    return open_body_bytes_max;
  }
  SS_TRY(caller_of(head));
  return limits::request_bytes_max;
}

void Router::run(const Route& route, Request request, Respond respond) const {
  if (auto prepared = prepare(route, request); !prepared) {
    respond(error_response(prepared.error()));
    return;
  }
  route.run(std::move(request), std::move(respond));
}

Result<Caller> Router::caller_of(const HttpRequest& request) const {
  const std::string_view token = bearer_token(request.header("authorization"));
  if (token.empty()) return fail(ErrorCode::unauthorized, "a bearer token is needed");
  return authenticate_(token);
}

// Who asks, and whether so often, is settled before anything of the body is looked at: to parse it
// takes longer than all else that happens on this thread.
Result<> Router::prepare(const Route& route, Request& request) const {
  if (route.access == Access::token) {
    SS_ASSIGN(request.caller, caller_of(request.http));
  }
  if (route.limit) SS_TRY(route.limit(request));
  if (route.body == Body::json) {
    SS_ASSIGN(request.body, parse_json(request.http.body));
    request.http.body = {};  // parsed: 10 MiB need not be held twice
  }
  return {};
}

}  // namespace studiosync::server
