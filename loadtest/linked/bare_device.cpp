#include "loadtest/linked/bare_device.hpp"

#include "core/protocol/codec.hpp"

namespace studiosync::load {
namespace {

constexpr std::string_view upgrade =
    "GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    "Sec-WebSocket-Protocol: sync.v1.json\r\n\r\n";

// RFC 6455 section 5.2: a masked text frame of up to 65,535 bytes, with the mask that changes
// nothing.
std::string masked_frame(std::string_view payload) {
  std::string frame{'\x81', '\xFE'};
  frame += static_cast<char>(payload.size() >> 8);
  frame += static_cast<char>(payload.size() & 0xFFU);
  return frame.append(4, '\0').append(payload);
}

template <class Id>
Id numbered(std::uint64_t high, std::uint64_t low) {
  Id id;
  for (std::size_t i = 0; i < 8; ++i) {
    id.bytes[i] = static_cast<std::uint8_t>(high >> (56 - 8 * i));
    id.bytes[8 + i] = static_cast<std::uint8_t>(low >> (56 - 8 * i));
  }
  return id;
}

}  // namespace

void BareDevice::attach(MemoryStream& stream) {
  stream_ = &stream;
  stream.give(upgrade);
}

void BareDevice::greet(std::uint64_t user, std::uint64_t number) {
  Hello hello;
  hello.token = std::to_string(user);
  hello.device.value = "device-" + std::to_string(number);
  hello.device_name = hello.device.value;
  hello.replica = numbered<ReplicaId>(1, number);
  send({"hello", std::move(hello)});
}

void BareDevice::push(std::uint64_t number, WallTime now) {
  PushChange change;
  change.change = numbered<ChangeId>(number, ++pushes_);
  change.device_seq = {pushes_};
  change.type = EntityType::saved_query;
  change.item_id = "query-" + std::to_string(number) + "-" + std::to_string(pushes_);
  change.data = Json::object().set("name", "Orders of a day").set("query", std::string(360, ' '));
  change.stamp = Stamp::at(now);
  send({"push", Push{.now = now, .changes = {std::move(change)}}});
}

void BareDevice::send(Frame frame) {
  stream_->give(masked_frame(encode(frame, Encoding::json)));
}

}  // namespace studiosync::load
