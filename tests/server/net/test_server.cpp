#include "tests/server/net/test_server.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <utility>

namespace studiosync::server::testing {

void EchoHttp::handle(HttpRequest request, Respond respond) {
  HttpResponse response{.content_type = "text/plain"};
  response.body = request.method + " " + request.path + " " + std::to_string(request.body.size());
  const std::string size(request.parameter("body"));
  const std::string status(request.parameter("status"));
  if (!size.empty()) response.body.assign(std::stoul(size), 'x');
  if (!status.empty()) response.status = std::stoi(status);
  const bool later = !request.query.empty() && request.query.front().first == "later";
  const bool fails = !request.query.empty() && request.query.front().first == "throw";
  {
    const std::lock_guard lock(mutex_);
    last_ = std::move(request);
    if (later) later_.push_back(respond);
    arrived_.notify_all();
  }
  if (fails) throw std::runtime_error("a handler's mistake");
  if (!later) respond(std::move(response));
}

HttpRequest EchoHttp::last() const {
  const std::lock_guard lock(mutex_);
  return last_;
}

Respond EchoHttp::take_later() {
  std::unique_lock lock(mutex_);
  if (!arrived_.wait_for(lock, patience, [this] { return !later_.empty(); })) return {};
  Respond out = std::move(later_.back());
  later_.pop_back();
  return out;
}

void WsProbe::on_message(std::string payload) {
  peer_->send(std::make_shared<const std::string>(std::move(payload)));
}

void WsProbe::on_drained() {
  const std::lock_guard lock(mutex_);
  drained_ = true;
  changed_.notify_all();
}

void WsProbe::on_close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  ++closes_;
  changed_.notify_all();
}

bool WsProbe::wait_for(const bool& flag) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, patience, [&flag] { return flag; });
}

bool WsProbe::wait_for_drained() {
  return wait_for(drained_);
}
bool WsProbe::wait_for_close() {
  return wait_for(closed_);
}

int WsProbe::closes() const {
  const std::lock_guard lock(mutex_);
  return closes_;
}

Result<std::shared_ptr<WsHandler>> ProbeAcceptor::accept(WsUpgrade upgrade,
                                                         std::shared_ptr<WsPeer> peer) {
  if (upgrade.authorization == "Bearer bad") {
    return fail(ErrorCode::unauthorized, "no such token");
  }
  auto probe = std::make_shared<WsProbe>(std::move(peer), std::move(upgrade));
  const std::lock_guard lock(mutex_);
  probes_.push_back(probe);
  accepted_.notify_all();
  return probe;
}

std::shared_ptr<WsProbe> ProbeAcceptor::probe(std::size_t index) {
  std::unique_lock lock(mutex_);
  accepted_.wait_for(lock, patience, [&] { return probes_.size() > index; });
  return probes_.size() > index ? probes_[index] : nullptr;
}

TestServer::TestServer(ListenerOptions options) : listener(std::move(options), http, &acceptor) {
  const auto started = listener.start();
  EXPECT_TRUE(started) << started.error().message;
}

std::string TestServer::url(std::string_view scheme) const {
  return std::string(scheme) + "://127.0.0.1:" + std::to_string(port()) + "/ws";
}

}  // namespace studiosync::server::testing
