#include "server/net/listener.hpp"

#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <future>
#include <optional>
#include <utility>
#include <vector>

#include "server/net/acceptor.hpp"
#include "server/net/connection.hpp"
#include "server/net/http_session.hpp"
#include "server/net/services.hpp"
#include "server/net/tls.hpp"

namespace studiosync::server {
namespace asio = boost::asio;
using asio::ip::tcp;

struct Listener::Impl {
  Impl(ListenerOptions options, HttpHandler& http, WsAcceptor* ws_acceptor)
      : services{.options = std::move(options), .http = http, .acceptor = ws_acceptor} {}

  Result<> start();
  Result<> prepare();
  void stop_accepting();
  void stop(Millis patience);
  void serve(const std::shared_ptr<IoThread>& thread, tcp::socket socket);
  std::vector<std::future<void>> shut_connections_down();
  template <class Call>
  void on_each_thread(Call call);

  Services services;
  std::unique_ptr<asio::ssl::context> tls;
  std::vector<std::shared_ptr<IoThread>> threads;
  std::optional<Acceptor> acceptor;
  std::uint16_t port = 0;
  bool running = false;
  bool accepting = false;
};

Result<> Listener::Impl::prepare() {
  SS_ASSIGN(services.proxies, TrustedProxies::parse(services.options.trusted_proxies));
  if (services.options.tls_cert_file.empty()) return {};
  SS_ASSIGN(tls, make_tls_context(services.options.tls_cert_file, services.options.tls_key_file));
  return {};
}

Result<> Listener::Impl::start() {
  SS_TRY(prepare());
  for (unsigned i = 0; i < std::max(services.options.threads, 1U); ++i) {
    threads.push_back(std::make_shared<IoThread>());
  }
  acceptor.emplace(threads, [this](const auto& thread, tcp::socket socket) {
    serve(thread, std::move(socket));
  });
  SS_TRY(acceptor->bind(services.options.host, services.options.port));
  port = acceptor->port();
  acceptor->start();
  for (const auto& thread : threads) thread->start();
  running = accepting = true;
  return {};
}

void Listener::Impl::serve(const std::shared_ptr<IoThread>& thread, tcp::socket socket) {
  if (services.draining) return;
  NetError error;
  const auto peer = socket.remote_endpoint(error).address();
  if (error) return;  // gone already
  auto stream = tls ? make_tls_stream(std::move(socket), *tls, thread->scratch())
                    : make_plain_stream(std::move(socket), thread->scratch());
  const auto connection = std::make_shared<Connection>(thread, std::move(stream), peer);
  connection->start(std::make_unique<HttpSession>(*connection, services),
                    services.options.handshake_timeout);
}

template <class Call>
void Listener::Impl::on_each_thread(Call call) {
  for (const auto& thread : threads) {
    asio::post(thread->context(), [thread = thread.get(), call] { thread->for_each(call); });
  }
}

void Listener::Impl::stop_accepting() {
  if (!std::exchange(accepting, false)) return;
  std::promise<void> closed;
  asio::dispatch(threads.front()->context(), [&] {
    acceptor->close();
    closed.set_value();
  });
  closed.get_future().wait();
}

std::vector<std::future<void>> Listener::Impl::shut_connections_down() {
  std::vector<std::future<void>> empty;
  on_each_thread([](Connection& connection) { connection.shut_down(); });
  for (const auto& thread : threads) {
    std::promise<void> promise;
    empty.push_back(promise.get_future());
    asio::post(thread->context(), [thread = thread.get(), promise = std::move(promise)]() mutable {
      thread->tell_when_empty(std::move(promise));
    });
  }
  return empty;
}

void Listener::Impl::stop(Millis patience) {
  if (!std::exchange(running, false)) return;
  stop_accepting();
  services.draining = true;
  const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(patience.count);
  for (const auto& empty : shut_connections_down()) empty.wait_until(until);
  on_each_thread([](Connection& connection) { connection.cut(); });
  for (const auto& thread : threads) thread->join();
}

Listener::Listener(ListenerOptions options, HttpHandler& http, WsAcceptor* acceptor)
    : impl_(std::make_unique<Impl>(std::move(options), http, acceptor)) {}

Listener::~Listener() {
  stop(Millis{0});
}

Result<> Listener::start() {
  return impl_->start();
}

std::uint16_t Listener::port() const noexcept {
  return impl_->port;
}

std::size_t Listener::connections() const noexcept {
  std::size_t total = 0;
  for (const auto& thread : impl_->threads) total += thread->connections();
  return total;
}

void Listener::stop_accepting() {
  impl_->stop_accepting();
}

void Listener::stop(Millis patience) {
  impl_->stop(patience);
}

}  // namespace studiosync::server
