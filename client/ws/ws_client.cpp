#include "client/ws/ws_client.hpp"

#include <utility>

#include "client/ws/ws_connection.hpp"

namespace studiosync::client {

WsClient::WsClient(boost::asio::io_context& io, WsClientOptions options, Callbacks callbacks)
    : connection_(std::make_shared<WsConnection>(io, std::move(options), std::move(callbacks))) {}

WsClient::~WsClient() {
  connection_->cut();
}

void WsClient::connect() {
  connection_->connect();
}

void WsClient::send(std::string message) {
  connection_->send(message);
}

std::size_t WsClient::queued_bytes() const noexcept {
  return connection_->queued_bytes();
}

void WsClient::close() {
  connection_->close();
}

}  // namespace studiosync::client
