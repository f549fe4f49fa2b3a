// The device's end of the HTTP API: one blocking request at a time, over libcurl.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/base/json.hpp"
#include "core/base/result.hpp"
#include "core/base/time.hpp"

namespace studiosync::client {

struct HttpReply {
  int status = 0;
  Json body;         // null where the answer was no JSON
  std::string text;  // the answer then
};

// Keeps its connection open between requests. Not thread-safe.
class HttpClient {
 public:
  // `base` is the server's URL, `http://host:port` or https. `ca_file` empty: the system's.
  explicit HttpClient(std::string base, std::string ca_file = {}, Millis timeout = {30'000});
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  // `bad_request` for a URL that is none. An answer of 400 and above is an Error with the server's
  // code, message, path and Retry-After; without an answer connection_refused, timeout or
  // network_error (Effect::maybe once bytes were sent).
  Result<HttpReply> request(const std::string& method, const std::string& path,
                            const Json* body = nullptr, const std::string& bearer = {});

  const std::string& base() const noexcept { return base_; }

 private:
  struct Handle;
  std::string base_;
  std::string ca_file_;
  Millis timeout_;
  std::unique_ptr<Handle> handle_;
};

// `http://host:1/…` → `ws://host:1/ws`, https → wss. `bad_request` for anything else, and for an
// address with a login (`http://name:password@host`).
Result<std::string> push_channel_url(const std::string& base);

}  // namespace studiosync::client
