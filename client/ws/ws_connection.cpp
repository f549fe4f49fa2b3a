#include "client/ws/ws_connection.hpp"

#include <netinet/in.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <utility>

namespace studiosync::client {
namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

using BindAddressNoPort = asio::detail::socket_option::boolean<IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT>;

// For the server's half of the close handshake, and its end of the connection.
constexpr Millis close_timeout{5'000};

Error connect_error(const NetError& error) {
  const bool refused = error == asio::error::connection_refused;
  return {.code = refused ? ErrorCode::connection_refused : ErrorCode::network_error,
          .message = error.message()};
}

}  // namespace

WsConnection::WsConnection(asio::io_context& io, WsClientOptions options,
                           WsClient::Callbacks callbacks)
    : io_(io),
      options_(std::move(options)),
      callbacks_(std::move(callbacks)),
      resolver_(io),
      timer_(io) {}

void WsConnection::connect() {
  const auto url = parse_ws_url(options_.url);
  if (!url) return fail_soon(url.error());
  if (url->secure) {
    auto link = make_tls_link(io_, url->host, options_.ca_file);
    if (!link) return fail_soon(link.error());
    link_ = std::move(*link);
  } else {
    link_ = make_tcp_link(io_);
  }
  set_deadline(options_.connect_timeout);
  resolver_.async_resolve(
      url->host, url->port,
      [self = shared_from_this()](const NetError& error, const Endpoints& endpoints) {
        if (self->over_) return;
        if (error) return self->end(connect_error(error));
        self->connect_to(endpoints);
      });
}

void WsConnection::connect_to(const Endpoints& endpoints) {
  if (!options_.source_address.empty()) {
    return connect_from(options_.source_address, *endpoints.begin());
  }
  asio::async_connect(link_->socket(), endpoints,
                      [self = shared_from_this()](const NetError& error, const tcp::endpoint&) {
                        self->on_connected(error);
                      });
}

void WsConnection::connect_from(const std::string& source, const tcp::endpoint& endpoint) {
  tcp::socket& socket = link_->socket();
  NetError error;
  const auto address = asio::ip::make_address(source, error);
  if (!error) socket.open(endpoint.protocol(), error);
  // The port is chosen when it connects, when the same one may serve several peers.
  if (!error) socket.set_option(BindAddressNoPort(true), error);
  if (!error) socket.bind({address, 0}, error);
  if (error) return fail_soon(connect_error(error));
  socket.async_connect(endpoint, [self = shared_from_this()](const NetError& failed) {
    self->on_connected(failed);
  });
}

void WsConnection::on_connected(const NetError& error) {
  if (over_) return;
  if (error) return end(connect_error(error));
  NetError ignored;
  link_->socket().set_option(tcp::no_delay(true), ignored);
  link_->open([self = shared_from_this()](const NetError& opened) { self->on_secured(opened); });
}

void WsConnection::on_secured(const NetError& error) {
  if (over_) return;
  if (error) return end(connect_error(error));
  codec_.emplace(*this, options_);
  codec_->start();
  read();
}

void WsConnection::read() {
  link_->read([self = shared_from_this()](const NetError& error, std::string_view bytes) {
    self->on_received(error, bytes);
  });
}

void WsConnection::on_received(const NetError& error, std::string_view bytes) {
  if (over_) return;
  if (error) {
    codec_->eof();
    return end(codec_->result());
  }
  if (opened_ && !closing_) set_deadline(options_.idle_timeout);
  if (!codec_->feed(bytes)) codec_ended_ = true;
  after_step();
  if (!over_) read();
}

void WsConnection::after_step() {
  if (over_) return;
  if ((codec_ended_ || codec_->is_closing()) && !std::exchange(closing_, true)) {
    set_deadline(close_timeout);
  }
  if (codec_ended_ && queued_bytes() == 0) end(codec_->result());
}

void WsConnection::on_codec_open() {
  opened_ = true;
  set_deadline(options_.idle_timeout);
  if (!over_ && callbacks_.on_open) callbacks_.on_open();
}

void WsConnection::on_codec_message(std::string payload) {
  if (!over_ && callbacks_.on_message) callbacks_.on_message(std::move(payload));
}

void WsConnection::on_codec_bytes(std::string bytes) {
  if (over_) return;
  queued_ += bytes;
  if (in_flight_.empty()) write();
}

void WsConnection::write() {
  in_flight_ = std::exchange(queued_, {});
  link_->write(in_flight_, [self = shared_from_this()](const NetError& error) {
    std::string().swap(self->in_flight_);
    if (self->over_ || error) return;  // the read reports what happened to the connection
    if (!self->queued_.empty()) self->write();
    self->after_step();
  });
}

void WsConnection::send(const std::string& message) {
  if (codec_ && !over_) codec_->send(message);
}

void WsConnection::close() {
  if (over_) return;
  if (!codec_ || !codec_->is_open()) {
    return fail_soon({.code = ErrorCode::network_error, .message = "closed by us"});
  }
  codec_->close();
  after_step();
}

void WsConnection::set_deadline(Millis from_now) {
  deadline_ = Clock::now() + std::chrono::milliseconds(from_now.count);
  if (deadline_ < armed_for_) arm_timer();
}

void WsConnection::arm_timer() {
  if (over_) return;
  armed_for_ = deadline_;
  timer_.expires_at(deadline_);
  timer_.async_wait([self = shared_from_this()](const NetError& error) {
    if (!error && !self->over_) self->on_timer();
  });
}

void WsConnection::on_timer() {
  armed_for_ = Clock::time_point::max();
  if (Clock::now() < deadline_) return arm_timer();
  if (closing_) return end(codec_->result());
  end({.code = ErrorCode::timeout,
       .message = opened_ ? "the server is silent" : "connecting took too long"});
}

// Callers of connect() and close() do not expect a callback inside them.
void WsConnection::fail_soon(Error error) {
  asio::post(io_, [self = shared_from_this(), error = std::move(error)]() mutable {
    self->end(std::move(error));
  });
}

void WsConnection::end(Error error) {
  if (over_) return;
  cut();
  if (callbacks_.on_close) callbacks_.on_close(std::move(error));
}

void WsConnection::cut() {
  over_ = true;
  resolver_.cancel();
  timer_.cancel();
  if (link_) link_->close();
}

}  // namespace studiosync::client
