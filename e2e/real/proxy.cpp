#include "e2e/real/proxy.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

#include "e2e/real/connection_pair.hpp"

namespace studiosync::e2e {

namespace asio = boost::asio;
using asio::ip::tcp;
using NetError = boost::system::error_code;

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
      hurts_.held = {};
      hurts_.delay = {};
      for (const auto& pair : pairs_) pair->resume();
    });
  }

  void cut_after(Way way, std::size_t bytes) {
    asio::post(io_, [this, way, bytes] {
      if (bytes == 0) return cut_all();
      hurts_.cut_after[index_of(way)] = bytes;
    });
  }

  void forget_cuts() {
    asio::post(io_, [this] { hurts_.cut_after = {}; });
  }

  void delay(Millis by) {
    asio::post(io_, [this, by] { hurts_.delay = by; });
  }

  bool wait_for_traffic(std::size_t bytes, Millis patience) {
    std::unique_lock lock(mutex_);
    const std::size_t goal = passed_ + bytes;
    return traffic_.wait_for(lock, std::chrono::milliseconds(patience.count),
                             [&] { return passed_ >= goal; });
  }

 private:
  void accept_next() {
    acceptor_.async_accept([this](const NetError& failed, tcp::socket socket) {
      if (failed) return;
      std::erase_if(pairs_, [](const auto& pair) { return !pair->open(); });
      auto pair = std::make_shared<ConnectionPair>(
          std::move(socket), hurts_,
          ConnectionPair::Events{.passed = [this](std::size_t bytes) { count(bytes); },
                                 .cut = [this] { cut_all(); }});
      pairs_.insert(pair);
      pair->start(target_port_);
      accept_next();
    });
  }

  void cut_all() {
    for (const auto& pair : pairs_) pair->reset();
    pairs_.clear();
  }

  void count(std::size_t bytes) {
    const std::lock_guard lock(mutex_);
    passed_ += bytes;
    traffic_.notify_all();
  }

  const std::uint16_t target_port_;
  std::uint16_t port_ = 0;
  asio::io_context io_{1};
  asio::executor_work_guard<asio::io_context::executor_type> work_{io_.get_executor()};

  std::mutex mutex_;  // guards what callers wait for on threads of their own
  std::condition_variable traffic_;
  std::size_t passed_ = 0;

  // The thread's alone from here on.
  tcp::acceptor acceptor_;
  Hurts hurts_;
  std::set<std::shared_ptr<ConnectionPair>> pairs_;
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
void Proxy::delay(Millis by) {
  impl_->delay(by);
}
void Proxy::heal() {
  impl_->heal();
}
void Proxy::cut_after(Way way, std::size_t bytes) {
  impl_->cut_after(way, bytes);
}
void Proxy::leave_alone() {
  impl_->forget_cuts();
  impl_->heal();
}
bool Proxy::wait_for_traffic(std::size_t bytes, Millis patience) {
  return impl_->wait_for_traffic(bytes, patience);
}

}  // namespace studiosync::e2e
