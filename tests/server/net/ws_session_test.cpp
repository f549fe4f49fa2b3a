// When a connection reads on and when not, without a socket.
#include "server/net/ws_session.hpp"

#include <gtest/gtest.h>

#include <boost/asio/ip/address.hpp>

#include "server/net/connection.hpp"
#include "tests/server/net/raw_client.hpp"

namespace studiosync::server {
namespace {

using testing::client_frame;

constexpr int text = 1;
constexpr int ping = 9;
constexpr std::size_t queue_bytes_max = 16U << 10;
constexpr std::size_t read_bytes = 8U << 10;

// The kernel's side: says whether the server wants to read, and takes what it writes when told to.
struct Wire {
  bool reading = false;
  bool writing = false;
  std::size_t offered_bytes = 0;  // of the write in progress
  std::size_t offered_buffers = 0;
  std::shared_ptr<StreamUser> user;
};

class WireStream final : public Stream {
 public:
  explicit WireStream(Wire& wire) : wire_(wire) {}
  void open(std::shared_ptr<StreamUser> user) override {
    wire_.user = user;
    user->on_opened({});
  }
  void read(std::shared_ptr<StreamUser>) override { wire_.reading = true; }
  void write(const BufferList& buffers, std::shared_ptr<StreamUser>) override {
    wire_.writing = true;
    wire_.offered_bytes = 0;
    wire_.offered_buffers = 0;
    for (const auto& buffer : buffers) {
      wire_.offered_bytes += buffer.size();
      ++wire_.offered_buffers;
    }
  }
  void finish(std::shared_ptr<StreamUser> user) override { user->on_finished(); }
  void close() noexcept override {}

 private:
  Wire& wire_;
};

class Received final : public WsHandler {
 public:
  bool takes_messages() const override { return messages.size() < messages_max; }
  void on_message(std::string payload) override { messages.push_back(std::move(payload)); }
  void on_drained() override {}
  void on_close() override {}
  // A short one first, as long as nobody knows who it is.
  std::size_t message_bytes_max() const override { return messages.empty() ? 1'000 : 5'000; }

  std::vector<std::string> messages;
  std::size_t messages_max = 1'000;
};

class OpeningSession final : public Session {
 public:
  void on_open() override {}
  void on_bytes(std::string_view) override {}
  void on_written(std::size_t) override {}
  void on_deadline() override {}
  void on_shutdown() override {}
  void on_end() override {}
};

class WsSessionTest : public ::testing::Test {
 protected:
  WsSessionTest() {
    connection_->start(std::make_unique<OpeningSession>(), Millis{60'000});
    auto session = std::make_unique<WsSession>(
        *connection_, WsTimeouts{Millis{75'000}, Millis{25'000}, Millis{5'000}}, channel_, handler_,
        WsOpcode::text);
    WsSession& websocket = *session;
    connection_->replace_session(std::move(session));
    websocket.open("dGhlIHNhbXBsZSBub25jZQ==", "sync.v1.json", "");
    take_writes();
  }
  ~WsSessionTest() override {
    wire_.user.reset();
    connection_->cut();
    io_->context().poll();
  }

  void arrive(std::string_view bytes) {
    wire_.reading = false;
    wire_.user->on_read({}, bytes);
  }
  // The client takes all that waits.
  void take_writes() {
    while (wire_.writing) {
      wire_.writing = false;
      wire_.user->on_written({}, wire_.offered_bytes);
    }
  }

  const std::shared_ptr<IoThread> io_ = std::make_shared<IoThread>();
  Wire wire_;
  const std::shared_ptr<Connection> connection_ = std::make_shared<Connection>(
      io_, std::make_unique<WireStream>(wire_), boost::asio::ip::address());
  const std::shared_ptr<WsChannel> channel_ =
      std::make_shared<WsChannel>(io_, connection_, queue_bytes_max);
  const std::shared_ptr<Received> handler_ = std::make_shared<Received>();
};

std::string pings(std::size_t bytes) {
  std::string out;
  while (out.size() < bytes) out += client_frame(ping, "");
  return out;
}

TEST_F(WsSessionTest, StopsReadingPingsThatAreAnsweredToNobody) {
  const std::string flood = pings(read_bytes);
  int reads = 0;
  for (; wire_.reading && reads < 100; ++reads) arrive(flood);
  EXPECT_GT(reads, 1);
  EXPECT_FALSE(wire_.reading) << reads << " reads";
  EXPECT_LE(channel_->queued_bytes(), queue_bytes_max);
}

TEST_F(WsSessionTest, ReadsOnOnceTheAnswersAreTaken) {
  const std::string flood = pings(read_bytes);
  for (int i = 0; wire_.reading && i < 100; ++i) arrive(flood);
  ASSERT_FALSE(wire_.reading);
  take_writes();
  EXPECT_TRUE(wire_.reading);
  EXPECT_EQ(channel_->queued_bytes(), 0U);
  arrive(client_frame(text, "still here"));
  EXPECT_EQ(handler_->messages.back(), "still here");
}

TEST_F(WsSessionTest, KeepsPongsThatWaitInOnePiece) {
  arrive(pings(read_bytes));
  ASSERT_TRUE(wire_.writing);
  EXPECT_EQ(wire_.offered_bytes, channel_->queued_bytes());
  EXPECT_EQ(wire_.offered_buffers, 1U);
}

std::string texts(int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += client_frame(text, std::to_string(i));
  return out;
}

TEST_F(WsSessionTest, HandsOverNoMoreThanTheHandlerTakes) {
  handler_->messages_max = 3;
  arrive(texts(10) + client_frame(ping, ""));
  EXPECT_EQ(handler_->messages.size(), 3U);
  EXPECT_FALSE(wire_.reading);
  handler_->messages_max = 5;
  channel_->resume();
  io_->context().poll();
  EXPECT_EQ(handler_->messages.size(), 5U);
  EXPECT_FALSE(wire_.reading);
  handler_->messages_max = 11;
  channel_->resume();
  io_->context().poll();
  EXPECT_TRUE(wire_.reading);
  arrive(client_frame(text, "10"));
  for (std::size_t i = 0; i < 11; ++i) EXPECT_EQ(handler_->messages.at(i), std::to_string(i));
  EXPECT_FALSE(wire_.reading);
}

TEST_F(WsSessionTest, ReadsTheAnswerToItsCloseWhateverWaits) {
  handler_->messages_max = 0;
  arrive(texts(1));
  ASSERT_FALSE(wire_.reading);
  channel_->close(4401, "token_expired");
  io_->context().poll();
  EXPECT_TRUE(wire_.reading);
  EXPECT_TRUE(handler_->messages.empty());
}

TEST_F(WsSessionTest, TakesNoLongMessageBeforeTheHandlerDoes) {
  arrive(client_frame(text, std::string(1'001, 'x')));
  io_->context().poll();
  EXPECT_TRUE(handler_->messages.empty());
  arrive(client_frame(text, "too late"));
  EXPECT_TRUE(handler_->messages.empty());
}

// Whole and in fragments: two implementations read them.
TEST_F(WsSessionTest, TakesLongerMessagesOnceTheHandlerDoes) {
  arrive(client_frame(text, "hello"));
  arrive(client_frame(text, std::string(5'000, 'x')));
  ASSERT_EQ(handler_->messages.size(), 2U);
  std::string fragments = client_frame(text, std::string(2'500, 'x'));
  fragments[0] = text;  // not the last one
  fragments += client_frame(0, std::string(2'500, 'x'));
  arrive(fragments);
  ASSERT_EQ(handler_->messages.size(), 3U);
  EXPECT_EQ(handler_->messages[2].size(), 5'000U);
  fragments = client_frame(text, std::string(2'500, 'x'));
  fragments[0] = text;
  arrive(fragments + client_frame(0, std::string(2'501, 'x')));
  EXPECT_EQ(handler_->messages.size(), 3U);
}

}  // namespace
}  // namespace studiosync::server
