// The server's durable store: K shards, each with one writer thread that commits many users' jobs
// in one transaction (group commit), and readers that never wait for it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "core/sync/user_log.hpp"

namespace studiosync::server {

// Where a user's log is. Stored with the account, never computed from the number of shards.
struct UserRef {
  std::uint32_t shard = 0;
  UserId number;  // within the shard, from 1
  friend auto operator<=>(const UserRef&, const UserRef&) = default;
};

struct StoreStats {
  std::uint64_t commits = 0;
  std::uint64_t jobs = 0;
  std::uint64_t rows_written = 0;
  std::uint64_t rows_read = 0;
  std::uint64_t bytes_written = 0;
  std::size_t queued_jobs = 0;
};

class Store {
 public:
  // Run once at most.
  using Job = std::function<void(UserTxn&)>;
  // Called on the shard's writer thread after the group's commit is on the disk, in the order of
  // the jobs; or with an error, when nothing of the job is stored. Must neither block nor throw.
  using Done = std::function<void(Result<>)>;

  virtual ~Store() = default;

  // Any thread. Jobs of a shard run one after another in the order of the calls, each under its own
  // savepoint: one that fails (UserTxn::error) is undone alone. `service_unavailable` at once when
  // the queue is full.
  virtual void write(UserRef user, Job job, Done done) = 0;

  // Any thread; blocks for the read only. `read` sees one moment: everything whose Done was called,
  // at least.
  virtual Result<> read(UserRef user, const std::function<void(UserReader&)>& read) = 0;

  virtual std::uint32_t shards() const = 0;
  // Of this server start, or drawn since: what is written after a failed commit has another one.
  virtual Epoch epoch(std::uint32_t shard) const = 0;
  virtual StoreStats stats() const = 0;
  // A read and a write reach the disk, and it takes more after one that failed; for /readyz.
  virtual Result<> probe() = 0;
  // Commits what is queued, then ends the threads. Later writes are refused.
  virtual void stop() = 0;
};

}  // namespace studiosync::server
