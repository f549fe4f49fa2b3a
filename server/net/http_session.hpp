// HTTP/1.1 on one connection: requests in order, one in flight; a WebSocket upgrade replaces it.
#pragma once

#include <memory>
#include <string>

#include "server/net/connection.hpp"
#include "server/net/http_parse.hpp"
#include "server/net/services.hpp"
#include "server/net/session.hpp"

namespace studiosync::server {

class HttpSession final : public Session {
 public:
  HttpSession(Connection& connection, const Services& services);

  void on_open() override;
  void on_bytes(std::string_view bytes) override;
  void on_written(std::size_t bytes) override;
  void on_deadline() override;
  void on_shutdown() override;
  void on_end() override {}

  // The handler's answer to the request in flight; once per request, on this thread.
  void answer(HttpResponse response);

 private:
  enum class State : std::uint8_t { reading, handling, writing };

  void advance();
  bool begin_request();
  void wait_for_request();
  void wait_for_rest();
  void refuse(HttpResponse refusal);
  void dispatch();
  void upgrade(HttpRequest request);

  Connection& connection_;
  const Services& services_;
  State state_ = State::reading;
  std::string input_;                      // received and not consumed
  std::unique_ptr<RequestParser> parser_;  // from a request's first byte to its answer
  AnswerTo answer_to_;
  std::size_t body_mark_ = 0;  // body bytes at which the deadline moves on
  bool served_before_ = false;
};

}  // namespace studiosync::server
