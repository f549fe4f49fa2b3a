#include "bench/stack/probes.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>

#include "bench/stack/must.hpp"
#include "client/ws/ws_client.hpp"
#include "core/base/check.hpp"
#include "server/net/listener.hpp"

namespace studiosync::bench {
namespace {

constexpr std::size_t block_bytes = 4096;
constexpr std::size_t message_bytes = 300;
constexpr std::chrono::seconds patience{30};

class Echo final : public server::WsHandler {
 public:
  explicit Echo(std::shared_ptr<server::WsPeer> peer) : peer_(std::move(peer)) {}
  void on_message(std::string payload) override {
    peer_->send(std::make_shared<const std::string>(std::move(payload)));
  }
  void on_drained() override {}
  void on_close() override {}

 private:
  std::shared_ptr<server::WsPeer> peer_;
};

class EchoAcceptor final : public server::WsAcceptor {
 public:
  Result<std::shared_ptr<server::WsHandler>> accept(server::WsUpgrade,
                                                    std::shared_ptr<server::WsPeer> peer) override {
    return std::make_shared<Echo>(std::move(peer));
  }
};

class NoRoutes final : public server::HttpHandler {
 public:
  void handle(server::HttpRequest, server::Respond respond) override { respond({.status = 404}); }
};

// Sends the next message when the one before is back, all on the io_context's thread.
class PingPong {
 public:
  PingPong(boost::asio::io_context& io, std::uint16_t port, std::size_t rounds)
      : rounds_(rounds),
        client_(io, {.url = "ws://127.0.0.1:" + std::to_string(port) + "/ws"},
                {.on_open = [this] { send(); },
                 .on_message = [this](std::string) { received(); },
                 .on_close = [](Error error) { give_up("the echo connection ended", error); }}) {
    io_ = &io;
    client_.connect();
  }

  const std::vector<Seconds>& round_trips() const noexcept { return round_trips_; }

 private:
  void send() {
    sent_ = Clock::now();
    client_.send(message_);
  }

  void received() {
    round_trips_.push_back(Clock::now() - sent_);
    round_trips_.size() < rounds_ ? send() : io_->stop();
  }

  const std::size_t rounds_;
  const std::string message_ = std::string(message_bytes, 'x');
  boost::asio::io_context* io_ = nullptr;
  std::vector<Seconds> round_trips_;
  Clock::time_point sent_;
  client::WsClient client_;
};

}  // namespace

Seconds probe_fsync(const std::string& folder, std::size_t rounds) {
  const std::string path = folder + "/fsync-probe";
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  SS_CHECK(file >= 0);
  const std::string block(block_bytes, 'x');
  std::vector<Seconds> samples;
  for (std::size_t i = 0; i < rounds; ++i) {
    const auto start = Clock::now();
    SS_CHECK(::write(file, block.data(), block.size()) == static_cast<ssize_t>(block.size()));
    SS_CHECK(::fdatasync(file) == 0);
    samples.push_back(Clock::now() - start);
  }
  ::close(file);
  ::unlink(path.c_str());
  return median(samples);
}

Seconds probe_hop(std::size_t rounds) {
  NoRoutes http;
  EchoAcceptor acceptor;
  server::Listener listener({.threads = 1}, http, &acceptor);
  must(listener.start(), "starting the echo listener");
  boost::asio::io_context io{1};
  PingPong game(io, listener.port(), rounds);
  io.run_for(patience);
  SS_CHECK(game.round_trips().size() == rounds);
  return median(game.round_trips()) / 2;
}

}  // namespace studiosync::bench
