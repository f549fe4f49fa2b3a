// A server's store whose disk takes time: a write is executed and answered when its virtual flush
// ends, in groups, as a group commit does. What waits when the process dies is gone.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

#include "core/base/random.hpp"
#include "e2e/sim/commit_watch.hpp"
#include "e2e/sim/scheduler.hpp"
#include "server/store/store.hpp"

namespace studiosync::e2e {

class SimStore final : public server::Store {
 public:
  struct Write {
    server::UserRef user;
    Job job;
  };
  // Writes a group to the store below, and returns what became of each when all is on its disk.
  using Commit = std::function<std::vector<Result<>>(std::vector<Write>)>;

  // `scheduler`, `below` and `watch` outlive the store. `watch` hears of each row before the
  // answers.
  SimStore(Scheduler& scheduler, server::Store& below, Commit commit, CommitWatch& watch,
           Random random);

  void write(server::UserRef user, Job job, Done done) override;
  Result<> read(server::UserRef user, const std::function<void(UserReader&)>& read) override;
  std::uint32_t shards() const override { return below_.shards(); }
  Epoch epoch(std::uint32_t shard) const override { return below_.epoch(shard); }
  server::StoreStats stats() const override;
  Result<> probe() override { return {}; }
  // Commits what waits at once.
  void stop() override;

  bool flushing() const noexcept { return flushing_; }
  // The process is dying in the middle of the flush: it is done as far as it goes, and nobody is
  // answered. The store's end must follow.
  void flush_unanswered();

 private:
  struct Waiting {
    server::UserRef user;
    Job job;
    Done done;
  };

  void begin_flush();
  void end_flush();
  // What each job of the group writes goes to `written`.
  std::vector<Result<>> commit(const std::vector<Waiting>& group, std::vector<Written>& written);

  Scheduler& scheduler_;
  server::Store& below_;
  const Commit commit_;
  CommitWatch& watch_;
  Random random_;
  std::vector<Waiting> waiting_;  // for the next group
  std::vector<Waiting> group_;    // being flushed
  bool flushing_ = false;
  bool stopped_ = false;
  std::shared_ptr<bool> alive_;  // false for tasks that outlive the store
};

}  // namespace studiosync::e2e
