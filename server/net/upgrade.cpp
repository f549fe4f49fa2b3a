#include "server/net/upgrade.hpp"

#include <algorithm>
#include <utility>

#include "server/net/http_write.hpp"

namespace studiosync::server {
namespace {

constexpr int upgrade_required_status = 426;
constexpr std::string_view json_subprotocol = "sync.v1.json";
constexpr std::string_view cbor_subprotocol = "sync.v1.cbor";

HttpResponse refusal(std::string message) {
  return error_answer({.code = ErrorCode::bad_request, .message = std::move(message)});
}

HttpResponse wrong_version() {
  auto answer =
      error_answer({.code = ErrorCode::bad_request, .message = "WebSocket version 13 only"},
                   upgrade_required_status);
  answer.headers.emplace_back("Sec-WebSocket-Version", "13");
  return answer;
}

// 16 bytes in base64 are 22 characters and two signs of padding.
bool valid_key(std::string_view key) {
  const auto base64 = [](unsigned char c) { return std::isalnum(c) || c == '+' || c == '/'; };
  return key.size() == 24 && key.ends_with("==") && std::ranges::all_of(key.substr(0, 22), base64);
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

// The header may come several times, each with a list.
std::string choose_subprotocol(const Headers& headers) {
  for (const auto& [name, value] : headers) {
    if (name != "sec-websocket-protocol") continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      const std::string_view entry = rest.substr(0, rest.find(','));
      rest.remove_prefix(std::min(entry.size() + 1, rest.size()));
      const std::string_view wanted = trimmed(entry);
      if (wanted == json_subprotocol || wanted == cbor_subprotocol) return std::string(wanted);
    }
  }
  return {};
}

}  // namespace

tl::expected<UpgradeOffer, HttpResponse> check_upgrade(const HttpRequest& request) {
  if (request.header("sec-websocket-version") != "13") return tl::unexpected(wrong_version());
  const std::string_view key = request.header("sec-websocket-key");
  if (!valid_key(key)) return tl::unexpected(refusal("malformed Sec-WebSocket-Key"));
  if (!request.body.empty()) return tl::unexpected(refusal("an upgrade has no body"));
  std::string subprotocol = choose_subprotocol(request.headers);
  if (subprotocol.empty()) {
    return tl::unexpected(refusal("a subprotocol is needed: sync.v1.json or sync.v1.cbor"));
  }
  return UpgradeOffer{.key = std::string(key),
                      .subprotocol = subprotocol,
                      .opcode = subprotocol == cbor_subprotocol ? WsOpcode::binary : WsOpcode::text,
                      .upgrade = {.subprotocol = subprotocol,
                                  .authorization = std::string(request.header("authorization")),
                                  .origin = std::string(request.header("origin")),
                                  .client_address = request.client_address}};
}

}  // namespace studiosync::server
