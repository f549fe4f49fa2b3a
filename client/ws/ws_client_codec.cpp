#include "client/ws/ws_client_codec.hpp"

#include <openssl/rand.h>

#include <bit>
#include <utility>
#include <websocketpp/client.hpp>
#include <websocketpp/concurrency/none.hpp>
#include <websocketpp/config/core.hpp>
#include <websocketpp/logger/stub.hpp>
#include <websocketpp/uri.hpp>

#include "client/ws/close_error.hpp"
#include "client/ws/ws_url.hpp"
#include "core/base/check.hpp"
#include "core/ws/frame_cutter.hpp"
#include "core/ws/mask.hpp"

namespace studiosync::client {
namespace {

namespace wspp = websocketpp;

// RFC 6455 section 5.3: masks must not be predictable.
struct MaskSource {
  std::uint32_t operator()() const {
    std::uint32_t mask = 0;
    SS_CHECK(RAND_bytes(reinterpret_cast<unsigned char*>(&mask), sizeof mask) == 1);
    return mask;
  }
};

struct ClientConfig : wspp::config::core {
  // One thread a connection: no locks. Nothing is logged here.
  using concurrency_type = wspp::concurrency::none;
  using elog_type = wspp::log::stub;
  using alog_type = wspp::log::stub;
  using rng_type = MaskSource;
  // A load test holds tens of thousands of idle devices in one process.
  static constexpr std::size_t connection_read_buffer_size = 1024;

  // The transport looks its types up here, not in the enclosing class.
  struct transport_config : wspp::config::core::transport_config {
    using concurrency_type = ClientConfig::concurrency_type;
    using elog_type = ClientConfig::elog_type;
    using alog_type = ClientConfig::alog_type;
  };
  using transport_type = wspp::transport::iostream::endpoint<transport_config>;
};

class Endpoint : public wspp::client<ClientConfig> {
 public:
  Endpoint() {
    set_secure(true);  // TLS is ours; without this wss:// is refused
    set_user_agent("studiosync");
  }
};

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

Endpoint::connection_ptr make_connection(const WsClientOptions& options) {
  wspp::lib::error_code error;
  auto connection = endpoint().get_connection(options.url, error);
  SS_CHECK(!error);
  connection->set_max_message_size(options.message_bytes_max);
  connection->add_subprotocol(options.subprotocol, error);
  SS_CHECK(!error);
  if (!options.authorization.empty()) {
    connection->append_header("Authorization", options.authorization);
  }
  return connection;
}

}  // namespace

Result<WsUrl> parse_ws_url(const std::string& url) {
  const wspp::uri parsed(url);
  const bool known = parsed.get_scheme() == "ws" || parsed.get_scheme() == "wss";
  if (!parsed.get_valid() || !known || parsed.get_host().empty()) {
    return fail(ErrorCode::bad_request, "no WebSocket address");
  }
  return WsUrl{
      .secure = parsed.get_secure(), .host = parsed.get_host(), .port = parsed.get_port_str()};
}

struct WsClientCodec::Impl final : FrameCutter::Sink {
  Events* events;  // null once the owner is being destroyed
  const wspp::frame::opcode::value opcode;
  Endpoint::connection_ptr connection;
  bool opened = false;
  FrameCutter cutter;

  Impl(Events& listener, const WsClientOptions& options)
      : events(&listener),
        opcode(options.subprotocol.ends_with(".cbor") ? wspp::frame::opcode::binary
                                                      : wspp::frame::opcode::text),
        connection(make_connection(options)),
        cutter(*this, Masking::none, options.message_bytes_max) {
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
    connection->set_open_handler([this](wspp::connection_hdl) {
      opened = true;
      if (events) events->on_codec_open();
    });
    connection->set_message_handler([this](wspp::connection_hdl, Endpoint::message_ptr message) {
      if (events) events->on_codec_message(std::move(message->get_raw_payload()));
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
    if (events) events->on_codec_message(std::move(payload));
  }
  bool takes_messages() const override {
    return connection->get_state() == wspp::session::state::open;
  }

  Error refusal() const {
    const int status = connection->get_response_code();
    if (status != 0 && status != wspp::http::status_code::switching_protocols) {
      return refused_upgrade(status, connection->get_response_header("Retry-After"));
    }
    return {.code = ErrorCode::network_error, .message = "the upgrade failed"};
  }
};

WsClientCodec::WsClientCodec(Events& events, const WsClientOptions& options)
    : impl_(std::make_unique<Impl>(events, options)) {}
WsClientCodec::~WsClientCodec() = default;

void WsClientCodec::start() {
  endpoint().connect(impl_->connection);
}

bool WsClientCodec::feed(std::string_view bytes) {
  return impl_->cutter.feed(bytes);
}

void WsClientCodec::eof() {
  impl_->connection->eof();
}

// Framed here: the connection's own way looks at each byte of a text by itself. Refused only when
// the connection is closing, which on_close tells anyhow.
void WsClientCodec::send(const std::string& message) {
  const std::uint32_t mask = MaskSource()();
  const wspp::frame::basic_header begin(impl_->opcode, message.size(), true, true);
  const wspp::frame::extended_header rest(message.size(), mask);
  const auto frame = impl_->connection->get_message(impl_->opcode, message.size());
  frame->set_header(wspp::frame::prepare_header(begin, rest));
  frame->set_payload(message);
  apply_mask(frame->get_raw_payload(), std::bit_cast<MaskKey>(mask));
  frame->set_prepared(true);
  impl_->connection->send(frame);
}

void WsClientCodec::close() {
  wspp::lib::error_code closing_already;
  impl_->connection->close(wspp::close::status::normal, "", closing_already);
}

bool WsClientCodec::is_open() const {
  return impl_->takes_messages();
}

bool WsClientCodec::is_closing() const {
  return impl_->connection->get_state() == wspp::session::state::closing;
}

Error WsClientCodec::result() const {
  if (!impl_->opened) return impl_->refusal();
  const auto remote = impl_->connection->get_remote_close_code();
  if (remote != wspp::close::status::abnormal_close) {
    return closed_with(remote, impl_->connection->get_remote_close_reason());
  }
  const auto local = impl_->connection->get_local_close_code();
  if (local == wspp::close::status::message_too_big) return closed_with(local, "");
  return {.code = ErrorCode::network_error, .message = "the connection was lost"};
}

}  // namespace studiosync::client
