// hello → welcome, reauth → reauthed: who is on the connection, and since when it knows what.
#include <algorithm>

#include "core/base/limits.hpp"
#include "core/protocol/frames.hpp"
#include "core/protocol/wire.hpp"

namespace studiosync {
namespace {

// Versions of the protocol are small; a larger number is as unknown as this one.
constexpr std::uint64_t protocol_max = 1000;

}  // namespace

void write_members(const Hello& hello, Json& frame) {
  write_if("token", hello.token, frame);
  frame.set("device_id", hello.device.value);
  frame.set("device_name", hello.device_name);
  frame.set("replica_id", to_string(hello.replica));
  frame.set("acked", mark_json(hello.acked));
  frame.set("frozen", mark_json(hello.frozen));
  frame.set("cursor", to_string(hello.cursor));
  frame.set("epochs", epochs_json(hello.epochs));
  frame.set("now", to_rfc3339(hello.now));
  frame.set("protocol", hello.protocol);
}

Message read_hello(const ObjectReader& in) {
  Hello hello{.token = in.text_or_empty("token"),
              .device = {in.text("device_id", limits::id_bytes_max)},
              .device_name = in.text_or_empty("device_name", limits::name_bytes_max),
              .replica = in.parsed("replica_id", parse_uuid<ReplicaId>, "a UUID"),
              .acked = read_mark(in, "acked"),
              .frozen = read_mark(in, "frozen"),
              .cursor = read_cursor(in, "cursor"),
              .epochs = read_epochs(in, "epochs"),
              .now = read_time(in, "now"),
              .protocol = static_cast<int>(std::min(in.number_or("protocol", 1), protocol_max))};
  if (hello.device.empty()) in.fail("device_id", "must not be empty");
  // The nil UUID stands for plain HTTP clients, which have no stream of changes.
  if (hello.replica.nil()) in.fail("replica_id", "must not be nil");
  return hello;
}

void write_members(const Welcome& welcome, Json& frame) {
  frame.set("user_id", welcome.user_id);
  frame.set("server_time", to_rfc3339(welcome.server_time));
  frame.set("epoch", epoch_json(welcome.epoch));
  frame.set("epochs", epochs_json(welcome.epochs));
  frame.set("replica", mark_json(welcome.replica));
  frame.set("head", to_string(welcome.head));
  frame.set("floor", seq_json(welcome.floor));
  if (welcome.fork_seq) frame.set("fork_seq", seq_json(*welcome.fork_seq));
  frame.set("token_expires_at", to_rfc3339(welcome.token_expires_at));
}

Message read_welcome(const ObjectReader& in) {
  Welcome welcome{.user_id = in.text("user_id"),
                  .server_time = read_time(in, "server_time"),
                  .epoch = read_epoch(in, "epoch"),
                  .epochs = read_epochs(in, "epochs"),
                  .replica = read_mark(in, "replica"),
                  .head = read_cursor(in, "head"),
                  .floor = in.has("floor") ? read_seq(in, "floor") : Seq{},
                  .fork_seq = std::nullopt,
                  .token_expires_at = read_time(in, "token_expires_at")};
  if (in.has("fork_seq")) welcome.fork_seq = read_seq(in, "fork_seq");
  return welcome;
}

void write_members(const Reauth& reauth, Json& frame) {
  frame.set("token", reauth.token);
}

Message read_reauth(const ObjectReader& in) {
  return Reauth{in.text("token")};
}

void write_members(const Reauthed& reauthed, Json& frame) {
  frame.set("token_expires_at", to_rfc3339(reauthed.token_expires_at));
}

Message read_reauthed(const ObjectReader& in) {
  return Reauthed{read_time(in, "token_expires_at")};
}

}  // namespace studiosync
