#include "server/net/acceptor.hpp"

#include <boost/asio/post.hpp>
#include <utility>

namespace studiosync::server {
namespace asio = boost::asio;
using asio::ip::tcp;
using NetError = boost::system::error_code;

namespace {

// Out of descriptors: connections that end meanwhile free some.
constexpr std::chrono::milliseconds retry_delay{100};

Result<tcp::endpoint> resolve(asio::io_context& io, const std::string& host, std::uint16_t port) {
  NetError error;
  const auto found = tcp::resolver(io).resolve(host, std::to_string(port), error);
  if (error || found.empty()) {
    return fail(ErrorCode::connection_refused, "cannot resolve " + host + ": " + error.message());
  }
  return found.begin()->endpoint();
}

}  // namespace

Acceptor::Acceptor(std::vector<std::shared_ptr<IoThread>> threads, OnSocket on_socket)
    : threads_(std::move(threads)),
      on_socket_(std::move(on_socket)),
      acceptor_(threads_.front()->context()),
      retry_(threads_.front()->context()) {}

Result<> Acceptor::bind(const std::string& host, std::uint16_t port) {
  SS_ASSIGN(const tcp::endpoint endpoint, resolve(threads_.front()->context(), host, port));
  NetError error;
  acceptor_.open(endpoint.protocol(), error);
  if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor_.bind(endpoint, error);
  if (!error) acceptor_.listen(tcp::acceptor::max_listen_connections, error);
  if (error) {
    return fail(ErrorCode::connection_refused,
                "cannot listen on " + host + ":" + std::to_string(port) + ": " + error.message());
  }
  return {};
}

std::uint16_t Acceptor::port() const {
  NetError ignored;
  return acceptor_.local_endpoint(ignored).port();
}

void Acceptor::close() {
  NetError ignored;
  acceptor_.close(ignored);
  retry_.cancel();
}

void Acceptor::accept_next() {
  const auto thread = threads_[next_++ % threads_.size()];
  acceptor_.async_accept(thread->context(),
                         [this, thread](const NetError& error, tcp::socket socket) {
                           if (!acceptor_.is_open()) return;
                           if (error && error != asio::error::connection_aborted) {
                             return retry_later();
                           }
                           if (!error) hand_over(thread, std::move(socket));
                           accept_next();
                         });
}

void Acceptor::hand_over(const std::shared_ptr<IoThread>& thread, tcp::socket socket) {
  NetError ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  socket.non_blocking(true, ignored);
  // Held weakly: the thread's queue must not own the thread.
  asio::post(thread->context(),
             [this, pinned = std::weak_ptr(thread), socket = std::move(socket)]() mutable {
               on_socket_(pinned.lock(), std::move(socket));
             });
}

void Acceptor::retry_later() {
  retry_.expires_after(retry_delay);
  retry_.async_wait([this](const NetError& error) {
    if (!error && acceptor_.is_open()) accept_next();
  });
}

}  // namespace studiosync::server
