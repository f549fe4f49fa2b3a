#include "server/net/io_thread.hpp"

#include <gtest/gtest.h>

#include "server/net/connection.hpp"

namespace studiosync::server {
namespace {

class SilentStream final : public Stream {
 public:
  void open(std::shared_ptr<StreamUser> user) override { user->on_opened({}); }
  void read(std::shared_ptr<StreamUser>) override {}
  void write(const BufferList&, std::shared_ptr<StreamUser>) override {}
  void finish(std::shared_ptr<StreamUser> user) override { user->on_finished(); }
  void close() noexcept override {}
};

class WokenSession final : public Session {
 public:
  explicit WokenSession(int& wakes) : wakes_(wakes) {}
  void on_open() override {}
  void on_bytes(std::string_view) override {}
  void on_written(std::size_t) override {}
  void on_deadline() override {}
  void on_wake() override { ++wakes_; }
  void on_shutdown() override {}
  void on_end() override {}

 private:
  int& wakes_;
};

class IoThreadTest : public testing::Test {
 protected:
  std::shared_ptr<Connection> connect(int& wakes) {
    auto made = std::make_shared<Connection>(io_, std::make_unique<SilentStream>(),
                                             boost::asio::ip::address());
    made->start(std::make_unique<WokenSession>(wakes), Millis{60'000});
    return made;
  }

  const std::shared_ptr<IoThread> io_ = std::make_shared<IoThread>();
};

TEST_F(IoThreadTest, WakesUpOnceForManyConnections) {
  int first = 0;
  int second = 0;
  const auto one = connect(first);
  const auto other = connect(second);
  io_->wake_soon(one);
  io_->wake_soon(other);
  EXPECT_EQ(io_->context().poll(), 1U);
  EXPECT_EQ(first, 1);
  EXPECT_EQ(second, 1);
  io_->wake_soon(other);  // in a turn after that
  EXPECT_EQ(io_->context().poll(), 1U);
  EXPECT_EQ(first, 1);
  EXPECT_EQ(second, 2);
  one->cut();
  other->cut();
  io_->context().poll();
}

TEST_F(IoThreadTest, LeavesAloneWhoIsGoneMeanwhile) {
  int wakes = 0;
  auto gone = connect(wakes);
  const std::weak_ptr<Connection> weak = gone;
  io_->wake_soon(gone);
  gone->cut();
  gone.reset();
  io_->context().poll();
  EXPECT_EQ(wakes, 0);
  EXPECT_TRUE(weak.expired());
}

}  // namespace
}  // namespace studiosync::server
