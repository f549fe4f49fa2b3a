// A connection after its upgrade: frames, pings, time-outs, the close handshake.
#pragma once

#include <list>
#include <memory>
#include <string>
#include <string_view>

#include "server/net/connection.hpp"
#include "server/net/session.hpp"
#include "server/net/ws_channel.hpp"
#include "server/net/ws_codec.hpp"
#include "server/net/ws_types.hpp"

namespace studiosync::server {

struct WsTimeouts {
  Millis idle;
  Millis ping_interval;
  Millis close;
};

class WsSession final : public Session, private WsCodec::Events {
 public:
  WsSession(Connection& connection, WsTimeouts timeouts, std::shared_ptr<WsChannel> channel,
            std::shared_ptr<WsHandler> handler, WsOpcode opcode);

  // Answers the upgrade; `leftover` are the bytes that came behind its head.
  void open(std::string_view key, std::string_view subprotocol, std::string_view leftover);

  void on_open() override {}
  void on_bytes(std::string_view bytes) override;
  void on_written(std::size_t bytes) override;
  void on_deadline() override;
  void on_wake() override;
  void on_shutdown() override;
  void on_end() override { tell_closed(); }

 private:
  void on_codec_bytes(std::string bytes) override;
  void on_codec_message(std::string payload, WsOpcode opcode) override;
  void on_codec_end() override { codec_ended_ = true; }

  void send_payload(std::shared_ptr<const std::string> payload);
  void begin_close(std::uint16_t code, std::string_view reason);
  void give_up_on_slow_reader();
  // To the handler, as far as it takes them.
  void hand_over();
  // Whether it lets messages wait.
  bool held() const;
  void flush_or_finish();
  void read_on();
  void wait_until_next_tick(Connection::Clock::time_point now);
  void tell_closed();

  Connection& connection_;
  const WsTimeouts timeouts_;
  const std::shared_ptr<WsChannel> channel_;
  std::shared_ptr<WsHandler> handler_;  // null after on_close
  WsCodec codec_;
  const WsOpcode opcode_;
  // What one read brought beyond what the handler takes; a list holds nothing while it is empty.
  std::list<std::string> waiting_;
  bool data_queued_ = false;
  bool closing_ = false;
  bool codec_ended_ = false;
  Connection::Clock::time_point last_bytes_;
  Connection::Clock::time_point next_ping_;
};

}  // namespace studiosync::server
