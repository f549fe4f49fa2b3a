#include "server/net/ws_codec.hpp"

#include <utility>
#include <websocketpp/concurrency/none.hpp>
#include <websocketpp/config/core.hpp>
#include <websocketpp/logger/stub.hpp>
#include <websocketpp/server.hpp>

#include "core/ws/frame_cutter.hpp"

namespace studiosync::server {
namespace {

namespace wspp = websocketpp;

struct CodecConfig : wspp::config::core {
  // One thread a connection: no locks. Nothing is logged here.
  using concurrency_type = wspp::concurrency::none;
  using elog_type = wspp::log::stub;
  using alog_type = wspp::log::stub;
  // 20.9 kB of heap an idle connection with the default, 5.6 kB with this.
  static constexpr std::size_t connection_read_buffer_size = 1024;

  // The transport looks its types up here, not in the enclosing class.
  struct transport_config : wspp::config::core::transport_config {
    using concurrency_type = CodecConfig::concurrency_type;
    using elog_type = CodecConfig::elog_type;
    using alog_type = CodecConfig::alog_type;
  };
  using transport_type = wspp::transport::iostream::endpoint<transport_config>;
};

using Endpoint = wspp::server<CodecConfig>;

// Only read after its construction, so all threads may share it.
Endpoint& endpoint() {
  static Endpoint instance;
  return instance;
}

std::string joined(const std::vector<wspp::transport::buffer>& buffers) {
  std::string out;
  for (const auto& buffer : buffers) out.append(buffer.buf, buffer.len);
  return out;
}

WsOpcode opcode_of(wspp::frame::opcode::value opcode) {
  return opcode == wspp::frame::opcode::text ? WsOpcode::text : WsOpcode::binary;
}

// A close frame carries 123 bytes of reason; a cut inside a character would not be UTF-8.
std::string close_reason(std::string_view reason) {
  std::size_t bytes = std::min<std::size_t>(reason.size(), 123);
  const auto continues = [&](std::size_t at) {
    return at < reason.size() && (static_cast<unsigned char>(reason[at]) & 0xC0U) == 0x80U;
  };
  while (bytes > 0 && continues(bytes)) --bytes;
  return std::string(reason.substr(0, bytes));
}

}  // namespace

struct WsCodec::Impl final : FrameCutter::Sink {
  Events* events;  // null once the owner is being destroyed
  Endpoint::connection_ptr connection;
  FrameCutter cutter;

  Impl(Events& listener, std::size_t message_bytes_max)
      : events(&listener),
        connection(endpoint().get_connection()),
        cutter(*this, Masking::masked, message_bytes_max) {
    connection->set_max_message_size(message_bytes_max);
    connection->set_write_handler([this](wspp::connection_hdl, const char* data, std::size_t size) {
      if (events) events->on_codec_bytes(std::string(data, size));
      return wspp::lib::error_code();
    });
    connection->set_vector_write_handler(
        [this](wspp::connection_hdl, const std::vector<wspp::transport::buffer>& buffers) {
          if (events) events->on_codec_bytes(joined(buffers));
          return wspp::lib::error_code();
        });
    connection->set_shutdown_handler([this](wspp::connection_hdl) {
      if (events) events->on_codec_end();
      return wspp::lib::error_code();
    });
    connection->set_message_handler([this](wspp::connection_hdl, Endpoint::message_ptr message) {
      if (!events) return;
      events->on_codec_message(std::move(message->get_raw_payload()),
                               opcode_of(message->get_opcode()));
    });
  }

  // A pending read of the handshake holds its own connection: the end of the input releases it.
  ~Impl() override {
    events = nullptr;
    connection->eof();
  }

  bool on_other_bytes(std::string_view bytes) override {
    return connection->read_all(bytes.data(), bytes.size()) == bytes.size();
  }
  void on_whole_text(std::string payload) override {
    if (events) events->on_codec_message(std::move(payload), WsOpcode::text);
  }
  bool takes_messages() const override {
    return connection->get_state() == wspp::session::state::open;
  }
};

WsCodec::WsCodec(Events& events, std::size_t message_bytes_max)
    : impl_(std::make_unique<Impl>(events, message_bytes_max)) {}
WsCodec::~WsCodec() = default;

// websocketpp sees a head of ours instead of the client's: nothing odd in a header can reach its
// parser, no extension is offered, and it keeps the head for the connection's whole life.
void WsCodec::open(std::string_view key, std::string_view subprotocol) {
  impl_->connection->set_validate_handler([this, chosen = std::string(subprotocol)](auto) {
    wspp::lib::error_code error;
    impl_->connection->select_subprotocol(chosen, error);
    return !error;
  });
  impl_->connection->start();
  std::string head = "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n";
  head += "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ";
  head.append(key).append("\r\nSec-WebSocket-Protocol: ").append(subprotocol).append("\r\n\r\n");
  feed(head);
}

bool WsCodec::feed(std::string_view bytes) {
  return impl_->cutter.feed(bytes);
}

bool WsCodec::is_open() const {
  return impl_->takes_messages();
}

void WsCodec::ping() {
  wspp::lib::error_code closing_already;
  impl_->connection->ping("", closing_already);
}

void WsCodec::limit_messages(std::size_t bytes_max) {
  impl_->cutter.limit_messages(bytes_max);
  impl_->connection->set_max_message_size(bytes_max);
}

bool WsCodec::close(std::uint16_t code, std::string_view reason) {
  wspp::lib::error_code error;
  impl_->connection->close(code, close_reason(reason), error);
  return !error;
}

std::string ws_frame_header(WsOpcode opcode, std::size_t payload_bytes) {
  using namespace wspp::frame;
  const auto code = opcode == WsOpcode::text ? opcode::text : opcode::binary;
  return prepare_header(basic_header(code, payload_bytes, true, false),
                        extended_header(payload_bytes));
}

}  // namespace studiosync::server
