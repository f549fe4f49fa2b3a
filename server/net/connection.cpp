#include "server/net/connection.hpp"

#include <boost/asio/post.hpp>
#include <exception>
#include <utility>

namespace studiosync::server {

Connection::Connection(std::shared_ptr<IoThread> io, std::unique_ptr<Stream> stream,
                       boost::asio::ip::address peer)
    : io_(std::move(io)),
      stream_(std::move(stream)),
      peer_(std::move(peer)),
      timer_(io_->context()) {}

// An exception (memory, a handler's mistake) ends its own connection and no other.
template <class Call>
void Connection::guarded(Call call) {
  try {
    call();
  } catch (const std::exception&) {
    end();
  }
}

void Connection::start(std::unique_ptr<Session> session, Millis handshake_timeout) {
  session_ = std::move(session);
  io_->add(shared_from_this());
  set_deadline(handshake_timeout);
  stream_->open(shared_from_this());
}

void Connection::on_opened(const NetError& error) {
  if (error) return end();
  if (ended_) return;
  opened_ = true;
  guarded([this] { session_->on_open(); });
}

void Connection::replace_session(std::unique_ptr<Session> session) {
  boost::asio::post(io_->context(), [old = std::shared_ptr<Session>(std::move(session_))] {});
  session_ = std::move(session);
}

void Connection::read() {
  if (reading_ || finishing_ || ended_) return;
  reading_ = true;
  stream_->read(shared_from_this());
}

void Connection::on_read(const NetError& error, std::string_view bytes) {
  reading_ = false;
  if (finishing_ || ended_) return;
  if (error) return end();
  guarded([&] { session_->on_bytes(bytes); });
}

void Connection::write(std::string head, std::shared_ptr<const std::string> body) {
  if (finishing_ || ended_) return;
  queue_.push(std::move(head), std::move(body));
}

void Connection::flush() {
  if (writing_ || ended_ || queue_.empty()) return;
  writing_ = true;
  stream_->write(queue_.gather(), shared_from_this());
}

void Connection::on_written(const NetError& error, std::size_t bytes) {
  writing_ = false;
  if (ended_) return;
  if (error) return end();
  queue_.consume(bytes);
  if (finishing_) {
    set_deadline(patience_);
  } else {
    guarded([&] { session_->on_written(bytes); });
  }
  after_write();
}

void Connection::after_write() {
  if (ended_) return;
  flush();
  if (!finishing_ || writing_ || std::exchange(goodbye_said_, true)) return;
  stream_->finish(shared_from_this());
}

void Connection::finish(Millis patience) {
  if (finishing_ || ended_) return;
  finishing_ = true;
  patience_ = patience;
  set_deadline(patience);
  after_write();
}

void Connection::wake() {
  if (ended_ || finishing_) return;
  guarded([this] { session_->on_wake(); });
}

void Connection::shut_down() {
  if (ended_ || finishing_) return;
  if (!opened_) return end();
  guarded([this] { session_->on_shutdown(); });
}

void Connection::set_deadline(Millis from_now) {
  if (ended_) return;
  deadline_ = Clock::now() + std::chrono::milliseconds(from_now.count);
  if (deadline_ < armed_for_) arm_timer();
}

void Connection::arm_timer() {
  armed_for_ = deadline_;
  timer_.expires_at(deadline_);
  timer_.async_wait([self = shared_from_this()](const NetError& error) {
    if (!error && !self->ended_) self->on_timer();
  });
}

void Connection::on_timer() {
  armed_for_ = Clock::time_point::max();
  if (deadline_ == Clock::time_point::max()) return;
  if (Clock::now() < deadline_) return arm_timer();
  if (finishing_ || !opened_) return end();
  guarded([this] { session_->on_deadline(); });
}

void Connection::end() {
  if (std::exchange(ended_, true)) return;
  timer_.cancel();
  stream_->close();
  try {
    session_->on_end();
  } catch (const std::exception&) {
    // The connection is over whatever its session says.
  }
  io_->remove(shared_from_this());
}

}  // namespace studiosync::server
