#include "bench/stack/probes.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <optional>

#include "bench/stack/must.hpp"
#include "client/ws/ws_client.hpp"
#include "core/base/check.hpp"
#include "server/net/listener.hpp"

namespace studiosync::bench {
namespace {

constexpr std::size_t block_bytes = 4096;
// Between two samples of hops, in which nobody answers a ping.
constexpr Millis idle_max{3'600'000};
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

}  // namespace

FsyncProbe::FsyncProbe(const std::string& folder)
    : path_(folder + "/fsync-probe"),
      file_(::open(path_.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)) {
  SS_CHECK(file_ >= 0);
}

FsyncProbe::~FsyncProbe() {
  ::close(file_);
  ::unlink(path_.c_str());
}

std::vector<Seconds> FsyncProbe::sample(std::size_t rounds) {
  const std::string block(block_bytes, 'x');
  std::vector<Seconds> samples;
  for (std::size_t i = 0; i < rounds; ++i) {
    const auto start = Clock::now();
    SS_CHECK(::write(file_, block.data(), block.size()) == static_cast<ssize_t>(block.size()));
    SS_CHECK(::fdatasync(file_) == 0);
    samples.push_back(Clock::now() - start);
  }
  return samples;
}

// The client's end runs on the caller's thread, the server's on its own.
struct HopProbe::Impl {
  Impl()
      : listener({.threads = 1, .idle_timeout = idle_max, .ping_interval = idle_max}, http,
                 &acceptor) {
    must(listener.start(), "starting the echo listener");
    client.emplace(
        io,
        client::WsClientOptions{.url = "ws://127.0.0.1:" + std::to_string(listener.port()) + "/ws",
                                .idle_timeout = idle_max},
        client::WsClient::Callbacks{
            .on_open = [this] { io.stop(); },
            .on_message = [this](std::string) { received(); },
            .on_close = [](Error error) { give_up("the echo connection", error); }});
    client->connect();
    run();
  }

  void run() {
    io.restart();
    io.run_for(patience);
    if (!io.stopped()) give_up("the echo connection", {.message = "no answer in time"});
  }

  void send() {
    sent = Clock::now();
    client->send(message);
  }

  void received() {
    round_trips.push_back(Clock::now() - sent);
    round_trips.size() < rounds ? send() : io.stop();
  }

  const std::string message = std::string(message_bytes, 'x');
  NoRoutes http;
  EchoAcceptor acceptor;
  server::Listener listener;
  boost::asio::io_context io{1};
  std::optional<client::WsClient> client;
  std::size_t rounds = 0;
  std::vector<Seconds> round_trips;
  Clock::time_point sent;
};

HopProbe::HopProbe() : impl_(std::make_unique<Impl>()) {}
HopProbe::~HopProbe() = default;

std::vector<Seconds> HopProbe::sample(std::size_t rounds) {
  impl_->rounds = rounds;
  impl_->round_trips.clear();
  impl_->send();
  impl_->run();
  std::vector<Seconds> hops;
  for (const Seconds round_trip : impl_->round_trips) hops.push_back(round_trip / 2);
  return hops;
}

}  // namespace studiosync::bench
