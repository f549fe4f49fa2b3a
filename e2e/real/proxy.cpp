#include "e2e/real/proxy.hpp"

#include <array>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <functional>
#include <optional>
#include <set>
#include <thread>

namespace studiosync::e2e {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using NetError = boost::system::error_code;

constexpr std::size_t piece_bytes = 16U << 10;

// What is done to all connections at this moment.
struct Hurts {
  std::array<bool, 2> held{};                           // by Way
  std::array<std::optional<std::size_t>, 2> cut_after;  // bytes left until the cut
  Millis delay{};
};

std::size_t index_of(Way way) {
  return static_cast<std::size_t>(way);
}

// One connection of a device and its counterpart at the server.
class Pair : public std::enable_shared_from_this<Pair> {
 public:
  Pair(tcp::socket device, Hurts& hurts, std::function<void()> cut_all)
      : device_(std::move(device)),
        server_(device_.get_executor()),
        hurts_(hurts),
        cut_all_(std::move(cut_all)) {}

  void start(std::uint16_t target_port) {
    server_.async_connect({asio::ip::address_v4::loopback(), target_port},
                          [self = shared_from_this()](const NetError& failed) {
                            if (failed) return self->reset();
                            self->pump(Way::to_server);
                            self->pump(Way::to_device);
                          });
  }

  // Goes on where something was held.
  void resume() {
    for (const Way way : {Way::to_server, Way::to_device}) {
      if (std::exchange(flow(way).waiting, false)) forward(way);
    }
  }

  // Linger with time-out 0 makes close() a reset (RFC 9293 section 3.10.4): what was on its way is
  // lost.
  void reset() {
    for (tcp::socket* socket : {&device_, &server_}) {
      NetError ignored;
      socket->set_option(asio::socket_base::linger(true, 0), ignored);
      socket->close(ignored);
    }
  }

  bool open() const { return device_.is_open(); }

 private:
  struct Flow {
    explicit Flow(const tcp::socket::executor_type& executor) : timer(executor) {}
    std::array<char, piece_bytes> buffer{};
    std::size_t bytes = 0;
    bool waiting = false;  // has a piece and is held
    asio::steady_timer timer;
  };

  Flow& flow(Way way) { return flows_[index_of(way)]; }
  tcp::socket& from(Way way) { return way == Way::to_server ? device_ : server_; }
  tcp::socket& to(Way way) { return way == Way::to_server ? server_ : device_; }

  void pump(Way way) {
    from(way).async_read_some(
        asio::buffer(flow(way).buffer),
        [self = shared_from_this(), way](const NetError& failed, std::size_t bytes) {
          if (failed) return self->finish(way);
          self->flow(way).bytes = bytes;
          self->later(way);
        });
  }

  void later(Way way) {
    if (hurts_.delay.count == 0) return forward(way);
    flow(way).timer.expires_after(std::chrono::milliseconds(hurts_.delay.count));
    flow(way).timer.async_wait([self = shared_from_this(), way](const NetError& failed) {
      if (!failed) self->forward(way);
    });
  }

  void forward(Way way) {
    Flow& piece = flow(way);
    if (hurts_.held[index_of(way)]) {
      piece.waiting = true;
      return;
    }
    auto& left = hurts_.cut_after[index_of(way)];
    const bool cut = left && *left <= piece.bytes;
    const std::size_t bytes = cut ? *left : piece.bytes;
    if (left) *left -= bytes;
    asio::async_write(to(way), asio::buffer(piece.buffer, bytes),
                      [self = shared_from_this(), way, cut](const NetError& failed, std::size_t) {
                        if (failed) return self->reset();
                        if (cut) return self->cut(way);
                        self->pump(way);
                      });
  }

  void cut(Way way) {
    hurts_.cut_after[index_of(way)].reset();
    cut_all_();
  }

  // An orderly end passes on, so that close frames are not lost.
  void finish(Way way) {
    NetError ignored;
    to(way).shutdown(tcp::socket::shutdown_send, ignored);
    if (ended_++ == 1) reset();
  }

  tcp::socket device_;
  tcp::socket server_;
  Hurts& hurts_;
  std::function<void()> cut_all_;
  std::array<Flow, 2> flows_{Flow(device_.get_executor()), Flow(device_.get_executor())};
  int ended_ = 0;
};

}  // namespace

class Proxy::Impl {
 public:
  explicit Impl(std::uint16_t target_port) : target_port_(target_port), acceptor_(io_) {}

  ~Impl() {
    asio::post(io_, [this] {
      NetError ignored;
      acceptor_.close(ignored);
      cut_all();
      work_.reset();
    });
    if (thread_.joinable()) thread_.join();
  }

  Result<> listen() {
    NetError failed;
    acceptor_.open(tcp::v4(), failed);
    if (!failed) acceptor_.bind({asio::ip::address_v4::loopback(), 0}, failed);
    if (!failed) acceptor_.listen(tcp::socket::max_listen_connections, failed);
    if (failed) return fail(ErrorCode::connection_refused, "proxy: " + failed.message());
    port_ = acceptor_.local_endpoint().port();
    accept_next();
    thread_ = std::thread([this] { io_.run(); });
    return {};
  }

  std::uint16_t port() const noexcept { return port_; }

  void hold(Way way) {
    asio::post(io_, [this, way] { hurts_.held[index_of(way)] = true; });
  }

  void heal() {
    asio::post(io_, [this] {
      hurts_ = {};
      for (const auto& pair : pairs_) pair->resume();
    });
  }

  void cut_after(Way way, std::size_t bytes) {
    asio::post(io_, [this, way, bytes] {
      if (bytes == 0) return cut_all();
      hurts_.cut_after[index_of(way)] = bytes;
    });
  }

  void delay(Millis by) {
    asio::post(io_, [this, by] { hurts_.delay = by; });
  }

 private:
  void accept_next() {
    acceptor_.async_accept([this](const NetError& failed, tcp::socket socket) {
      if (failed) return;
      std::erase_if(pairs_, [](const auto& pair) { return !pair->open(); });
      auto pair = std::make_shared<Pair>(std::move(socket), hurts_, [this] { cut_all(); });
      pairs_.insert(pair);
      pair->start(target_port_);
      accept_next();
    });
  }

  void cut_all() {
    for (const auto& pair : pairs_) pair->reset();
    pairs_.clear();
  }

  const std::uint16_t target_port_;
  std::uint16_t port_ = 0;
  asio::io_context io_{1};
  asio::executor_work_guard<asio::io_context::executor_type> work_{io_.get_executor()};
  // The thread's alone from here on.
  tcp::acceptor acceptor_;
  Hurts hurts_;
  std::set<std::shared_ptr<Pair>> pairs_;
  std::thread thread_;
};

Proxy::Proxy(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Proxy::~Proxy() = default;

Result<std::unique_ptr<Proxy>> Proxy::start(std::uint16_t target_port) {
  auto impl = std::make_unique<Impl>(target_port);
  SS_TRY(impl->listen());
  return std::unique_ptr<Proxy>(new Proxy(std::move(impl)));
}

std::uint16_t Proxy::port() const noexcept {
  return impl_->port();
}
void Proxy::hold(Way way) {
  impl_->hold(way);
}
void Proxy::heal() {
  impl_->heal();
}
void Proxy::cut_after(Way way, std::size_t bytes) {
  impl_->cut_after(way, bytes);
}
void Proxy::delay(Millis by) {
  impl_->delay(by);
}

}  // namespace studiosync::e2e
