// One connection of a WsClient, from resolving the host to the last byte. Handlers in flight keep
// it alive.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <optional>
#include <string>

#include "client/ws/link.hpp"
#include "client/ws/ws_client.hpp"
#include "client/ws/ws_client_codec.hpp"

namespace studiosync::client {

class WsConnection final : public WsClientCodec::Events,
                           public std::enable_shared_from_this<WsConnection> {
 public:
  WsConnection(boost::asio::io_context& io, WsClientOptions options, WsClient::Callbacks callbacks);

  void connect();
  void send(const std::string& message);
  std::size_t queued_bytes() const noexcept { return queued_.size() + in_flight_.size(); }
  void close();
  // Ends at once, without a callback.
  void cut();

 private:
  using Clock = std::chrono::steady_clock;
  using Endpoints = boost::asio::ip::tcp::resolver::results_type;

  void on_codec_open() override;
  void on_codec_bytes(std::string bytes) override;
  void on_codec_message(std::string payload) override;
  void on_codec_end() override { codec_ended_ = true; }

  void connect_to(const Endpoints& endpoints);
  void connect_from(const std::string& source, const boost::asio::ip::tcp::endpoint& endpoint);
  void on_connected(const NetError& error);
  void on_secured(const NetError& error);
  void read();
  void on_received(const NetError& error, std::string_view bytes);
  void write();
  void after_step();
  void set_deadline(Millis from_now);
  void arm_timer();
  void on_timer();
  void fail_soon(Error error);
  void end(Error error);

  boost::asio::io_context& io_;
  const WsClientOptions options_;
  const WsClient::Callbacks callbacks_;
  boost::asio::ip::tcp::resolver resolver_;
  boost::asio::steady_timer timer_;
  Clock::time_point deadline_ = Clock::time_point::max();
  Clock::time_point armed_for_ = Clock::time_point::max();
  std::unique_ptr<Link> link_;
  std::optional<WsClientCodec> codec_;
  std::string queued_;
  std::string in_flight_;
  bool opened_ = false;
  bool codec_ended_ = false;
  bool closing_ = false;  // the deadline is the close handshake's
  bool over_ = false;
};

}  // namespace studiosync::client
