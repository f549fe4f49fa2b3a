// The parts without a socket.
#include <gtest/gtest.h>

#include "client/ws/close_error.hpp"
#include "server/net/gzip.hpp"
#include "server/net/http_parse.hpp"
#include "server/net/http_write.hpp"
#include "server/net/target.hpp"
#include "server/net/trusted_proxies.hpp"
#include "server/net/upgrade.hpp"
#include "server/net/write_queue.hpp"

namespace studiosync::server {
namespace {

std::string joined(const BufferList& buffers) {
  std::string out;
  for (const auto& buffer : buffers) {
    out.append(static_cast<const char*>(buffer.data()), buffer.size());
  }
  return out;
}

TEST(RequestParser, LeavesTheNextRequestsBytesAlone) {
  RequestParser parser;
  std::string input = "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nokGET /b";
  EXPECT_EQ(parser.consume(input), RequestParser::Progress::complete);
  EXPECT_EQ(input, "GET /b");
  EXPECT_EQ(parser.take_request().body, "ok");
}

TEST(RequestParser, GivesHeaderNamesInLowerCase) {
  RequestParser parser;
  std::string input = "get /a HTTP/1.1\r\nHost: x\r\nX-MiXeD:  Value \r\n\r\n";
  ASSERT_EQ(parser.consume(input), RequestParser::Progress::complete);
  const HttpRequest request = parser.take_request();
  EXPECT_EQ(request.method, "GET");
  EXPECT_EQ(request.header("x-mixed"), "Value");
  EXPECT_EQ(request.header("absent"), "");
}

// What a handler says of a head, and what it was asked.
struct Admission {
  tl::expected<std::size_t, HttpResponse> answer;
  std::vector<HttpRequest> asked{};

  RequestParser::Admit decide() {
    return [this](const HttpRequest& head) {
      asked.push_back(head);
      return answer;
    };
  }
};

std::string announcing(std::size_t bytes) {
  return "POST /a?b=1 HTTP/1.1\r\nHost: x\r\nX-Who: me\r\nContent-Length: " +
         std::to_string(bytes) + "\r\n\r\n";
}

TEST(RequestParser, AsksHowLongABodyMayBeBeforeItReadsALongOne) {
  Admission admission{.answer = 100'000};
  RequestParser small(admission.decide());
  std::string input = announcing(2) + "ok";
  EXPECT_EQ(small.consume(input), RequestParser::Progress::complete);
  EXPECT_TRUE(admission.asked.empty());

  RequestParser fits(admission.decide());
  input = announcing(100'000);
  EXPECT_EQ(fits.consume(input), RequestParser::Progress::need_more);
  ASSERT_EQ(admission.asked.size(), 1U);
  EXPECT_EQ(admission.asked[0].method, "POST");
  EXPECT_EQ(admission.asked[0].path, "/a");
  EXPECT_EQ(admission.asked[0].parameter("b"), "1");
  EXPECT_EQ(admission.asked[0].header("x-who"), "me");
  input = std::string(100'000, 'b');
  EXPECT_EQ(fits.consume(input), RequestParser::Progress::complete);
  EXPECT_EQ(fits.take_request().body.size(), 100'000U);

  RequestParser exceeds(admission.decide());
  input = announcing(100'001);
  EXPECT_EQ(exceeds.consume(input), RequestParser::Progress::refused);
  EXPECT_EQ(exceeds.refusal().status, 413);
}

TEST(RequestParser, RefusesALongBodyByItsHeadAsItIsTold) {
  Admission admission{.answer = tl::unexpected(HttpResponse{.status = 401})};
  RequestParser parser(admission.decide());
  std::string input = announcing(open_body_bytes_max + 1);
  EXPECT_EQ(parser.consume(input), RequestParser::Progress::refused);
  EXPECT_EQ(parser.refusal().status, 401);
}

TEST(RequestParser, CountsChunksAgainstWhatWasAdmitted) {
  Admission admission{.answer = 10};
  RequestParser parser(admission.decide());
  std::string input = "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
  EXPECT_EQ(parser.consume(input), RequestParser::Progress::need_more);
  input += "8\r\n12345678\r\n";
  EXPECT_EQ(parser.consume(input), RequestParser::Progress::need_more);
  input += "3\r\n123\r\n0\r\n\r\n";
  EXPECT_EQ(parser.consume(input), RequestParser::Progress::refused);
  EXPECT_EQ(parser.refusal().status, 413);
}

TEST(RequestParser, HoldsNoEndlessHeadOfAChunkNorTrailer) {
  for (const char* begun : {"1;", "0\r\nA: "}) {
    Admission admission{.answer = 10};
    RequestParser parser(admission.decide());
    std::string input = "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
    input += begun;
    EXPECT_EQ(parser.consume(input), RequestParser::Progress::need_more);
    input += std::string(head_bytes_max, 'a');
    EXPECT_EQ(parser.consume(input), RequestParser::Progress::refused) << begun;
    EXPECT_EQ(parser.refusal().status, 400);
  }
}

TEST(Target, DecodesPathAndQuery) {
  const auto target = parse_target("/a%2Fb+c?x=1+2&y=%26&flag&&=v#fragment");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, "/a/b+c");
  const Headers expected = {{"x", "1 2"}, {"y", "&"}, {"flag", ""}, {"", "v"}};
  EXPECT_EQ(target->query, expected);
}

TEST(Target, TakesTheAbsoluteFormAndRefusesNonsense) {
  EXPECT_EQ(parse_target("http://host:80/p?q=1")->path, "/p");
  EXPECT_EQ(parse_target("http://host")->path, "/");
  EXPECT_EQ(parse_target("*")->path, "*");
  for (const char* bad : {"", "host:443", "/%", "/%4", "/%-1", "/%00", "/?a=%g0"}) {
    EXPECT_FALSE(parse_target(bad)) << bad;
  }
}

TEST(TrustedProxies, TakesTheLastHopThatIsNotTrusted) {
  const auto proxies = TrustedProxies::parse({"10.0.0.0/8", "::1", "192.168.1.7"});
  ASSERT_TRUE(proxies);
  const auto peer = boost::asio::ip::make_address("10.1.2.3");
  EXPECT_EQ(proxies->client_address(peer, ""), "10.1.2.3");
  EXPECT_EQ(proxies->client_address(peer, "1.1.1.1"), "1.1.1.1");
  EXPECT_EQ(proxies->client_address(peer, "6.6.6.6, 1.1.1.1:99 ,192.168.1.7, 10.9.9.9"), "1.1.1.1");
  EXPECT_EQ(proxies->client_address(peer, "6.6.6.6, [2001:db8::1]:443"), "2001:db8::1");
  EXPECT_EQ(proxies->client_address(peer, "6.6.6.6, unknown"), "10.1.2.3");
  const auto mapped = boost::asio::ip::make_address("::ffff:10.0.0.1");
  EXPECT_EQ(proxies->client_address(mapped, "::ffff:1.1.1.1"), "1.1.1.1");
  const auto stranger = boost::asio::ip::make_address("11.0.0.1");
  EXPECT_EQ(proxies->client_address(stranger, "1.1.1.1"), "11.0.0.1");
}

TEST(TrustedProxies, RefusesWhatIsNoNetwork) {
  for (const char* bad :
       {"", "proxy.example", "10.0.0.0/33", "10.0.0.0/", "::1/129", "1.2.3.4/-1"}) {
    EXPECT_FALSE(TrustedProxies::parse({bad})) << bad;
  }
}

TEST(Gzip, IsAcceptedOnlyWithAWeight) {
  EXPECT_TRUE(accepts_gzip("gzip"));
  EXPECT_TRUE(accepts_gzip("br, gzip;q=0.1"));
  EXPECT_FALSE(accepts_gzip(""));
  EXPECT_FALSE(accepts_gzip("br, gzip;q=0.0"));
  EXPECT_FALSE(accepts_gzip("gzipped"));
}

TEST(HttpWrite, LeavesOutAHeaderThatWouldBeTwo) {
  const auto wire = to_wire({.status = 204, .headers = {{"X-A", "1\r\nX-B: 2"}, {"X-C", "3"}}},
                            {.keep_alive = true});
  EXPECT_EQ(wire.head, "HTTP/1.1 204 No Content\r\nX-C: 3\r\n\r\n");
  EXPECT_EQ(wire.body, nullptr);
}

TEST(HttpWrite, TurnsARetryDelayIntoWholeSeconds) {
  const auto answer = error_answer({.code = ErrorCode::rate_limited, .retry_after_ms = 1001});
  EXPECT_EQ(answer.status, 429);
  EXPECT_EQ(answer.headers.at(0).second, "2");
}

TEST(WriteQueue, GathersWhatIsLeftAfterEveryPossiblePartialWrite) {
  const auto body = std::make_shared<const std::string>("-body-");
  const std::string whole = "h1-body-h2-body-tail";
  for (std::size_t first = 1; first <= whole.size(); ++first) {
    WriteQueue queue;
    queue.push("h1", body);
    queue.push("h2", body);
    queue.push("tail", nullptr);
    EXPECT_EQ(joined(queue.gather()), whole);
    queue.consume(first);
    EXPECT_EQ(joined(queue.gather()), whole.substr(first));
  }
}

TEST(WriteQueue, DropsOnlyWhatWasNotBegun) {
  WriteQueue queue;
  queue.push("first", nullptr);
  const std::string begun = joined(queue.gather());
  queue.push("second", nullptr);
  queue.push("third", nullptr);
  EXPECT_EQ(queue.drop_unstarted(), 11U);
  queue.consume(2);
  queue.push("fourth", nullptr);
  EXPECT_EQ(queue.drop_unstarted(), 6U);
  EXPECT_EQ(joined(queue.gather()), "rst");
}

TEST(CloseError, ReadsAReasonOnlyWhereItFitsTheCode) {
  using client::closed_with;
  EXPECT_EQ(closed_with(4403, "device_revoked").code, ErrorCode::device_revoked);
  EXPECT_EQ(closed_with(4403, "token_expired").code, ErrorCode::forbidden);
  EXPECT_EQ(closed_with(4408, "").code, ErrorCode::timeout);
  EXPECT_EQ(closed_with(4413, "").code, ErrorCode::payload_too_large);
  EXPECT_EQ(closed_with(4503, "").code, ErrorCode::service_unavailable);
  EXPECT_EQ(closed_with(4099, "").code, ErrorCode::network_error);
  EXPECT_EQ(closed_with(1006, "").code, ErrorCode::network_error);
}

TEST(CloseError, ObeysRetryAfter) {
  const Error error = client::refused_upgrade(429, "7");
  EXPECT_EQ(error.code, ErrorCode::rate_limited);
  EXPECT_EQ(error.retry_after_ms, 7000);
  EXPECT_EQ(client::refused_upgrade(503, "soon").retry_after_ms, 0);
}

}  // namespace
}  // namespace studiosync::server
