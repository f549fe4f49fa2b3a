// The client's bytes to and from the server, with or without TLS. One thread: its io_context's.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "client/ws/ws_url.hpp"

namespace studiosync::client {

using NetError = boost::system::error_code;

// The callers' handlers keep the link's owner alive.
class Link {
 public:
  using Done = std::function<void(const NetError&)>;
  // `bytes` are valid during the call only.
  using Received = std::function<void(const NetError&, std::string_view bytes)>;

  virtual ~Link() = default;
  virtual boost::asio::ip::tcp::socket& socket() = 0;
  // Once the socket is connected.
  virtual void open(Done done) = 0;
  virtual void read(Received received) = 0;
  // All of the bytes, which stay unchanged until `done`.
  virtual void write(std::string_view bytes, Done done) = 0;

  void close() noexcept;
};

std::unique_ptr<Link> make_tcp_link(boost::asio::io_context& io);

// Verifies the certificate and that it is the host's. `ca_file` empty: the system's authorities.
// `bad_request` for a file that cannot be used.
Result<std::unique_ptr<Link>> make_tls_link(boost::asio::io_context& io, const std::string& host,
                                            const std::string& ca_file);

}  // namespace studiosync::client
