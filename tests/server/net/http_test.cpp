// HTTP over a real socket: order, limits, time-outs, ends.
#include <gtest/gtest.h>
#include <zlib.h>

#include "core/base/limits.hpp"
#include "tests/server/net/raw_client.hpp"
#include "tests/server/net/test_server.hpp"

namespace studiosync::server::testing {
namespace {

std::string inflated(const std::string& packed, std::size_t plain_bytes) {
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  std::string out(plain_bytes + 1, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return out;
}

TEST(HttpListener, AnswersSeveralRequestsOnOneConnection) {
  TestServer server;
  RawClient client(server.port());
  for (const std::string path : {"/a", "/b", "/c"}) {
    client.send(request_head("GET " + path));
    const auto response = client.response();
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 200);
    EXPECT_EQ(response->body, "GET " + path + " 0");
  }
  EXPECT_EQ(server.listener.connections(), 1U);
}

TEST(HttpListener, AnswersPipelinedRequestsInOrderThoughTheFirstTakesLonger) {
  TestServer server;
  RawClient client(server.port());
  client.send(request_head("GET /slow?later") + request_head("POST /b", "Content-Length: 3\r\n") +
              "abc" + request_head("GET /c"));
  const Respond respond = server.http.take_later();
  ASSERT_TRUE(respond);
  respond({.body = "first"});
  EXPECT_EQ(client.response()->body, "first");
  EXPECT_EQ(client.response()->body, "POST /b 3");
  EXPECT_EQ(client.response()->body, "GET /c 0");
}

TEST(HttpListener, ReadsARequestThatArrivesByteByByte) {
  TestServer server;
  RawClient client(server.port());
  client.send_byte_by_byte(request_head("POST /x?a=1%202", "Content-Length: 5\r\n") + "hello");
  EXPECT_EQ(client.response()->body, "POST /x 5");
  EXPECT_EQ(server.http.last().body, "hello");
  EXPECT_EQ(server.http.last().parameter("a"), "1 2");
}

TEST(HttpListener, RefusesABodyAboveTheLimitBeforeItIsSent) {
  TestServer server;
  RawClient client(server.port());
  client.send(
      request_head("POST /big", "Content-Length: " + std::to_string(limits::request_bytes_max + 1) +
                                    "\r\nExpect: 100-continue\r\n"));
  const auto response = client.response();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 413);
  EXPECT_NE(response->body.find("\"code\":\"payload_too_large\""), std::string::npos);
  EXPECT_EQ(response->headers.at("connection"), "close");
}

TEST(HttpListener, TheRefusalReachesAClientThatGoesOnSendingItsBody) {
  TestServer server;
  RawClient client(server.port());
  client.send(request_head("POST /big", "Content-Length: 20000000\r\n"));
  client.send(std::string(4U << 20, 'x'));
  client.send_end();
  EXPECT_EQ(client.response()->status, 413);
}

TEST(HttpListener, AcceptsAChunkedBodyByteByByte) {
  TestServer server;
  RawClient client(server.port());
  client.send_byte_by_byte(request_head("POST /c", "Transfer-Encoding: Chunked\r\n") +
                           "4\r\nWiki\r\n5;x=y\r\npedia\r\n0\r\n\r\n");
  EXPECT_EQ(client.response()->body, "POST /c 9");
  EXPECT_EQ(server.http.last().body, "Wikipedia");
}

TEST(HttpListener, RefusesAChunkedBodyThatGrowsAboveTheLimit) {
  TestServer server;
  RawClient client(server.port());
  client.send(request_head("POST /c", "Transfer-Encoding: chunked\r\n"));
  const std::string chunk = "100000\r\n" + std::string(0x100000, 'x') + "\r\n";
  for (std::size_t sent = 0; sent <= limits::request_bytes_max; sent += 0x100000) {
    client.send(chunk);
  }
  EXPECT_EQ(client.response()->status, 413);
}

TEST(HttpListener, SaysContinueToAClientThatWaitsForIt) {
  TestServer server;
  RawClient client(server.port());
  client.send(request_head("POST /e", "Content-Length: 2\r\nExpect: 100-continue\r\n"));
  EXPECT_EQ(client.response()->status, 100);
  client.send("ok");
  EXPECT_EQ(client.response()->body, "POST /e 2");
}

TEST(HttpListener, AnswersMalformedRequestsWithAJsonError) {
  const std::vector<std::string> malformed = {
      "GET\r\n\r\n",
      "GET / HTTP/3.7\r\nHost: x\r\n\r\n",
      "G(T / HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET / HTTP/1.1\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
      "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET /%00 HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: "
      "chunked\r\n\r\n0\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: foo\r\n\r\nGET /next HTTP/1.1\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: "
      "foo\r\n\r\n0\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding:\r\n\r\n",
      "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
  };
  TestServer server;
  for (const std::string& request : malformed) {
    SCOPED_TRACE(request);
    RawClient client(server.port());
    client.send(request);
    const auto response = client.response();
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 400);
    EXPECT_TRUE(response->body.starts_with("{\"error\":true,\"code\":\"bad_request\""))
        << response->body;
    client.send_end();
    EXPECT_EQ(client.read_to_end(), "");
  }
}

TEST(HttpListener, RefusesAHeadAboveItsLimit) {
  TestServer server;
  RawClient client(server.port());
  client.send(request_head("GET /", "X-Filler: " + std::string(20'000, 'f') + "\r\n"));
  EXPECT_EQ(client.response()->status, 431);
}

TEST(HttpListener, AnswersHeadWithTheLengthAndWithoutTheBody) {
  TestServer server;
  RawClient client(server.port());
  client.send(request_head("HEAD /h?body=10") + request_head("GET /next"));
  EXPECT_EQ(client.response(true)->headers.at("content-length"), "10");
  EXPECT_EQ(client.response()->body, "GET /next 0");
}

TEST(HttpListener, CompressesLargeAnswersForThoseWhoAskForIt) {
  TestServer server;
  RawClient client(server.port());
  client.send(request_head("GET /z?body=5000", "Accept-Encoding: br, gzip;q=0.5\r\n"));
  const auto packed = client.response();
  ASSERT_TRUE(packed);
  EXPECT_EQ(packed->headers.at("content-encoding"), "gzip");
  EXPECT_EQ(packed->headers.at("vary"), "Accept-Encoding");
  EXPECT_EQ(inflated(packed->body, 5000), std::string(5000, 'x'));

  client.send(request_head("GET /z?body=5000", "Accept-Encoding: gzip;q=0\r\n"));
  EXPECT_EQ(client.response()->body, std::string(5000, 'x'));
  client.send(request_head("GET /z?body=1024", "Accept-Encoding: gzip\r\n"));
  EXPECT_EQ(client.response()->body, std::string(1024, 'x'));
}

TEST(HttpListener, EndsAnHttp10ConnectionUnlessAskedNotTo) {
  TestServer server;
  RawClient keeps(server.port());
  keeps.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_EQ(keeps.response()->headers.at("connection"), "keep-alive");
  keeps.send("GET /b HTTP/1.0\r\n\r\n");
  EXPECT_EQ(keeps.response()->body, "GET /b 0");
  EXPECT_EQ(keeps.read_to_end(), "");
}

TEST(HttpListener, AnswersAClientThatHalfClosedAfterItsRequest) {
  TestServer server;
  RawClient client(server.port());
  client.send(request_head("GET /half?body=100000"));
  client.send_end();
  EXPECT_EQ(client.response()->body.size(), 100000U);
  EXPECT_EQ(client.read_to_end(), "");
}

TEST(HttpListener, TimesOutAHeadThatComesTooSlowly) {
  TestServer server({.header_timeout = Millis{50}});
  RawClient client(server.port());
  client.send("GET / HTT");
  const auto answer = client.read_to_end();
  ASSERT_TRUE(answer);
  EXPECT_TRUE(answer->starts_with("HTTP/1.1 408 ")) << *answer;
}

TEST(HttpListener, TimesOutABodyThatMakesNoProgress) {
  TestServer server({.header_timeout = Millis{50}});
  RawClient client(server.port());
  client.send(request_head("POST /", "Content-Length: 100\r\n") + "half");
  const auto answer = client.read_to_end();
  ASSERT_TRUE(answer);
  EXPECT_TRUE(answer->starts_with("HTTP/1.1 408 ")) << *answer;
}

TEST(HttpListener, EndsAConnectionThatSaysNothing) {
  TestServer server({.header_timeout = Millis{50}});
  RawClient silent(server.port());
  EXPECT_EQ(silent.read_to_end(), "");
}

TEST(HttpListener, EndsAConnectionThatIsIdleBetweenRequests) {
  TestServer server({.idle_timeout = Millis{50}});
  RawClient idle(server.port());
  idle.send(request_head("GET /once"));
  EXPECT_EQ(idle.response()->body, "GET /once 0");
  EXPECT_EQ(idle.read_to_end(), "");
}

TEST(HttpListener, AnswersForAHandlerThatThrowsOrForgets) {
  TestServer server;
  RawClient client(server.port());
  client.send(request_head("GET /boom?throw"));
  EXPECT_EQ(client.response()->status, 500);
  client.send(request_head("GET /forgotten?later"));
  server.http.take_later() = nullptr;
  EXPECT_EQ(client.response()->status, 500);
}

TEST(HttpListener, TakesALateAnswerWhoseConnectionIsGone) {
  Respond respond;
  {
    TestServer server;
    {
      RawClient client(server.port());
      client.send(request_head("GET /?later"));
      respond = server.http.take_later();
      ASSERT_TRUE(respond);
    }
    respond({.body = "nobody reads this"});
    respond({.body = "a second answer"});
    RawClient other(server.port());
    other.send(request_head("GET /?later"));
    respond = server.http.take_later();
  }
  respond({.body = "not even the listener is there"});
}

TEST(HttpListener, BelievesForwardedAddressesOfTrustedProxiesOnly) {
  TestServer trusting({.trusted_proxies = {"127.0.0.0/8"}});
  RawClient proxy(trusting.port());
  proxy.send(
      request_head("GET /", "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-For: 9.8.7.6, 127.0.0.9\r\n"));
  ASSERT_TRUE(proxy.response());
  EXPECT_EQ(trusting.http.last().client_address, "9.8.7.6");

  TestServer wary;
  RawClient anybody(wary.port());
  anybody.send(request_head("GET /", "X-Forwarded-For: 9.8.7.6\r\n"));
  ASSERT_TRUE(anybody.response());
  EXPECT_EQ(wary.http.last().client_address, "127.0.0.1");
}

TEST(HttpListener, StopFinishesWhatIsInFlightAndEndsIdleConnections) {
  TestServer server;
  RawClient idle(server.port());
  idle.send(request_head("GET /"));
  ASSERT_TRUE(idle.response());
  RawClient busy(server.port());
  busy.send(request_head("GET /?later"));
  const Respond respond = server.http.take_later();
  ASSERT_TRUE(respond);
  std::thread stopper([&] { server.listener.stop(Millis{20'000}); });
  EXPECT_EQ(idle.read_to_end(), "");
  respond({.body = "finished"});
  const auto response = busy.response();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->body, "finished");
  EXPECT_EQ(response->headers.at("connection"), "close");
  busy.send_end();
  stopper.join();
  EXPECT_EQ(server.listener.connections(), 0U);
}

TEST(HttpListener, StopCutsWhatDoesNotFinishInTime) {
  TestServer server;
  RawClient busy(server.port());
  busy.send(request_head("GET /?later"));
  const Respond respond = server.http.take_later();
  ASSERT_TRUE(respond);
  server.listener.stop(Millis{20});
  EXPECT_EQ(busy.read_to_end(), "");
}

TEST(HttpListener, SaysWhyItCannotStart) {
  TestServer first;
  EchoHttp http;
  Listener second({.port = first.port()}, http, nullptr);
  EXPECT_EQ(second.start().error().code, ErrorCode::connection_refused);
  Listener no_files({.tls_cert_file = "/nonexistent.pem"}, http, nullptr);
  EXPECT_EQ(no_files.start().error().code, ErrorCode::bad_request);
  Listener bad_proxy({.trusted_proxies = {"10.0.0.0/33"}}, http, nullptr);
  EXPECT_EQ(bad_proxy.start().error().code, ErrorCode::bad_request);
}

}  // namespace
}  // namespace studiosync::server::testing
