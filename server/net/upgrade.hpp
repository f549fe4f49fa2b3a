// The checks of a WebSocket upgrade request (RFC 6455 section 4.2.1) and the choice of a
// subprotocol.
#pragma once

#include <string>
#include <string_view>

#include "server/net/http_types.hpp"
#include "server/net/ws_codec.hpp"
#include "server/net/ws_types.hpp"

namespace studiosync::server {

inline constexpr std::string_view ws_path = "/ws";

struct UpgradeOffer {
  std::string key;
  std::string subprotocol;
  WsOpcode opcode = WsOpcode::text;
  WsUpgrade upgrade;  // what the acceptor decides about
};

// The first subprotocol of the client's list that we speak; the error is the HTTP answer.
tl::expected<UpgradeOffer, HttpResponse> check_upgrade(const HttpRequest& request);

}  // namespace studiosync::server
