// A listener on a free port with handlers that a test can look into.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "server/net/listener.hpp"

namespace studiosync::server::testing {

inline constexpr std::chrono::seconds patience{20};

// Answers with what it was asked: `METHOD path body-size`, or what the query asks for:
// `?body=N` a body of N bytes, `?status=N`, `?later` an answer that the test gives, `?throw`.
class EchoHttp final : public HttpHandler {
 public:
  void handle(HttpRequest request, Respond respond) override;

  HttpRequest last() const;
  // Waits for the next `?later` request.
  Respond take_later();

 private:
  mutable std::mutex mutex_;  // tests look in from their own thread
  std::condition_variable arrived_;
  HttpRequest last_;
  std::vector<Respond> later_;
};

// What happened on one WebSocket connection.
class WsProbe final : public WsHandler {
 public:
  WsProbe(std::shared_ptr<WsPeer> peer, WsUpgrade upgrade)
      : peer_(std::move(peer)), upgrade_(std::move(upgrade)) {}

  void on_message(std::string payload) override;
  void on_drained() override;
  void on_close() override;

  WsPeer& peer() { return *peer_; }
  const WsUpgrade& upgrade() const { return upgrade_; }
  bool wait_for_drained();
  bool wait_for_close();
  int closes() const;

 private:
  bool wait_for(const bool& flag);

  const std::shared_ptr<WsPeer> peer_;
  const WsUpgrade upgrade_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool drained_ = false;
  bool closed_ = false;
  int closes_ = 0;
};

// Accepts everything but the token `bad`; echoes messages.
class ProbeAcceptor final : public WsAcceptor {
 public:
  Result<std::shared_ptr<WsHandler>> accept(WsUpgrade upgrade,
                                            std::shared_ptr<WsPeer> peer) override;
  // Waits until so many connections were accepted; null when it takes too long.
  std::shared_ptr<WsProbe> probe(std::size_t index);

 private:
  std::mutex mutex_;
  std::condition_variable accepted_;
  std::vector<std::shared_ptr<WsProbe>> probes_;
};

struct TestServer {
  explicit TestServer(ListenerOptions options = {});

  std::uint16_t port() const { return listener.port(); }
  std::string url(std::string_view scheme = "ws") const;

  EchoHttp http;
  ProbeAcceptor acceptor;
  Listener listener;
};

}  // namespace studiosync::server::testing
