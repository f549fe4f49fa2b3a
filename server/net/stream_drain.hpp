// The end of both kinds of stream: half-close, then discard until the peer's end.
#pragma once

#include <memory>
#include <span>

#include "server/net/stream.hpp"

namespace studiosync::server {

void drain(boost::asio::ip::tcp::socket& socket, std::span<char> scratch,
           std::shared_ptr<StreamUser> user);

// Without an error for a socket that is closed already.
void close_socket(boost::asio::ip::tcp::socket& socket) noexcept;

bool would_block(const NetError& error) noexcept;

}  // namespace studiosync::server
