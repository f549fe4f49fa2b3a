// What our client makes of refusals, close codes and servers that do not answer.
#include <gtest/gtest.h>

#include <boost/asio/ip/tcp.hpp>

#include "tests/server/net/test_server.hpp"
#include "tests/server/net/ws_driver.hpp"

namespace studiosync::server::testing {
namespace {

namespace asio = boost::asio;

// A listening socket of which nobody takes care.
struct DeafServer {
  asio::io_context io;
  asio::ip::tcp::acceptor acceptor{io, {asio::ip::address_v4::loopback(), 0}};
  std::string url() const {
    return "ws://127.0.0.1:" + std::to_string(acceptor.local_endpoint().port()) + "/ws";
  }
};

TEST(WsClient, MapsARefusedUpgradeToItsError) {
  TestServer server;
  WsDriver device({.url = server.url(), .authorization = "Bearer bad"});
  ASSERT_TRUE(device.run_until_closed());
  EXPECT_EQ(device.closed->code, ErrorCode::unauthorized);
  EXPECT_FALSE(device.opened);
}

TEST(WsClient, ConnectsFromTheAddressThatItIsTold) {
  TestServer server;
  WsDriver device({.url = server.url(), .source_address = "127.0.0.77"});
  ASSERT_TRUE(device.run_until_open());
  EXPECT_EQ(server.acceptor.probe(0)->upgrade().client_address, "127.0.0.77");
}

TEST(WsClient, ReportsASourceAddressThatIsNotThisMachines) {
  TestServer server;
  for (const char* address : {"192.0.2.1", "nowhere"}) {
    WsDriver device({.url = server.url(), .source_address = address});
    ASSERT_TRUE(device.run_until_closed()) << address;
    EXPECT_EQ(device.closed->code, ErrorCode::network_error) << address;
  }
}

TEST(WsClient, MapsCloseCodesToErrors) {
  struct Case {
    std::uint16_t code;
    const char* reason;
    ErrorCode expected;
  };
  const Case cases[] = {
      {4401, "token_expired", ErrorCode::token_expired},
      {4401, "logged out", ErrorCode::unauthorized},
      {4403, "device_revoked", ErrorCode::device_revoked},
      {4409, "replica_forked", ErrorCode::replica_forked},
      {4429, "", ErrorCode::rate_limited},
      {1001, "the server stops", ErrorCode::network_error},
  };
  TestServer server;
  for (std::size_t i = 0; i < std::size(cases); ++i) {
    SCOPED_TRACE(cases[i].code);
    WsDriver device({.url = server.url()});
    ASSERT_TRUE(device.run_until_open());
    server.acceptor.probe(i)->peer().close(cases[i].code, cases[i].reason);
    ASSERT_TRUE(device.run_until_closed());
    EXPECT_EQ(device.closed->code, cases[i].expected);
  }
}

TEST(WsClient, ReportsAPortWhereNobodyListens) {
  DeafServer gone;
  const std::string url = gone.url();
  gone.acceptor.close();
  WsDriver device({.url = url});
  ASSERT_TRUE(device.run_until_closed());
  EXPECT_EQ(device.closed->code, ErrorCode::connection_refused);
}

TEST(WsClient, TimesOutWhenTheUpgradeIsNotAnswered) {
  DeafServer deaf;
  WsDriver device({.url = deaf.url(), .connect_timeout = Millis{50}});
  ASSERT_TRUE(device.run_until_closed());
  EXPECT_EQ(device.closed->code, ErrorCode::timeout);
}

TEST(WsClient, TimesOutWhenTheServerFallsSilent) {
  TestServer server;
  WsDriver device({.url = server.url(), .idle_timeout = Millis{50}});
  ASSERT_TRUE(device.run_until_closed());
  EXPECT_TRUE(device.opened);
  EXPECT_EQ(device.closed->code, ErrorCode::timeout);
}

TEST(WsClient, AnswersPingsSoThatTheServerKeepsIt) {
  TestServer server({.idle_timeout = Millis{600}, .ping_interval = Millis{20}});
  WsDriver device({.url = server.url(), .idle_timeout = Millis{600}});
  ASSERT_TRUE(device.run_until_open());
  const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(800);
  device.run_until([&] { return std::chrono::steady_clock::now() > until; });
  EXPECT_FALSE(device.closed);
}

TEST(WsClient, RefusesAMessageAboveItsOwnLimit) {
  TestServer server;
  WsDriver device({.url = server.url(), .message_bytes_max = 1000});
  ASSERT_TRUE(device.run_until_open());
  server.acceptor.probe(0)->peer().send(std::make_shared<const std::string>(1001, 'x'));
  ASSERT_TRUE(device.run_until_closed());
  EXPECT_EQ(device.closed->code, ErrorCode::payload_too_large);
}

TEST(WsClient, ReportsAnAddressThatIsNone) {
  for (const char* url : {"", "http://127.0.0.1/ws", "ws://", "no url"}) {
    SCOPED_TRACE(url);
    WsDriver device({.url = url});
    EXPECT_FALSE(device.closed);  // never within connect()
    ASSERT_TRUE(device.run_until_closed());
    EXPECT_EQ(device.closed->code, ErrorCode::bad_request);
  }
}

TEST(WsClient, CallsNothingAfterItsDestruction) {
  TestServer server;
  asio::io_context io;
  int calls = 0;
  {
    client::WsClient device(io, {.url = server.url()},
                            {.on_open = [&] { ++calls; },
                             .on_message = [&](std::string) { ++calls; },
                             .on_close = [&](Error) { ++calls; }});
    device.connect();
    io.poll();
    calls = 0;  // it may be open by now
  }
  io.run();
  EXPECT_EQ(calls, 0);
}

}  // namespace
}  // namespace studiosync::server::testing
