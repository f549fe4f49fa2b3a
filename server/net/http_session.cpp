#include "server/net/http_session.hpp"

#include <exception>
#include <utility>

#include "server/net/responder.hpp"
#include "server/net/upgrade.hpp"
#include "server/net/ws_session.hpp"

namespace studiosync::server {
namespace {

// A body must make this much progress within each header_timeout.
constexpr std::size_t progress_bytes = 64U << 10;
constexpr int request_timeout_status = 408;

std::string forwarded_for(const HttpRequest& request) {
  std::string out;
  for (const auto& [name, value] : request.headers) {
    if (name == "x-forwarded-for") out.append(out.empty() ? "" : ",").append(value);
  }
  return out;
}

}  // namespace

HttpSession::HttpSession(Connection& connection, const Services& services)
    : connection_(connection), services_(services) {}

void HttpSession::on_open() {
  wait_for_request();
}

void HttpSession::on_bytes(std::string_view bytes) {
  input_.append(bytes);
  advance();
}

void HttpSession::advance() {
  while (state_ == State::reading) {
    if (!parser_ && !begin_request()) return wait_for_request();
    switch (parser_->consume(input_)) {
      case RequestParser::Progress::need_more:
        return wait_for_rest();
      case RequestParser::Progress::refused:
        return refuse(parser_->refusal());
      case RequestParser::Progress::complete:
        dispatch();
        return;
    }
  }
}

// RFC 9112 section 2.2: empty lines before a request line are ignored.
bool HttpSession::begin_request() {
  input_.erase(0, input_.find_first_not_of("\r\n"));
  if (input_.empty()) return false;
  parser_ = std::make_unique<RequestParser>(
      [this](const HttpRequest& head) { return services_.http.admit(head); });
  body_mark_ = 0;
  connection_.set_deadline(services_.options.header_timeout);
  return true;
}

void HttpSession::wait_for_request() {
  if (services_.draining) return connection_.cut();
  std::string().swap(input_);  // an idle connection keeps no buffer
  connection_.set_deadline(served_before_ ? services_.options.idle_timeout
                                          : services_.options.header_timeout);
  connection_.read();
}

void HttpSession::wait_for_rest() {
  if (parser_->head_complete()) {
    const std::size_t received = parser_->body_bytes();
    if (body_mark_ == 0 && parser_->wants_continue()) {
      connection_.write("HTTP/1.1 100 Continue\r\n\r\n");
      connection_.flush();
    }
    if (received >= body_mark_) {
      body_mark_ = received + progress_bytes;
      connection_.set_deadline(services_.options.header_timeout);
    }
  }
  connection_.read();
}

void HttpSession::on_deadline() {
  if (state_ != State::reading || !parser_) return connection_.cut();
  refuse(error_answer({.code = ErrorCode::timeout, .message = "the request came too slowly"},
                      request_timeout_status));
}

void HttpSession::refuse(HttpResponse refusal) {
  answer_to_ = parser_->answer_to();
  answer_to_.keep_alive = false;  // where the next request begins is not known
  answer(std::move(refusal));
}

void HttpSession::dispatch() {
  answer_to_ = parser_->answer_to();
  const bool wants_websocket = parser_->wants_websocket();
  HttpRequest request = parser_->take_request();
  request.client_address =
      services_.proxies.client_address(connection_.peer(), forwarded_for(request));
  state_ = State::handling;
  connection_.clear_deadline();
  if (wants_websocket) return upgrade(std::move(request));
  // HEAD is GET without the body (RFC 9110 section 9.3.2), for every route.
  if (answer_to_.head_only) request.method = "GET";
  const Respond respond = make_respond(connection_, *this);
  try {
    services_.http.handle(std::move(request), respond);
  } catch (const std::exception&) {
    respond(error_answer({.code = ErrorCode::server_error, .message = "internal error"}));
  }
}

void HttpSession::upgrade(HttpRequest request) {
  if (services_.draining) {  // a channel that opens now would not be told to go
    return answer(error_answer({.code = ErrorCode::service_unavailable,
                                .message = "the server stops",
                                .retry_after_ms = 1000}));
  }
  auto offer = check_upgrade(request);
  if (!offer) return answer(std::move(offer).error());
  if (!services_.acceptor || request.path != ws_path) {
    return answer(error_answer({.code = ErrorCode::not_found, .message = "no WebSocket here"}));
  }
  const auto& options = services_.options;
  const auto channel = std::make_shared<WsChannel>(connection_.io(), connection_.weak_from_this(),
                                                   options.send_queue_bytes_max);
  auto handler = services_.acceptor->accept(std::move(offer->upgrade), channel);
  if (!handler) {
    channel->detach();
    return answer(error_answer(handler.error()));
  }
  auto session = std::make_unique<WsSession>(
      connection_,
      WsTimeouts{options.idle_timeout, options.ping_interval, options.handshake_timeout}, channel,
      std::move(*handler), offer->opcode);
  WsSession& websocket = *session;
  const std::string leftover = std::exchange(input_, {});
  connection_.replace_session(std::move(session));
  websocket.open(offer->key, offer->subprotocol, leftover);
}

void HttpSession::answer(HttpResponse response) {
  if (services_.draining) answer_to_.keep_alive = false;
  state_ = State::writing;
  parser_.reset();
  served_before_ = true;
  WireAnswer wire = to_wire(std::move(response), answer_to_);
  connection_.write(std::move(wire.head), std::move(wire.body));
  connection_.set_deadline(services_.options.header_timeout);
  connection_.flush();
}

void HttpSession::on_written(std::size_t) {
  if (state_ != State::writing) return;
  if (!connection_.all_written()) {
    return connection_.set_deadline(services_.options.header_timeout);
  }
  if (!answer_to_.keep_alive) return connection_.finish(services_.options.handshake_timeout);
  state_ = State::reading;
  advance();
}

void HttpSession::on_shutdown() {
  if (state_ == State::reading && !parser_) connection_.cut();
}

}  // namespace studiosync::server
