#include "e2e/sim/sim_server.hpp"

#include <utility>

namespace studiosync::e2e {
namespace {

constexpr std::uint64_t read_ms_max = 4;  // what a worker takes
constexpr Millis sweep_interval{5'000};
constexpr std::uint64_t drain_ms_max = 5'000;
constexpr std::uint16_t close_going_away = 1001;
// Small, so that a slow device meets the bound.
constexpr std::size_t rows_queued_bytes_max = 8U << 10;
constexpr server::Rate change_rate = server::Rate::per_second(2'000, 20'000);

}  // namespace

// In the order of construction; destroyed the other way round, so that nothing outlives what it
// uses.
struct SimServer::Running {
  Running(SimServer& owner, server::Store& opened)
      : store(opened),
        sync(store, hub, [&owner] { return owner.parts_.scheduler.now(); },
             {.user_bytes_max = owner.quota_}),
        changes(change_rate),
        context{.sync = sync,
                .gate = owner.parts_.gate,
                .hub = hub,
                .changes = changes,
                .run_blocking = [&owner](auto task) { owner.run_later(std::move(task)); },
                .rows_queued_bytes_max = rows_queued_bytes_max},
        acceptor(context, [](std::string_view) { return false; }) {}

  server::Store& store;
  server::Hub hub;
  server::SyncService sync;
  server::RateLimiter changes;
  server::ChannelContext context;
  server::ChannelAcceptor acceptor;
  std::map<std::uint64_t, std::function<void(Result<>)>> tasks;  // that workers have
  std::uint64_t last_task = 0;
};

SimServer::SimServer(Parts parts) : parts_(parts), random_(parts.seed) {}
SimServer::~SimServer() = default;

void SimServer::start() {
  if (running_) return;
  draining_ = false;
  ++starts_;
  server::Store& store = parts_.storage.open();
  running_ = std::make_unique<Running>(*this, store);
  parts_.recorder.note("server", Turned{.what = Turned::What::started, .epoch = store.epoch(0)});
  parts_.recorder.hash(store.epoch(0).value);
  sweep_soon();
}

void SimServer::crash() {
  if (!running_) return;
  parts_.recorder.note("server", Turned{.what = Turned::What::crashed});
  // Its memory goes first: what waits for the disk is answered by nobody.
  const auto dying = std::exchange(running_, nullptr);
  parts_.storage.crash();
}

void SimServer::drain() {
  if (!running_) return;
  draining_ = true;
  running_->hub.end_all(
      [this] { return Drain{Millis{static_cast<std::int64_t>(random_.below(drain_ms_max))}}; },
      close_going_away);
}

void SimServer::stop() {
  if (!running_) return;
  parts_.storage.close();
  running_.reset();
  parts_.recorder.note("server", Turned{.what = Turned::What::stopped});
}

bool SimServer::idle() const {
  return !running_ || (running_->tasks.empty() && running_->store.stats().queued_jobs == 0);
}

Result<std::shared_ptr<server::WsHandler>> SimServer::accept(server::WsUpgrade upgrade,
                                                             std::shared_ptr<server::WsPeer> peer) {
  if (!listening()) return fail(ErrorCode::service_unavailable, "not running");
  return running_->acceptor.accept(std::move(upgrade), std::move(peer));
}

// Workers overtake each other.
void SimServer::run_later(std::function<void(Result<>)> task) {
  const std::uint64_t number = ++running_->last_task;
  running_->tasks.emplace(number, std::move(task));
  const Millis takes{static_cast<std::int64_t>(random_.below(read_ms_max + 1))};
  parts_.scheduler.after(takes, [this, number, start = starts_] {
    if (!running_ || start != starts_) return;
    auto node = running_->tasks.extract(number);
    node.mapped()({});
  });
}

void SimServer::sweep_soon() {
  parts_.scheduler.after(sweep_interval, [this, start = starts_] {
    if (!running_ || start != starts_) return;
    running_->acceptor.sweep(parts_.scheduler.now());
    sweep_soon();
  });
}

server::SyncService* SimServer::sync() noexcept {
  return running_ ? &running_->sync : nullptr;
}
server::Hub* SimServer::hub() noexcept {
  return running_ ? &running_->hub : nullptr;
}
server::Store* SimServer::store() noexcept {
  return running_ ? &running_->store : nullptr;
}

server::Caller SimServer::caller(const std::string& account) const {
  return {
      .user = parts_.gate.user_of(account), .account_id = account, .session_id = {}, .expires = {}};
}

}  // namespace studiosync::e2e
