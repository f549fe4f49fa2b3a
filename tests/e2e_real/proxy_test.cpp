#include "e2e/real/proxy.hpp"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

namespace studiosync::e2e {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using NetError = boost::system::error_code;

constexpr Millis patience{10'000};

// A device's end and the server's end of one connection through a proxy.
class ProxyTest : public testing::Test {
 protected:
  ProxyTest() { connect(); }

  void connect() {
    device_.connect({asio::ip::address_v4::loopback(), proxy_->port()});
    listener_.accept(server_);
  }

  // What came of `bytes` until the connection was reset.
  static std::string rest_of(tcp::socket& socket, std::size_t bytes, NetError& end) {
    std::string text(bytes, '\0');
    text.resize(asio::read(socket, asio::buffer(text), end));
    return text;
  }

  static void send(tcp::socket& socket, const std::string& text) {
    asio::write(socket, asio::buffer(text));
  }

  asio::io_context io_;
  tcp::acceptor listener_{io_, {asio::ip::address_v4::loopback(), 0}};
  std::unique_ptr<Proxy> proxy_ = Proxy::start(listener_.local_endpoint().port()).value();
  tcp::socket device_{io_};
  tcp::socket server_{io_};
};

TEST_F(ProxyTest, PassesBothWays) {
  NetError none;
  send(device_, "up");
  EXPECT_EQ(rest_of(server_, 2, none), "up");
  send(server_, "down");
  EXPECT_EQ(rest_of(device_, 4, none), "down");
  EXPECT_FALSE(none);
}

TEST_F(ProxyTest, CutsInTheMiddleAndTellsBothEnds) {
  NetError at_server;
  NetError at_device;
  proxy_->cut_after(Way::to_server, 3);
  send(device_, "a push");
  const std::string arrived = rest_of(server_, 6, at_server);
  EXPECT_EQ(std::string("a p").substr(0, arrived.size()), arrived);  // a reset may overtake it
  EXPECT_EQ(at_server, asio::error::connection_reset);
  EXPECT_EQ(rest_of(device_, 1, at_device), "");
  EXPECT_EQ(at_device, asio::error::connection_reset);
}

TEST_F(ProxyTest, CutsOnce) {
  NetError ended;
  NetError none;
  proxy_->cut_after(Way::to_device, 0);
  rest_of(device_, 1, ended);
  device_.close();
  server_.close();
  connect();
  send(server_, "fine");
  EXPECT_EQ(rest_of(device_, 4, none), "fine");
}

TEST_F(ProxyTest, TakesBackACutThatIsStillToCome) {
  NetError none;
  proxy_->cut_after(Way::to_server, 3);
  proxy_->leave_alone();
  send(device_, "a push");
  EXPECT_EQ(rest_of(server_, 6, none), "a push");
}

TEST_F(ProxyTest, HoldsOneWayUntilItIsHealed) {
  NetError none;
  proxy_->hold(Way::to_server);
  send(device_, "held");
  send(server_, "passes");
  EXPECT_EQ(rest_of(device_, 6, none), "passes");
  EXPECT_EQ(server_.available(), 0U);
  proxy_->heal();
  EXPECT_EQ(rest_of(server_, 4, none), "held");
}

TEST_F(ProxyTest, PassesTheOrderlyEndOn) {
  NetError ended;
  device_.shutdown(tcp::socket::shutdown_send);
  EXPECT_EQ(rest_of(server_, 1, ended), "");
  EXPECT_EQ(ended, asio::error::eof);
}

TEST_F(ProxyTest, SaysWhenSomethingPassed) {
  EXPECT_FALSE(proxy_->wait_for_traffic(1, Millis{1}));
  proxy_->delay(Millis{20});
  send(device_, "three");
  EXPECT_TRUE(proxy_->wait_for_traffic(5, patience));
}

}  // namespace
}  // namespace studiosync::e2e
