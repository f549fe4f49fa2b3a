// One thing that `doctor` looks at, and what came out.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "client/cli/device.hpp"
#include "client/cli/exit_code.hpp"

namespace studiosync::client {

struct Check {
  enum class Level : std::uint8_t { ok, warn, fail };
  std::string name;
  Level level = Level::ok;
  std::string text;
  std::string next;      // what to do about it; empty for `ok`
  int code = exit_fine;  // of `fail`
};
std::string_view to_string(Check::Level level) noexcept;

Check good(std::string name, std::string text);
Check warning(std::string name, std::string text, std::string next);
Check failure(std::string name, std::string text, std::string next, int code);
Check failure(std::string name, const Error& error, std::string next);

// File modes, as they are before anything is opened: opening mends them.
Check check_modes(const Cli& cli);
// The login file, and what it holds.
Check check_login(const Cli& cli);
// A database that cannot be opened, or not be read to its end: in use, or damaged.
Check unopened_store(const Error& error);
Check unread_store(const Error& error);
// The database's integrity; as check_queue and check_lock it needs no server.
Check check_store(SqliteDeviceStore& store);
// What waits for a person.
Check check_queue(SqliteDeviceStore& store);
Check check_lock(const Cli& cli);

// A clock that is `ahead` of the server's (negative: behind). Above 5 minutes the server moves the
// device's stamps.
Check judge_clock(Millis ahead);

// What only the server can tell: reachability, clock, versions, session; a failure ends the list.
std::vector<Check> server_checks(const Cli& cli, const Login& login);
// Whether both sides hold the same, by digest. Goes online, and so syncs; not while edits wait.
Check check_digest(const Cli& cli, const Login& login);

}  // namespace studiosync::client
