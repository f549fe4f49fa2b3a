#include "loadtest/null_server/null_server.hpp"

#include "os/wall_clock.hpp"

namespace studiosync::load {
namespace {

constexpr Millis token_lifetime{365LL * 24 * 3600 * 1000};
constexpr int status_created = 201;
constexpr int status_not_found = 404;

server::ListenerOptions on_one_thread(std::uint16_t port) {
  server::ListenerOptions options;
  options.port = port;
  options.threads = 1;
  return options;
}

// An account's id is its name, and its token likewise.
server::HttpResponse registered(const std::string& body) {
  const auto json = parse_json(body);
  const Json* name = json ? json->find("username") : nullptr;
  if (name == nullptr || !name->is_string()) return {.status = 400, .body = "{}"};
  Json user = Json::object();
  user.set("id", name->as_string()).set("username", name->as_string());
  Json grant = Json::object();
  grant.set("user", std::move(user)).set("token", name->as_string());
  grant.set("refresh_token", name->as_string());
  grant.set("expires_at", to_rfc3339(os::wall_now() + token_lifetime));
  return {.status = status_created, .body = grant.dump()};
}

}  // namespace

NullServer::NullServer(std::uint16_t port)
    : pages_(os::wall_now()), listener_(on_one_thread(port), *this, this) {}

void NullServer::handle(server::HttpRequest request, server::Respond respond) {
  if (request.path == "/health") return respond({.body = R"({"status":"healthy"})"});
  if (request.path == "/api/auth/register") return respond(registered(request.body));
  respond({.status = status_not_found, .body = R"({"error":true,"code":"not_found"})"});
}

Result<std::shared_ptr<server::WsHandler>> NullServer::accept(
    server::WsUpgrade, std::shared_ptr<server::WsPeer> peer) {
  return std::make_shared<NullChannel>(
      [this](const std::string& token) -> NullUser& { return users_[token]; }, pages_,
      std::move(peer));
}

}  // namespace studiosync::load
