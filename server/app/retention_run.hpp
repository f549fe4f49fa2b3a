// Once an hour lets go of what is old: of sessions and failed logins, and in the logs of all users.
#pragma once

#include <atomic>
#include <functional>
#include <vector>

#include "server/api/blocking.hpp"
#include "server/api/sync_service.hpp"

namespace studiosync::server {

// A run is cut into small pieces of work, so that nobody waits for it: neither the workers' other
// callers nor a shard's writer.
class RetentionRun {
 public:
  struct Options {
    RetentionRules rules;
    Millis interval{3'600'000};
    std::size_t rows_per_step = 500;
    std::size_t users_per_piece = 50;
  };
  // The users behind one, in an order that does not change; blocks.
  using UsersAfter =
      std::function<Result<std::vector<UserRef>>(UserRef after, std::size_t count_max)>;

  struct Ports {
    UsersAfter users_after;
    std::function<Result<>(WallTime now)> tidy_accounts;  // blocks
    std::function<bool()> clock_trusted;                  // asked again before each user
    RunBlocking run_blocking;
  };

  // All must outlive the run. `run_blocking` refuses once it is stopped; a piece that it has begun
  // must have ended before this object goes.
  RetentionRun(SyncService& sync, Ports ports, Options options);

  // To be called about once a second, from one thread: starts a run when it is time and none is
  // under way.
  void tick(WallTime now);

 private:
  void submit_piece();
  bool run_piece();  // false: the run is over
  void tidy_accounts();
  void tidy(UserRef user);

  SyncService& sync_;
  const Ports ports_;
  const Options options_;
  WallTime next_;                      // of tick()'s thread
  std::atomic<bool> running_ = false;  // then these are the workers', one piece after another
  WallTime begun_;
  UserRef last_;
};

}  // namespace studiosync::server
