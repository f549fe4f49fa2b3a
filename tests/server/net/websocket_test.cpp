// The push channel over a real socket, against our own client and against bytes written by hand.
#include <gtest/gtest.h>

#include <thread>

#include "core/base/limits.hpp"
#include "tests/server/net/raw_client.hpp"
#include "tests/server/net/test_server.hpp"
#include "tests/server/net/ws_driver.hpp"

namespace studiosync::server::testing {
namespace {

constexpr int text = 1;
constexpr int binary = 2;
constexpr int close_frame = 8;
constexpr int ping = 9;
constexpr int pong = 10;

std::shared_ptr<const std::string> payload(std::size_t bytes) {
  return std::make_shared<const std::string>(bytes, 'p');
}

TEST(WebSocket, EchoesThroughOurOwnClient) {
  TestServer server;
  WsDriver device({.url = server.url(), .authorization = "Bearer good"});
  ASSERT_TRUE(device.run_until_open());
  device.client().send("hello");
  ASSERT_TRUE(device.run_until_message());
  EXPECT_EQ(device.messages.front(), "hello");
  const auto probe = server.acceptor.probe(0);
  EXPECT_EQ(probe->upgrade().authorization, "Bearer good");
  EXPECT_EQ(probe->upgrade().subprotocol, "sync.v1.json");
  EXPECT_EQ(probe->upgrade().client_address, "127.0.0.1");
  EXPECT_TRUE(probe->wait_for_drained());
  EXPECT_EQ(probe->peer().queued_bytes(), 0U);
  device.client().close();
  ASSERT_TRUE(device.run_until_closed());
  EXPECT_EQ(device.closed->code, ErrorCode::network_error);
  EXPECT_TRUE(probe->wait_for_close());
}

TEST(WebSocket, CarriesCborInBinaryFramesAndJsonInText) {
  TestServer server;
  RawClient json(server.port());
  json.send(upgrade_head("sync.v1.json") + client_frame(text, "{}"));
  EXPECT_EQ(json.response()->headers.at("sec-websocket-protocol"), "sync.v1.json");
  EXPECT_EQ(json.frame()->opcode, text);
  RawClient cbor(server.port());
  cbor.send(upgrade_head("chat, sync.v1.cbor") + client_frame(binary, "\xA0"));
  EXPECT_EQ(cbor.response()->headers.at("sec-websocket-protocol"), "sync.v1.cbor");
  const auto frame = cbor.frame();
  EXPECT_EQ(frame->opcode, binary);
  EXPECT_EQ(frame->payload, "\xA0");
  cbor.send(client_frame(text, "{}"));
  EXPECT_EQ(cbor.frame()->close_code(), 1003);
}

TEST(WebSocket, AnswersTheHandshakeOfTheStandardsExample) {
  TestServer server;
  RawClient client(server.port());
  client.send(upgrade_head());
  const auto response = client.response();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 101);
  EXPECT_EQ(response->headers.at("sec-websocket-accept"), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}

TEST(WebSocket, WorksWhenEveryByteArrivesAlone) {
  TestServer server;
  RawClient client(server.port());
  client.send_byte_by_byte(upgrade_head() + client_frame(text, "one by one"));
  EXPECT_EQ(client.response()->status, 101);
  EXPECT_EQ(client.frame()->payload, "one by one");
}

TEST(WebSocket, UpgradesAConnectionThatServedRequestsBefore) {
  TestServer server;
  RawClient client(server.port());
  client.send(request_head("GET /first") + request_head("POST /second", "Content-Length: 2\r\n") +
              "ok" + upgrade_head() + client_frame(text, "at once"));
  EXPECT_EQ(client.response()->body, "GET /first 0");
  EXPECT_EQ(client.response()->body, "POST /second 2");
  EXPECT_EQ(client.response()->status, 101);
  EXPECT_EQ(client.frame()->payload, "at once");
}

TEST(WebSocket, CarriesMessagesOfAMegabyte) {
  TestServer server;
  WsDriver device({.url = server.url(), .subprotocol = "sync.v1.cbor"});
  ASSERT_TRUE(device.run_until_open());
  const std::string large(1U << 20, '\xFF');
  device.client().send(large);
  device.client().send(large);
  ASSERT_TRUE(device.run_until_message(2));
  EXPECT_TRUE(device.messages[0] == large && device.messages[1] == large);
}

TEST(WebSocket, JoinsFragments) {
  TestServer server;
  RawClient client(server.port());
  std::string first = client_frame(text, "frag");
  first[0] = static_cast<char>(text);  // without FIN
  client.send(upgrade_head() + first + client_frame(ping, "between") + client_frame(0, "ment"));
  ASSERT_TRUE(client.response());
  EXPECT_EQ(client.frame()->opcode, pong);
  EXPECT_EQ(client.frame()->payload, "fragment");
}

TEST(WebSocket, ClosesWith1009AboveTheMessageLimit) {
  TestServer server;
  WsDriver device({.url = server.url()});
  ASSERT_TRUE(device.run_until_open());
  device.client().send(std::string(limits::request_bytes_max + 1, 'x'));
  ASSERT_TRUE(device.run_until_closed());
  EXPECT_EQ(device.closed->code, ErrorCode::payload_too_large);
  EXPECT_TRUE(server.acceptor.probe(0)->wait_for_close());
}

TEST(WebSocket, ClosesWith1002OnAnUnmaskedFrame) {
  TestServer server;
  RawClient client(server.port());
  client.send(upgrade_head() + std::string("\x81\x02hi"));
  ASSERT_TRUE(client.response());
  EXPECT_EQ(client.frame()->close_code(), 1002);
  client.send_end();
  EXPECT_EQ(client.read_to_end(), "");
}

TEST(WebSocket, AnswersPings) {
  TestServer server;
  RawClient client(server.port());
  client.send(upgrade_head() + client_frame(ping, "are you there"));
  ASSERT_TRUE(client.response());
  const auto frame = client.frame();
  EXPECT_EQ(frame->opcode, pong);
  EXPECT_EQ(frame->payload, "are you there");
}

TEST(WebSocket, PingsAndEndsAConnectionThatNeverAnswers) {
  TestServer server({.idle_timeout = Millis{300}, .ping_interval = Millis{20}});
  RawClient client(server.port());
  client.send(upgrade_head());
  ASSERT_TRUE(client.response());
  EXPECT_EQ(client.frame()->opcode, ping);
  EXPECT_TRUE(client.read_to_end());
  EXPECT_TRUE(server.acceptor.probe(0)->wait_for_close());
}

TEST(WebSocket, KeepsAnIdleClientThatAnswersPings) {
  TestServer server({.idle_timeout = Millis{600}, .ping_interval = Millis{40}});
  RawClient client(server.port());
  client.send(upgrade_head());
  ASSERT_TRUE(client.response());
  for (int answered = 0; answered < 20; ++answered) {  // for longer than the idle time-out
    const auto frame = client.frame();
    ASSERT_TRUE(frame);
    ASSERT_EQ(frame->opcode, ping);
    client.send(client_frame(pong, frame->payload));
  }
}

TEST(WebSocket, SendsOneSharedPayloadToManyConnections) {
  TestServer server;
  constexpr std::size_t devices = 20;
  std::vector<std::unique_ptr<RawClient>> clients;
  for (std::size_t i = 0; i < devices; ++i) {
    clients.push_back(std::make_unique<RawClient>(server.port()));
    clients.back()->send(upgrade_head());
    ASSERT_TRUE(clients.back()->response());
    ASSERT_TRUE(server.acceptor.probe(i));
  }
  const auto shared = payload(100'000);
  std::thread writer([&] {
    for (std::size_t i = 0; i < devices; ++i) server.acceptor.probe(i)->peer().send(shared);
  });
  for (const auto& client : clients) EXPECT_EQ(client->frame()->payload, *shared);
  writer.join();
}

TEST(WebSocket, KeepsTheOrderOfOneSender) {
  TestServer server;
  RawClient client(server.port());
  client.send(upgrade_head());
  ASSERT_TRUE(client.response());
  const auto probe = server.acceptor.probe(0);
  for (int i = 0; i < 1000; ++i) {
    probe->peer().send(std::make_shared<const std::string>(std::to_string(i)));
  }
  probe->peer().close(4401, "token_expired");
  for (int i = 0; i < 1000; ++i) ASSERT_EQ(client.frame()->payload, std::to_string(i));
  EXPECT_EQ(client.frame()->close_code(), 4401);
}

TEST(WebSocket, ClosesASlowReaderWith1013AndForgetsItsQueue) {
  TestServer server({.send_queue_bytes_max = 256U << 10});
  RawClient client(server.port(), 4096);
  client.send(upgrade_head());
  const auto probe = server.acceptor.probe(0);
  ASSERT_TRUE(probe);
  const auto shared = payload(64U << 10);
  std::size_t most = 0;
  for (int i = 0; i < 1000; ++i) {
    probe->peer().send(shared);
    most = std::max(most, probe->peer().queued_bytes());
  }
  EXPECT_LE(most, (256U << 10) + 1024);
  ASSERT_TRUE(client.response());
  std::size_t received = 0;
  std::optional<RawFrame> frame = client.frame();
  for (; frame && frame->opcode == text; frame = client.frame()) ++received;
  ASSERT_TRUE(frame);
  EXPECT_EQ(frame->close_code(), 1013);
  EXPECT_LT(received, 1000U);
  client.send(client_frame(close_frame, frame->payload));
  EXPECT_TRUE(probe->wait_for_close());
}

TEST(WebSocket, CutsAReaderThatNeverReadsAgain) {
  TestServer server({.handshake_timeout = Millis{50}, .send_queue_bytes_max = 256U << 10});
  RawClient client(server.port(), 4096);
  client.send(upgrade_head());
  const auto probe = server.acceptor.probe(0);
  ASSERT_TRUE(probe);
  const auto shared = payload(64U << 10);
  for (int i = 0; i < 1000; ++i) probe->peer().send(shared);
  EXPECT_TRUE(probe->wait_for_close());
}

TEST(WebSocket, RefusesUpgradesThatItCannotServe) {
  TestServer server;
  RawClient client(server.port());
  client.send(upgrade_head("chat"));
  EXPECT_EQ(client.response()->status, 400);
  client.send(upgrade_head(""));
  EXPECT_EQ(client.response()->status, 400);
  client.send(upgrade_head("sync.v1.json", "Authorization: Bearer bad\r\n"));
  const auto refused = client.response();
  EXPECT_EQ(refused->status, 401);
  EXPECT_EQ(refused->body, R"({"error":true,"code":"unauthorized","message":"no such token"})");
  std::string old_version = upgrade_head();
  old_version.replace(old_version.find("Version: 13"), 11, "Version: 8");
  client.send(old_version);
  const auto upgrade_required = client.response();
  EXPECT_EQ(upgrade_required->status, 426);
  EXPECT_EQ(upgrade_required->headers.at("sec-websocket-version"), "13");
  client.send(request_head("GET /still-alive"));
  EXPECT_EQ(client.response()->body, "GET /still-alive 0");
}

TEST(WebSocket, HandsTheOriginToTheAcceptor) {
  TestServer server;
  RawClient client(server.port());
  client.send(upgrade_head("sync.v1.json", "Origin: https://evil.example\r\n"));
  ASSERT_TRUE(client.response());
  EXPECT_EQ(server.acceptor.probe(0)->upgrade().origin, "https://evil.example");
}

TEST(WebSocket, MayBeSentToAndClosedAfterItsEnd) {
  TestServer server;
  std::shared_ptr<WsProbe> probe;
  {
    RawClient client(server.port());
    client.send(upgrade_head());
    probe = server.acceptor.probe(0);
    ASSERT_TRUE(probe);
  }
  ASSERT_TRUE(probe->wait_for_close());
  probe->peer().send(payload(10));
  probe->peer().close(1000, "");
  server.listener.stop(Millis{0});
  probe->peer().send(payload(10));
  EXPECT_EQ(probe->peer().queued_bytes(), 0U);
  EXPECT_EQ(probe->closes(), 1);
}

TEST(WebSocket, StopTellsDevicesThatTheServerGoesAway) {
  TestServer server;
  RawClient client(server.port());
  client.send(upgrade_head());
  ASSERT_TRUE(client.response());
  ASSERT_TRUE(server.acceptor.probe(0));
  std::thread stopper([&] { server.listener.stop(Millis{20'000}); });
  const auto frame = client.frame();
  EXPECT_EQ(frame->close_code(), 1001);
  client.send(client_frame(close_frame, frame->payload));
  client.send_end();
  stopper.join();
  EXPECT_EQ(server.acceptor.probe(0)->closes(), 1);
}

}  // namespace
}  // namespace studiosync::server::testing
