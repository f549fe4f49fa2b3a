// The same port with TLS.
#include <gtest/gtest.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>

#include "tests/server/net/certificate.hpp"
#include "tests/server/net/raw_client.hpp"
#include "tests/server/net/test_server.hpp"
#include "tests/server/net/ws_driver.hpp"

namespace studiosync::server::testing {
namespace {

namespace asio = boost::asio;

class Tls : public ::testing::Test {
 protected:
  ListenerOptions options() const {
    return {.tls_cert_file = certificate.cert_file(), .tls_key_file = certificate.key_file()};
  }

  Certificate certificate;
};

TEST_F(Tls, ServesHttpWithKeepAlive) {
  TestServer server(options());
  asio::io_context io;
  asio::ssl::context tls(asio::ssl::context::tls_client);
  tls.load_verify_file(certificate.cert_file());
  tls.set_verify_mode(asio::ssl::verify_peer);
  asio::ssl::stream<asio::ip::tcp::socket> client(io, tls);
  client.next_layer().connect({asio::ip::address_v4::loopback(), server.port()});
  client.handshake(asio::ssl::stream_base::client);
  for (const std::string path : {"/first", "/second"}) {
    asio::write(client, asio::buffer(request_head("GET " + path)));
    std::string answer;
    asio::read_until(client, asio::dynamic_buffer(answer), "GET " + path + " 0");
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 ")) << answer;
  }
}

TEST_F(Tls, EchoesLargeMessagesOverWss) {
  TestServer server(options());
  WsDriver device({.url = server.url("wss"), .ca_file = certificate.cert_file()});
  ASSERT_TRUE(device.run_until_open());
  const std::string large(1U << 20, 'x');
  device.client().send(large);
  device.client().send("small");
  ASSERT_TRUE(device.run_until_message(2));
  EXPECT_TRUE(device.messages[0] == large);
  EXPECT_EQ(device.messages[1], "small");
  server.acceptor.probe(0)->peer().close(4429, "");
  ASSERT_TRUE(device.run_until_closed());
  EXPECT_EQ(device.closed->code, ErrorCode::rate_limited);
}

TEST_F(Tls, AClientRefusesACertificateThatItDoesNotTrust) {
  TestServer server(options());
  WsDriver device({.url = server.url("wss")});
  ASSERT_TRUE(device.run_until_closed());
  EXPECT_FALSE(device.opened);
  EXPECT_EQ(device.closed->code, ErrorCode::network_error);
}

TEST_F(Tls, AClientRefusesACertificateOfAnotherHost) {
  TestServer server(options());
  WsDriver device({.url = "wss://localhost:" + std::to_string(server.port()) + "/ws",
                   .ca_file = certificate.cert_file()});
  ASSERT_TRUE(device.run_until_closed());
  EXPECT_EQ(device.closed->code, ErrorCode::network_error);
}

TEST_F(Tls, EndsAConnectionThatDoesNotShakeHands) {
  ListenerOptions hasty = options();
  hasty.handshake_timeout = Millis{50};
  TestServer server(hasty);
  RawClient silent(server.port());
  EXPECT_EQ(silent.read_to_end(), "");
  RawClient plain(server.port());
  plain.send(request_head("GET /"));
  EXPECT_TRUE(plain.read_to_end());
}

}  // namespace
}  // namespace studiosync::server::testing
