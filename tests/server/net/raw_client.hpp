// A socket that says exactly what a test wants, and never waits for ever.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace studiosync::server::testing {

struct RawResponse {
  int status = 0;
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
};

struct RawFrame {
  int opcode = 0;
  std::string payload;
  int close_code() const;
};

class RawClient {
 public:
  // `receive_buffer_bytes` 0 keeps the system's.
  explicit RawClient(std::uint16_t port, int receive_buffer_bytes = 0);
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  void send(std::string_view bytes);
  void send_byte_by_byte(std::string_view bytes);
  void send_end();  // half-closes

  // Nothing at the end of the connection or when it takes too long. `head_only`: the answer to
  // HEAD.
  std::optional<RawResponse> response(bool head_only = false);
  std::optional<RawFrame> frame();
  // Everything up to the server's end; nothing when the server does not end.
  std::optional<std::string> read_to_end();
  // What was received and not taken yet.
  const std::string& buffered() const { return buffer_; }

 private:
  bool fill();
  bool have(std::size_t bytes);

  int fd_ = -1;
  std::string buffer_;
};

// A request head with the given lines behind Host; ends with the empty line.
std::string request_head(std::string_view start_line, std::string_view more_lines = "");
std::string upgrade_head(std::string_view subprotocol = "sync.v1.json",
                         std::string_view more_lines = "");
// As a client sends it: masked.
std::string client_frame(int opcode, std::string_view payload);

}  // namespace studiosync::server::testing
