// A run, written down: who takes part, what they do when, which faults hit them, what must hold.
// A person can read and write it; a seed is turned into one before it runs, so that whatever a seed
// does can be shrunk, kept and replayed, in the simulation and against real processes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.hpp"
#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "core/schema/entity_type.hpp"

namespace studiosync::e2e {

struct DeviceSpec {
  std::string name;
  std::string user;
  Millis skew{};            // of its clock against the server's
  bool old_client = false;  // a version that knows fewer fields of each entity
  // Another device, on whose machine this account lives, too: one device id, a database for each.
  // Empty: a machine of its own.
  std::string beside;
  bool operator==(const DeviceSpec&) const = default;
};

// What a step does. Names on file are the enumerators'.
enum class Do : std::uint8_t {
  // The user's, on `device`.
  put,             // type, id, data: fields named are set, null removes one, others stay
  remove,          // type, id
  resolve,         // the oldest open conflict of (type, id); `text` is local, remote or keep_both
  retry_rejected,  // all of them, mass deletes confirmed
  discard_rejected,
  policy,   // type; `text` is the strategy
  confirm,  // goes on after the device asked before removing much
  // The device's.
  online,
  offline,
  crash,  // the process dies; what was not synced to the disk is gone
  start,  // after a crash
  backup,
  restore,  // its newest backup, as a new process
  clone,    // `text` names the new device: the same database, the same identity
  clock,    // `ms`: from now on this far off
  expire_token,
  expire_login,  // the refresh token, too: only a login helps
  login,
  revoke,
  slow,       // `ms`: it reads that late; 0 = at once again
  disk_full,  // writes fail until disk_free
  disk_free,
  // The network's, between `device` and the server; without a device, of all.
  partition,  // `text` is in, out or both: frames that way vanish silently
  heal,
  cut,     // the connection breaks after `number` more bytes; `text` is up or down
  repeat,  // the next push arrives twice, the second time over a new connection
  delay,   // `ms` more, both ways
  // The server's.
  server_crash,
  server_start,
  server_backup,
  server_restore,  // the newest backup; then it starts
  server_drain,    // stops in order and starts again
  server_pause,    // stands still, with its connections open
  server_resume,
  server_disk_full,
  server_disk_free,
  commit_fails,  // the next `number` commits
  quota,         // the server starts anew and takes `number` bytes a user
  expire,        // retention runs, as if `ms` had passed
  reset,         // the user deletes everything, by `device`
  // The run's.
  settle,  // waits until everybody who is online has nothing left to do
  expect,  // see Expectation
};
std::string_view to_string(Do what) noexcept;
std::optional<Do> parse_do(std::string_view name) noexcept;

// What must hold at a point: of what `device` shows, or, without a device, of what the server has.
struct Expectation {
  std::optional<bool> exists;        // of (type, id)
  std::optional<Json> data;          // these fields have these values
  std::optional<std::size_t> count;  // live records of the type
  std::optional<std::size_t> open_conflicts;
  std::optional<std::size_t> rejected;
  std::optional<std::string> link;  // the engine's state
  bool operator==(const Expectation&) const = default;
};

struct Step {
  Millis at;  // after the run's start; steps of one moment happen in their order
  Do what{};
  std::string device;
  EntityType type{};
  std::string id;
  Json data;
  std::string text;
  std::int64_t number = 0;
  Millis ms{};
  std::optional<Expectation> expectation;
  bool operator==(const Step&) const = default;
};

enum class StoreKind : std::uint8_t { memory, sqlite };
enum class LinkKind : std::uint8_t { frames, bytes };  // bytes: through WebSocket framing

struct Scenario {
  std::string name;
  std::string about;       // what a reader should know
  std::uint64_t seed = 1;  // of delays, jitter and ids
  StoreKind store = StoreKind::memory;
  LinkKind link = LinkKind::frames;
  std::vector<DeviceSpec> devices;  // users are those that are named here
  std::vector<Step> steps;          // by `at`
  // Of a scenario that shows a planted bug: which, and the rule that it breaks.
  std::string bug;
  std::string breaks;
  bool operator==(const Scenario&) const = default;
};

// Canonical, indented, one step a line. Reading names the offending path.
std::string to_json_text(const Scenario& scenario);
Result<Scenario> parse_scenario(std::string_view text);

}  // namespace studiosync::e2e
