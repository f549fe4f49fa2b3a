// The address of a push channel: `ws://host:port/path` or `wss://…`.
#pragma once

#include <string>

#include "core/base/result.hpp"

namespace studiosync::client {

struct WsUrl {
  bool secure = false;
  std::string host;  // an IPv6 address without its brackets
  std::string port;
};

// `bad_request` for anything else.
Result<WsUrl> parse_ws_url(const std::string& url);

}  // namespace studiosync::client
