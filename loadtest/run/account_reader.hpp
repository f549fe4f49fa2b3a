// All that a server has of one user, read over a connection without an engine.
#pragma once

#include <functional>
#include <memory>

#include "e2e/history/event.hpp"
#include "loadtest/fleet/team.hpp"

namespace studiosync::load {

// On the team's thread.
class AccountReader : public std::enable_shared_from_this<AccountReader> {
 public:
  // In a later turn: every row of the log and every conflict that the server still tells of, or why
  // not all. Of the log's numbers, what a client can know.
  using Done = std::function<void(Result<e2e::ServerState>)>;
  // The references outlive it.
  AccountReader(Team& team, User& user);

  // To be called once.
  void begin(Done done);

 private:
  void pull();
  void received(const std::string& message);
  void take(Changes page);
  void take(const Conflicts& list);
  void end(Result<e2e::ServerState> outcome);

  Team& team_;
  std::unique_ptr<ThinLink> link_;
  Done done_;
  Cursor cursor_;
  e2e::ServerState state_;
};

// Ends a history: what each device of the team that was ever online holds, and the server of each
// user. `failed` is the first reason why something is missing; the caller must not look at it
// before `done`.
void note_ends(Team& team, std::shared_ptr<Result<>> failed, std::function<void()> done);

}  // namespace studiosync::load
