// Requests and answers without sockets, so that routes can be tested without them.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace studiosync::server {

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
  virtual void handle(HttpRequest request, Respond respond) = 0;
};

}  // namespace studiosync::server
