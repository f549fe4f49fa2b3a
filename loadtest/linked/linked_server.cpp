#include "loadtest/linked/linked_server.hpp"

#include "os/entropy.hpp"
#include "os/wall_clock.hpp"
#include "server/net/connection.hpp"
#include "server/net/http_session.hpp"

namespace studiosync::load {
namespace {

constexpr int status_not_found = 404;
// Bare devices do not answer pings.
constexpr Millis silence{24LL * 3600 * 1000};

}  // namespace

LinkedServer::LinkedServer()
    : store_({.shards = 1, .clock = os::wall_now_us, .entropy = os::random_u64}),
      sync_(store_, hub_, os::wall_now, {}),
      changes_(server::Rate{}),
      context_{.sync = sync_,
               .gate = gate_,
               .hub = hub_,
               .changes = changes_,
               .run_blocking = [](const std::function<void(Result<>)>& task) { task({}); }},
      acceptor_(context_, [](std::string_view) { return false; }),
      services_{.options = {.idle_timeout = silence, .ping_interval = silence},
                .http = *this,
                .acceptor = &acceptor_},
      io_(std::make_shared<server::IoThread>()) {}

LinkedServer::~LinkedServer() {
  io_->for_each([](server::Connection& connection) { connection.cut(); });
  turn();
}

MemoryStream& LinkedServer::connect(StreamPeer& peer) {
  auto stream = std::make_unique<MemoryStream>(io_->context(), peer);
  MemoryStream& end = *stream;
  const auto connection = std::make_shared<server::Connection>(
      io_, std::move(stream), boost::asio::ip::address_v4::loopback());
  connection->start(std::make_unique<server::HttpSession>(*connection, services_),
                    services_.options.handshake_timeout);
  return end;
}

void LinkedServer::turn() {
  io_->context().poll();
}

void LinkedServer::handle(server::HttpRequest, server::Respond respond) {
  respond({.status = status_not_found, .body = "{}"});
}

}  // namespace studiosync::load
