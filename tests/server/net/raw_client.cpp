#include "tests/server/net/raw_client.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>

namespace studiosync::server::testing {
namespace {

constexpr int patience_ms = 20'000;

std::uint8_t byte_at(const std::string& bytes, std::size_t at) {
  return static_cast<std::uint8_t>(bytes[at]);
}

RawResponse parse_head(std::string_view head) {
  RawResponse out;
  out.status = std::stoi(std::string(head.substr(head.find(' ') + 1, 3)));
  head.remove_prefix(head.find("\r\n") + 2);
  while (!head.empty()) {
    const std::string_view line = head.substr(0, head.find("\r\n"));
    head.remove_prefix(std::min(line.size() + 2, head.size()));
    const std::size_t colon = line.find(": ");
    if (colon == std::string_view::npos) continue;
    std::string name(line.substr(0, colon));
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
    out.headers[name] = line.substr(colon + 2);
  }
  return out;
}

}  // namespace

int RawFrame::close_code() const {
  return payload.size() < 2 ? 0 : byte_at(payload, 0) << 8 | byte_at(payload, 1);
}

RawClient::RawClient(std::uint16_t port, int receive_buffer_bytes)
    : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
  if (receive_buffer_bytes > 0) {
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &receive_buffer_bytes, sizeof receive_buffer_bytes);
  }
  const int one = 1;
  ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
}

RawClient::~RawClient() {
  ::close(fd_);
}

void RawClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;  // the server ended; what it said is still to be read
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

void RawClient::send_byte_by_byte(std::string_view bytes) {
  for (const char c : bytes) send({&c, 1});
}

void RawClient::send_end() {
  ::shutdown(fd_, SHUT_WR);
}

bool RawClient::fill() {
  pollfd waiting{.fd = fd_, .events = POLLIN, .revents = 0};
  if (::poll(&waiting, 1, patience_ms) != 1) {
    ADD_FAILURE() << "the server said nothing in time";
    return false;
  }
  char bytes[65536];
  const auto got = ::recv(fd_, bytes, sizeof bytes, 0);
  if (got <= 0) return false;
  buffer_.append(bytes, static_cast<std::size_t>(got));
  return true;
}

bool RawClient::have(std::size_t bytes) {
  while (buffer_.size() < bytes) {
    if (!fill()) return false;
  }
  return true;
}

std::optional<RawResponse> RawClient::response(bool head_only) {
  std::size_t head = std::string::npos;
  while ((head = buffer_.find("\r\n\r\n")) == std::string::npos) {
    if (!fill()) return std::nullopt;
  }
  RawResponse out = parse_head(std::string_view(buffer_).substr(0, head + 2));
  buffer_.erase(0, head + 4);
  const auto length = out.headers.find("content-length");
  const std::size_t body =
      head_only || length == out.headers.end() ? 0 : std::stoul(length->second);
  if (!have(body)) return std::nullopt;
  out.body = buffer_.substr(0, body);
  buffer_.erase(0, body);
  return out;
}

std::optional<RawFrame> RawClient::frame() {
  if (!have(2)) return std::nullopt;
  std::size_t length = byte_at(buffer_, 1) & 0x7FU;
  const std::size_t extra = length == 126 ? 2 : length == 127 ? 8 : 0;
  if (!have(2 + extra)) return std::nullopt;
  if (extra > 0) length = 0;
  for (std::size_t i = 0; i < extra; ++i) length = length << 8 | byte_at(buffer_, 2 + i);
  if (!have(2 + extra + length)) return std::nullopt;
  RawFrame out{.opcode = byte_at(buffer_, 0) & 0x0F, .payload = buffer_.substr(2 + extra, length)};
  buffer_.erase(0, 2 + extra + length);
  return out;
}

std::optional<std::string> RawClient::read_to_end() {
  for (;;) {
    pollfd waiting{.fd = fd_, .events = POLLIN, .revents = 0};
    if (::poll(&waiting, 1, patience_ms) != 1) return std::nullopt;
    char bytes[65536];
    const auto got = ::recv(fd_, bytes, sizeof bytes, 0);
    if (got <= 0) return buffer_;
    buffer_.append(bytes, static_cast<std::size_t>(got));
  }
}

std::string request_head(std::string_view start_line, std::string_view more_lines) {
  std::string out(start_line);
  return out.append(" HTTP/1.1\r\nHost: test\r\n").append(more_lines).append("\r\n");
}

std::string upgrade_head(std::string_view subprotocol, std::string_view more_lines) {
  std::string lines = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n";
  lines += "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  if (!subprotocol.empty()) {
    lines.append("Sec-WebSocket-Protocol: ").append(subprotocol).append("\r\n");
  }
  return request_head("GET /ws", lines.append(more_lines));
}

std::string client_frame(int opcode, std::string_view payload) {
  constexpr std::string_view mask("\x11\x22\x33\x44");
  std::string out(1, static_cast<char>(0x80 | opcode));
  const std::size_t size = payload.size();
  const int extra = size < 126 ? 0 : size < 65536 ? 2 : 8;
  const auto code = extra == 0 ? size : extra == 2 ? 126U : 127U;
  out += static_cast<char>(0x80U | code);
  for (int i = extra - 1; i >= 0; --i) out += static_cast<char>(size >> (8 * i) & 0xFFU);
  out += mask;
  for (std::size_t i = 0; i < size; ++i) out += static_cast<char>(payload[i] ^ mask[i % 4]);
  return out;
}

}  // namespace studiosync::server::testing
