// What goes into the client engine and what comes out of it: values only.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/protocol/message.hpp"
#include "core/sync/device_store.hpp"
#include "core/sync/outbox.hpp"

namespace studiosync {

enum class LinkState : std::uint8_t {
  stopped,     // by the user; nothing happens until start
  waiting,     // no connection; a timer runs
  connecting,  // the transport is opening one
  greeting,    // open; hello is out
  recovering,  // welcomed, but first reconciles with a restored server, or resyncs
  live,        // welcomed: pushes, pulls, listens
  halted,      // needs a person: login, another account's database, a revoked device, a sweep
};
std::string_view to_string(LinkState state) noexcept;

// Counts connections, so that a late event of an old one cannot touch the next.
struct Connection {
  std::uint64_t number = 0;
  bool operator==(const Connection&) const = default;
};

// Every knob, with its default and reason.
struct EngineOptions {
  Millis pull_interval{60'000};    // the fallback, should a hint be lost
  Millis request_timeout{30'000};  // an answer later than this is as good as none
  Millis backoff_first{100};
  Millis backoff_largest{30'000};
  int failures_until_error = 3;  // then the status says so; attempts go on
  std::size_t batch_first = 50;  // small ones first, so that the first answer is early
  std::size_t batch_largest = 1000;
  std::size_t batch_bytes = 1U << 20;
  std::size_t pushes_in_flight_max = 4;
  std::uint32_t page_rows = 1000;
  Millis digest_interval{24LL * 3600 * 1000};  // all records are compared with the server's
};

// Something that the host shows to the user, or acts upon.
struct Notice {
  enum class Kind : std::uint8_t {
    state,         // the link's state changed
    changed,       // a record changed from outside
    settled,       // an edit of this device has its answer
    rejected,      // … a refusal for good
    conflict,      // … a conflict, resolved or open
    progress,      // counts moved
    token_needed,  // the token is expired or refused: get another one and call token_changed
    failing,       // repeated failures; attempts go on
    digest,        // the answer to ask_digest, or two copies that turned out to differ
    recovery,      // something out of the ordinary; `text` is one of the words below
  };
  Kind kind{};
  RecordKey key{};
  // conflict: its id or the copy's; digest: the device's; recovery: `reset` (the account was
  // emptied; what was here is set aside), `restored` (the server was), `resync`, or `asks` (it
  // would remove much: confirm_sweep goes on).
  std::string text{};
  std::optional<Settled> settled{};
  std::optional<Error> error{};
  std::string server_text{};  // digest: the server's
  bool equal = false;         // digest: both sides are the same
};

// What the host has to do, in this order.
struct Effects {
  bool disconnect = false;
  std::optional<Connection> connect;  // open a connection and report under this number
  std::vector<Frame> send;
  std::optional<WallTime> wake_at;  // call timer() then; replaces what was said before
  std::vector<Notice> notices;
};

struct EngineStatus {
  LinkState state = LinkState::stopped;
  bool synced = false;  // nothing unsynced here, everything up to the known head applied
  bool failing = false;
  QueueCounts counts;
  Cursor cursor;
  Cursor head;  // as last heard
  std::optional<Error> last_error;
  int attempts = 0;
  Recovery recovery = Recovery::none;
};

}  // namespace studiosync
