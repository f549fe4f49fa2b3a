// One accepted socket: reading on demand, a write queue, one deadline, an orderly end.
// Lives on one I/O thread; all methods are called there.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <string>

#include "core/base/time.hpp"
#include "server/net/io_thread.hpp"
#include "server/net/session.hpp"
#include "server/net/stream.hpp"
#include "server/net/write_queue.hpp"

namespace studiosync::server {

class Connection final : public StreamUser, public std::enable_shared_from_this<Connection> {
 public:
  using Clock = std::chrono::steady_clock;

  Connection(std::shared_ptr<IoThread> io, std::unique_ptr<Stream> stream,
             boost::asio::ip::address peer);

  // Registers with the thread, shakes hands (TLS) and opens the session.
  void start(std::unique_ptr<Session> session, Millis handshake_timeout);
  // The old session is destroyed later, so it may call this itself.
  void replace_session(std::unique_ptr<Session> session);

  // Asks for one Session::on_bytes.
  void read();
  // Queues; nothing is sent before flush(), so that what is queued together leaves together.
  void write(std::string head, std::shared_ptr<const std::string> body = nullptr);
  void flush();
  bool all_written() const noexcept { return queue_.empty(); }
  std::size_t drop_unstarted() { return queue_.drop_unstarted(); }

  // Replaces the earlier deadline.
  void set_deadline(Millis from_now);
  void clear_deadline() noexcept { deadline_ = Clock::time_point::max(); }

  // Sends what is queued, says that nothing follows and waits for the peer's end; `patience`
  // without any progress cuts the connection. The session hears nothing more but on_end.
  void finish(Millis patience);
  // Ends at once.
  void cut() { end(); }

  void wake();
  void shut_down();

  const boost::asio::ip::address& peer() const noexcept { return peer_; }
  const std::shared_ptr<IoThread>& io() const noexcept { return io_; }

 private:
  void on_opened(const NetError& error) override;
  void on_read(const NetError& error, std::string_view bytes) override;
  void on_written(const NetError& error, std::size_t bytes) override;
  void on_finished() override { end(); }

  template <class Call>
  void guarded(Call call);
  void after_write();
  void arm_timer();
  void on_timer();
  void end();

  std::shared_ptr<IoThread> io_;
  std::unique_ptr<Stream> stream_;
  std::unique_ptr<Session> session_;
  boost::asio::ip::address peer_;
  WriteQueue queue_;
  boost::asio::steady_timer timer_;
  // The timer is moved only when the deadline comes earlier: most deadlines just move on.
  Clock::time_point deadline_ = Clock::time_point::max();
  Clock::time_point armed_for_ = Clock::time_point::max();
  Millis patience_;
  bool opened_ = false;
  bool reading_ = false;
  bool writing_ = false;
  bool finishing_ = false;
  bool goodbye_said_ = false;
  bool ended_ = false;
};

}  // namespace studiosync::server
