// The socket's side of a channel, without a socket: keeps what a device would have received.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/protocol/codec.hpp"
#include "server/net/ws_types.hpp"

namespace studiosync::server {

class FakePeer final : public WsPeer {
 public:
  explicit FakePeer(Encoding encoding) : encoding_(encoding) {}

  void send(std::shared_ptr<const std::string> payload) override {
    if (before_send) std::exchange(before_send, nullptr)();
    auto frame = decode(*payload, encoding_);
    EXPECT_TRUE(frame) << *payload;
    if (frame) frames.push_back(std::move(*frame));
  }
  std::size_t queued_bytes() const noexcept override { return queued; }
  void resume() override { ++resumed; }
  void close(std::uint16_t code, std::string reason) override {
    if (close_code == 0) close_code = code;  // a second close of a real socket does nothing
    close_reason = std::move(reason);
  }

  // The frames of one kind, in order.
  template <class Message>
  std::vector<Message> all() const {
    std::vector<Message> found;
    for (const Frame& frame : frames) {
      if (const auto* body = std::get_if<Message>(&frame.body)) found.push_back(*body);
    }
    return found;
  }
  // The newest frame, which must be of this kind.
  template <class Message>
  Message last() const {
    const Message* body = frames.empty() ? nullptr : std::get_if<Message>(&frames.back().body);
    EXPECT_NE(body, nullptr) << frames.size() << " frames";
    return body == nullptr ? Message{} : *body;
  }
  // The error code of the newest frame; empty when that is no error.
  std::string last_error() const {
    const auto* body = frames.empty() ? nullptr : std::get_if<ErrorFrame>(&frames.back().body);
    return body == nullptr ? std::string() : std::string(to_string(body->error.code));
  }

  std::vector<Frame> frames;
  std::size_t queued = 0;  // what a slow reader has not taken
  int resumed = 0;         // how often the channel said that it takes messages again
  std::uint16_t close_code = 0;
  std::string close_reason;
  std::function<void()> before_send;  // once; what happens at the same moment on another thread

 private:
  const Encoding encoding_;
};

}  // namespace studiosync::server
