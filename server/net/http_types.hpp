// Requests and answers without sockets, so that routes can be tested without them.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "core/base/limits.hpp"

namespace studiosync::server {

// The body of a request from whom nothing is known yet: a login many times over, and little for
// anybody to have read and held here.
inline constexpr std::size_t open_body_bytes_max = 64U << 10;

using Headers = std::vector<std::pair<std::string, std::string>>;

struct HttpRequest {
  std::string method;          // upper case
  std::string path;            // decoded, without the query
  Headers query;               // decoded
  Headers headers;             // names in lower case
  std::string body;            // at most limits::request_bytes_max
  std::string client_address;  // the peer's, or the forwarded one of a trusted proxy

  // The first value, or empty.
  std::string_view header(std::string_view lower_case_name) const noexcept;
  std::string_view parameter(std::string_view name) const noexcept;
};

// The token in the value of an Authorization header; empty when it holds none (RFC 6750 section
// 2.1; schemes are case-insensitive, RFC 9110 section 11.1).
std::string_view bearer_token(std::string_view authorization) noexcept;

struct HttpResponse {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  Headers headers;  // further ones
};

// Answers a request exactly once, from any thread, at any time; the session may be gone by then.
using Respond = std::function<void(HttpResponse)>;

// Called on an I/O thread; must not block.
class HttpHandler {
 public:
  virtual ~HttpHandler() = default;
  // How long the body may be, or the answer where none of it need be read: decided by the head,
  // before anything of a body is taken that is above open_body_bytes_max or of unknown length.
  virtual tl::expected<std::size_t, HttpResponse> admit(const HttpRequest&) {
    return limits::request_bytes_max;
  }
  virtual void handle(HttpRequest request, Respond respond) = 0;
};

}  // namespace studiosync::server
