// One HTTP/1.1 request out of a stream of bytes (RFC 9112). No socket, no clock.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "server/net/http_types.hpp"
#include "server/net/http_write.hpp"

namespace studiosync::server {

// A head beyond it is refused with 431: cookies and tokens fit many times over.
inline constexpr std::size_t head_bytes_max = 16U << 10;

// Lives for one request. Not thread-safe.
class RequestParser {
 public:
  enum class Progress : std::uint8_t { need_more, complete, refused };
  // As HttpHandler::admit.
  using Admit = std::function<tl::expected<std::size_t, HttpResponse>(const HttpRequest& head)>;

  // Without `admit` every body may have limits::request_bytes_max.
  explicit RequestParser(Admit admit = {});
  ~RequestParser();
  RequestParser(const RequestParser&) = delete;
  RequestParser& operator=(const RequestParser&) = delete;

  // Takes what belongs to this request off the front of `input`; what follows is the next
  // request's. A body that is too long is refused by its announced length, before any of it is
  // read.
  Progress consume(std::string& input);

  bool head_complete() const noexcept;
  std::size_t body_bytes() const noexcept;
  // The client waits for `100 Continue` before it sends the body (RFC 9110 section 10.1.1).
  bool wants_continue() const;
  // Everything but the version, the key and the subprotocol of RFC 6455 section 4.1 is there.
  bool wants_websocket() const;
  AnswerTo answer_to() const;

  // After `complete`, once: the body is moved out. The client's address is left empty.
  HttpRequest take_request();
  // After `refused`.
  HttpResponse refusal() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace studiosync::server
