#include "client/engine/engine_host.hpp"

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <condition_variable>
#include <iterator>
#include <mutex>
#include <thread>

#include "client/engine/account.hpp"
#include "client/ws/ws_client.hpp"
#include "core/protocol/codec.hpp"
#include "os/entropy.hpp"
#include "os/wall_clock.hpp"

namespace studiosync::client {
namespace asio = boost::asio;

class EngineHost::Impl {
 public:
  Impl(std::unique_ptr<SqliteDeviceStore> store, Login login, Options options, OnNotice on_notice,
       SyncLock lock)
      : store_(std::move(store)),
        login_(std::move(login)),
        options_(std::move(options)),
        on_notice_(std::move(on_notice)),
        lock_(std::move(lock)),
        engine_(*store_, options_.engine, Random(os::random_u64())),
        wake_(io_),
        poll_(io_),
        work_(asio::make_work_guard(io_)) {
    (void)engine_.token_changed(login_.access_token, os::wall_now());
    external_ = store_->external_change_counter();
    watch_other_processes();
    thread_ = std::thread([this] { io_.run(); });
  }

  // Runs on the host's thread and waits for the value.
  template <class Work>
  auto run_and_wait(Work work) {
    std::packaged_task<decltype(work())()> task(std::move(work));
    auto done = task.get_future();
    asio::post(io_, [&task] { task(); });
    return done.get();
  }

  ~Impl() {
    run_and_wait([this] { apply(engine_.stop(os::wall_now())); });
    work_.reset();
    asio::post(io_, [this] {
      socket_.reset();
      wake_.cancel();
      poll_.cancel();
    });
    io_.stop();
    thread_.join();
  }

  Result<EditOutcome> edit(
      const std::function<Result<EditOutcome>(DeviceStore&, WallTime)>& write) {
    return run_and_wait([&]() -> Result<EditOutcome> {
      const WallTime now = os::wall_now();
      EditOutcome outcome;
      const auto write_record = [&]() -> Result<> {
        auto written = write(*store_, now);
        SS_TRY(store_->take_error());  // what it made of a read that failed is no answer
        SS_ASSIGN(outcome, std::move(written));
        return {};
      };
      SS_ASSIGN(Effects effects, engine_.edit(write_record, now));
      apply(std::move(effects));
      return outcome;
    });
  }

  EngineStatus status() {
    return run_and_wait([this] { return status_as_read(); });
  }

  void online(bool on) {
    run_and_wait(
        [this, on] { apply(on ? engine_.start(os::wall_now()) : engine_.stop(os::wall_now())); });
  }

  void confirm_sweep() {
    run_and_wait([this] { apply(engine_.confirm_sweep(os::wall_now())); });
  }

  // What the caller could not read is the caller's to look at, and no failure of the link.
  void with_store(const std::function<void(SqliteDeviceStore&)>& work) {
    run_and_wait([&] {
      work(*store_);
      (void)store_->take_error();
    });
  }

  // Looks after every event.
  Result<> wait_synced(Millis patience, Outage outage) {
    asio::post(io_, [this] { publish(status_as_read()); });
    const auto stuck = [outage](const EngineStatus& status) {
      return status.state == LinkState::halted || (outage == Outage::give_up && status.failing);
    };
    std::unique_lock lock(mutex_);
    const bool reached = changed_.wait_for(lock, std::chrono::milliseconds(patience.count), [&] {
      return status_ && (status_->synced || stuck(*status_));
    });
    if (!reached) return timed_out();
    if (!status_->synced) return Unexpected(status_->last_error.value_or(Error{}));
    return {};
  }

  // The head as it is from now on, not as last heard: asks for a page where a connection is live
  // already.
  void sample_head() {
    run_and_wait([this] { apply(engine_.pull_now(os::wall_now())); });
  }

  Result<DigestComparison> compare_digest(Millis patience) {
    run_and_wait([this] {
      const std::lock_guard lock(mutex_);
      digest_.reset();
    });
    asio::post(io_, [this] { apply(engine_.ask_digest(os::wall_now())); });
    std::unique_lock lock(mutex_);
    const bool answered = changed_.wait_for(lock, std::chrono::milliseconds(patience.count),
                                            [&] { return digest_.has_value(); });
    if (!answered) return timed_out();
    return *digest_;
  }

 private:
  Unexpected timed_out() const {
    if (status_ && status_->last_error) {
      return fail(ErrorCode::timeout, "not in time; last error: " + status_->last_error->message);
    }
    return fail(ErrorCode::timeout, "not in time");
  }

  // Nothing is in sync as long as it is not known what waits.
  EngineStatus status_as_read() {
    EngineStatus status = engine_.status();
    if (auto read = store_->take_error(); !read) {
      status.synced = false;
      status.last_error = std::move(read).error();
    }
    return status;
  }

  // What follows from reads that failed is not sent: the link fails with the store's error, and all
  // is read again when it is tried next. What is committed is told all the same.
  Effects fail_link(Effects unread, Error error) {
    if (unread.connect) link_ = *unread.connect;
    Effects effects = engine_.closed(link_, std::move(error), os::wall_now());
    effects.disconnect = effects.disconnect || unread.disconnect;
    std::ranges::move(effects.notices, std::back_inserter(unread.notices));
    effects.notices = std::move(unread.notices);
    return effects;
  }

  void apply(Effects effects) {
    // Once for all notices: it is counted out of the database.
    EngineStatus status = engine_.status();
    if (auto read = store_->take_error(); !read) {
      effects = fail_link(std::move(effects), std::move(read).error());
      status = status_as_read();
    }
    if (effects.disconnect) socket_.reset();
    if (effects.connect) open(*effects.connect);
    for (const Frame& frame : effects.send) send(frame);
    schedule(effects.wake_at);
    publish(status);
    for (const Notice& notice : effects.notices) take(notice, status);
    // Behind what the caller waits for.
    asio::post(io_, [this] { store_->tidy(); });
  }

  void open(Connection connection) {
    link_ = connection;
    const auto url = push_channel_url(login_.server);
    if (!url) {
      asio::post(io_, [this, connection, error = url.error()] {
        apply(engine_.closed(connection, error, os::wall_now()));
      });
      return;
    }
    WsClientOptions options{.url = *url, .ca_file = login_.ca_file};
    WsClient::Callbacks callbacks;
    callbacks.on_open = [this, connection] { apply(engine_.opened(connection, os::wall_now())); };
    callbacks.on_message = [this, connection](std::string message) {
      receive(connection, message);
    };
    callbacks.on_close = [this, connection](Error error) {
      apply(engine_.closed(connection, std::move(error), os::wall_now()));
    };
    socket_ = std::make_unique<WsClient>(io_, std::move(options), std::move(callbacks));
    socket_->connect();
  }

  void receive(Connection connection, const std::string& message) {
    auto frame = decode(message, Encoding::json);
    if (!frame) {
      apply(engine_.closed(connection, std::move(frame).error(), os::wall_now()));
      return;
    }
    const WallTime now = os::wall_now();
    if (const auto ahead = engine_.ask_ahead(connection, *frame, now)) send(*ahead);
    apply(engine_.received(connection, *frame, now));
  }

  void send(const Frame& frame) {
    if (socket_) socket_->send(encode(frame, Encoding::json));
  }

  void schedule(std::optional<WallTime> at) {
    wake_.cancel();
    if (!at) return;
    const std::int64_t wait = std::max<std::int64_t>(0, (*at - os::wall_now()).count);
    wake_.expires_after(std::chrono::milliseconds(wait));
    wake_.async_wait([this](const boost::system::error_code& failed) {
      if (!failed) apply(engine_.timer(os::wall_now()));
    });
  }

  void watch_other_processes() {
    poll_.expires_after(std::chrono::milliseconds(options_.other_process_poll.count));
    poll_.async_wait([this](const boost::system::error_code& failed) {
      if (failed) return;
      const std::uint64_t counter = store_->external_change_counter();
      if (std::exchange(external_, counter) != counter) look_at_edits();
      if (waits_for_login_) look_for_login();
      watch_other_processes();
    });
  }

  // A person may have agreed to a sweep by a process of his own, too.
  void look_at_edits() {
    apply(engine_.edited(os::wall_now()));
    const EngineStatus status = engine_.status();
    const bool asks = status.state == LinkState::halted && status.last_error &&
                      status.last_error->code == ErrorCode::sweep_unconfirmed;
    if (asks && status.recovery == Recovery::confirmed) apply(engine_.start(os::wall_now()));
  }

  void take(const Notice& notice, const EngineStatus& status) {
    if (notice.kind == Notice::Kind::token_needed) refresh_token();
    if (notice.kind == Notice::Kind::digest) {
      const std::lock_guard lock(mutex_);
      digest_ = DigestComparison{notice.equal, notice.text, notice.server_text};
      changed_.notify_all();
    }
    if (on_notice_) on_notice_(notice, status);
  }

  // On a thread of its own: local reads and writes never wait for the network.
  void refresh_token() {
    const bool busy = refreshing_.valid() &&
                      refreshing_.wait_for(std::chrono::seconds(0)) != std::future_status::ready;
    if (busy) return;
    refreshing_ = std::async(std::launch::async, [this, refused = login_.access_token] {
      auto fresh = refresh_login(options_.folder, refused);
      asio::post(io_, [this, fresh = std::move(fresh)] { take_login(fresh); });
    });
  }

  void take_login(const Result<Login>& fresh) {
    if (fresh) {
      login_ = *fresh;
      waits_for_login_ = false;
      apply(engine_.token_changed(login_.access_token, os::wall_now()));
    } else if (!fresh.error().retryable()) {
      waits_for_login_ = true;
      apply(engine_.halt(fresh.error(), os::wall_now()));
    }
  }

  // A person logs in again with a process of his own. The login that was refused is not tried
  // again.
  void look_for_login() {
    const auto login = load_login(options_.folder);
    if (!login || !*login || (*login)->access_token.empty()) return;
    if ((*login)->access_token != login_.access_token) take_login(**login);
  }

  void publish(EngineStatus status) {
    lock_.tell(status);
    const std::lock_guard lock(mutex_);
    status_ = std::move(status);
    changed_.notify_all();
  }

  // The host's thread only, but for what mutex_ guards.
  std::unique_ptr<SqliteDeviceStore> store_;
  Login login_;
  Options options_;
  OnNotice on_notice_;
  SyncLock lock_;
  ClientEngine engine_;
  asio::io_context io_{1};
  asio::steady_timer wake_;
  asio::steady_timer poll_;
  asio::executor_work_guard<asio::io_context::executor_type> work_;
  Connection link_;  // the newest
  std::unique_ptr<WsClient> socket_;
  std::uint64_t external_ = 0;
  bool waits_for_login_ = false;

  std::mutex mutex_;  // guards the two below: callers wait for them on their own threads
  std::condition_variable changed_;
  std::optional<EngineStatus> status_;
  std::optional<DigestComparison> digest_;

  std::thread thread_;
  std::future<void> refreshing_;  // last: its end is waited for before anything else goes
};

EngineHost::EngineHost(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
EngineHost::~EngineHost() = default;

Result<std::unique_ptr<EngineHost>> EngineHost::create(std::unique_ptr<SqliteDeviceStore> store,
                                                       Login login, Options options,
                                                       OnNotice on_notice) {
  SS_ASSIGN(SyncLock lock, SyncLock::take(options.folder));
  return create(std::move(lock), std::move(store), std::move(login), std::move(options),
                std::move(on_notice));
}

std::unique_ptr<EngineHost> EngineHost::create(SyncLock lock,
                                               std::unique_ptr<SqliteDeviceStore> store,
                                               Login login, Options options, OnNotice on_notice) {
  auto impl = std::make_unique<Impl>(std::move(store), std::move(login), std::move(options),
                                     std::move(on_notice), std::move(lock));
  return std::unique_ptr<EngineHost>(new EngineHost(std::move(impl)));
}

void EngineHost::go_online() {
  impl_->online(true);
}
void EngineHost::go_offline() {
  impl_->online(false);
}

void EngineHost::confirm_sweep() {
  impl_->confirm_sweep();
}

Result<EditOutcome> EngineHost::put(EntityType type, std::string id, Json data) {
  return impl_->edit([&](DeviceStore& store, WallTime now) {
    return put_record(store, type, id, std::move(data), now);
  });
}

Result<EditOutcome> EngineHost::remove(EntityType type, std::string id) {
  return impl_->edit(
      [&](DeviceStore& store, WallTime now) { return delete_record(store, type, id, now); });
}

void EngineHost::with_store(const std::function<void(SqliteDeviceStore&)>& work) {
  impl_->with_store(work);
}

EngineStatus EngineHost::status() {
  return impl_->status();
}

Result<> EngineHost::wait_synced(Millis patience, Outage outage) {
  impl_->sample_head();
  return impl_->wait_synced(patience, outage);
}

Result<EngineHost::DigestComparison> EngineHost::compare_digest(Millis patience) {
  return impl_->compare_digest(patience);
}

}  // namespace studiosync::client
