// A link through real WebSocket framing on both ends (the products' own codecs), whose bytes arrive
// in pieces that know nothing of frames.
#include <utility>

#include "client/ws/ws_client_codec.hpp"
#include "core/base/limits.hpp"
#include "e2e/sim/link.hpp"
#include "server/net/ws_codec.hpp"

namespace studiosync::e2e {
namespace {

constexpr std::string_view head_end = "\r\n\r\n";
constexpr std::string_view key_field = "Sec-WebSocket-Key: ";

client::WsClientOptions client_options(const LinkSetup& setup) {
  return {.url = "ws://127.0.0.1/ws", .subprotocol = setup.upgrade.subprotocol};
}

server::WsOpcode opcode_of(const LinkSetup& setup) {
  return setup.upgrade.subprotocol.ends_with(".cbor") ? server::WsOpcode::binary
                                                      : server::WsOpcode::text;
}

class ByteLink final : public Link {
 public:
  explicit ByteLink(LinkSetup setup)
      : Link(std::move(setup)),
        pieces_(this->setup().seed + 1),
        client_(client_end_, client_options(this->setup())),
        server_(server_end_, limits::request_bytes_max) {}

 private:
  void connected() override { client_.start(); }

  void device_sends(const std::string& payload) override { client_.send(payload); }
  void server_sends(const std::string& payload) override {
    if (!server_.is_open()) return;
    in_order(LinkWay::down, server::ws_frame_header(opcode_of(setup()), payload.size()) + payload);
  }
  void server_closes(std::uint16_t code, const std::string& reason) override {
    if (!server_.close(code, reason)) transmit_end(LinkWay::down);
  }
  Error broken() const override { return client_.result(); }
  bool in_pieces() const override { return true; }

  // Two pieces, divided anywhere.
  void in_order(LinkWay way, std::string bytes) {
    const std::size_t first = pieces_.below(bytes.size());
    if (first > 0) transmit(way, bytes.substr(0, first));
    transmit(way, bytes.substr(first));
  }

  void bytes_arrived(LinkWay way, const std::string& bytes) override {
    if (way == LinkWay::down) {
      client_ended_ = !client_.feed(bytes) || client_ended_;
      if (client_ended_) end_client();
    } else if (!upgraded_) {
      read_head(bytes);
    } else {
      feed_server(bytes);
    }
  }

  void end_arrived(LinkWay way) override {
    if (way == LinkWay::up) return end_server();
    client_.eof();
    end_client();
  }

  // What server/net's HTTP session does with an upgrade that it accepts.
  void read_head(const std::string& bytes) {
    head_ += bytes;
    const auto end = head_.find(head_end);
    if (end == std::string::npos) return;
    const auto key = head_.find(key_field) + key_field.size();
    upgraded_ = true;
    if (!accept_device()) {
      end_server();
      return transmit_end(LinkWay::down);
    }
    server_.open(head_.substr(key, head_.find("\r\n", key) - key), setup().upgrade.subprotocol);
    const std::string rest = head_.substr(end + head_end.size());
    if (!rest.empty()) feed_server(rest);
  }

  void feed_server(const std::string& bytes) {
    server_ended_ = !server_.feed(bytes) || server_ended_;
    if (!server_ended_) return;
    end_server();
    transmit_end(LinkWay::down);
  }

  void end_client() {
    end_device(client_.result());
    transmit_end(LinkWay::up);
  }

  // The codecs' events have the same names.
  struct ClientEnd final : client::WsClientCodec::Events {
    explicit ClientEnd(ByteLink& of) : link(of) {}
    void on_codec_open() override { link.open_device(); }
    void on_codec_bytes(std::string bytes) override {
      link.in_order(LinkWay::up, std::move(bytes));
    }
    void on_codec_message(std::string payload) override {
      link.message_arrived(LinkWay::down, std::move(payload));
    }
    void on_codec_end() override { link.client_ended_ = true; }
    ByteLink& link;
  };
  struct ServerEnd final : server::WsCodec::Events {
    explicit ServerEnd(ByteLink& of) : link(of) {}
    void on_codec_bytes(std::string bytes) override {
      link.in_order(LinkWay::down, std::move(bytes));
    }
    void on_codec_message(std::string payload, server::WsOpcode) override {
      link.message_arrived(LinkWay::up, std::move(payload));
    }
    void on_codec_end() override { link.server_ended_ = true; }
    ByteLink& link;
  };

  Random pieces_;
  ClientEnd client_end_{*this};
  ServerEnd server_end_{*this};
  client::WsClientCodec client_;
  server::WsCodec server_;
  std::string head_;
  bool upgraded_ = false;
  bool client_ended_ = false;
  bool server_ended_ = false;
};

}  // namespace

std::unique_ptr<Link> make_byte_link(LinkSetup setup) {
  return std::make_unique<ByteLink>(std::move(setup));
}

}  // namespace studiosync::e2e
