#include "loadtest/linked/linked_server.hpp"

#include "os/entropy.hpp"
#include "os/wall_clock.hpp"
#include "server/net/connection.hpp"
#include "server/net/http_session.hpp"

namespace studiosync::load {
namespace {

constexpr int status_not_found = 404;
constexpr const char* loopback = "127.0.0.1";
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
      channels_(context_, [](std::string_view) { return false; }),
      for_links_{.options = {.idle_timeout = silence, .ping_interval = silence},
                 .http = *this,
                 .acceptor = &channels_},
      for_sockets_{.options = {}, .http = *this, .acceptor = &channels_},
      io_(std::make_shared<server::IoThread>()) {}

LinkedServer::~LinkedServer() {
  if (acceptor_) acceptor_->close();
  io_->for_each([](server::Connection& connection) { connection.cut(); });
  turn();
}

void LinkedServer::start(std::unique_ptr<server::Stream> stream, server::Services& services) {
  const auto connection = std::make_shared<server::Connection>(
      io_, std::move(stream), boost::asio::ip::address_v4::loopback());
  connection->start(std::make_unique<server::HttpSession>(*connection, services),
                    services.options.handshake_timeout);
}

MemoryStream& LinkedServer::connect(StreamPeer& peer) {
  auto stream = std::make_unique<MemoryStream>(io_->context(), peer);
  MemoryStream& end = *stream;
  start(std::move(stream), for_links_);
  return end;
}

Result<> LinkedServer::listen() {
  const std::vector<std::shared_ptr<server::IoThread>> threads{io_};
  acceptor_.emplace(threads, [this](const auto&, boost::asio::ip::tcp::socket socket) {
    start(server::make_plain_stream(std::move(socket), io_->scratch()), for_sockets_);
  });
  SS_TRY(acceptor_->bind(loopback, 0));
  acceptor_->start();
  return {};
}

std::string LinkedServer::url() const {
  return std::string("http://") + loopback + ":" + std::to_string(acceptor_->port());
}

void LinkedServer::turn() {
  io_->context().poll();
}

void LinkedServer::run_for(std::chrono::milliseconds time) {
  io_->context().run_for(time);
}

void LinkedServer::handle(server::HttpRequest request, server::Respond respond) {
  if (request.path == "/health") return respond({.body = R"({"status":"healthy"})"});
  respond({.status = status_not_found, .body = "{}"});
}

}  // namespace studiosync::load
