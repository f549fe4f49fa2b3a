#include "tests/support/live/live_server.hpp"

#include <charconv>

#include "client/engine/account.hpp"
#include "core/base/check.hpp"

namespace studiosync::test {
namespace {

client::Credentials credentials_of(const std::string& name) {
  return {.email = name + "@example.com", .username = name, .password = "correct horse"};
}

}  // namespace

LiveServer::LiveServer(server::Config config) : config_(std::move(config)) {
  config_.data.dir = folder_.file("server");
  config_.server.port = 0;
  config_.server.metrics_port = 0;
  config_.auth.bcrypt_cost = 4;
  start();
}

LiveServer::~LiveServer() {
  if (app_) stop();
}

void LiveServer::start() {
  auto opened = server::App::open(config_);
  SS_CHECK(opened.has_value());
  app_ = std::move(*opened);
  SS_CHECK(app_->serve().has_value());
  const auto line = parse_json(app_->listening_line());
  url_ = line->find("http")->as_string();
  const std::string port = url_.substr(url_.rfind(':') + 1);
  std::from_chars(port.data(), port.data() + port.size(), config_.server.port);
}

void LiveServer::stop() {
  app_->stop();
  app_.reset();
}

void LiveServer::crash() {
  app_.reset();
}

client::Login LiveServer::sign_up(const std::string& name) {
  client::Login login{.server = url_};
  client::HttpClient http(url_);
  SS_CHECK(client::register_account(http, credentials_of(name), login).has_value());
  return login;
}

client::Login LiveServer::log_in(const std::string& name) {
  client::Login login{.server = url_};
  client::HttpClient http(url_);
  SS_CHECK(client::log_in(http, credentials_of(name), login).has_value());
  return login;
}

}  // namespace studiosync::test
