// A server's store whose disk takes time: a write is executed and answered when its virtual flush
// ends, in groups, as a group commit does. What waits when the process dies is gone.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "core/base/random.hpp"
#include "e2e/sim/scheduler.hpp"
#include "server/store/memory/memory_store.hpp"

namespace studiosync::e2e {

// What the disk does to commits; set from outside at any time.
struct DiskFaults {
  bool full = false;
  std::int64_t commits_to_fail = 0;
};

class SimStore final : public server::Store {
 public:
  // As StorageContext::committed.
  using Committed = std::function<void(server::UserRef, const Record&, bool pushed)>;

  // `scheduler` and `faults` outlive the store; `committed` hears of each row before the answers.
  SimStore(Scheduler& scheduler, const server::MemoryStoreOptions& options,
           server::MemoryImage image, DiskFaults& faults, Committed committed, Random random);

  void write(server::UserRef user, Job job, Done done) override;
  Result<> read(server::UserRef user, const std::function<void(UserReader&)>& read) override;
  std::uint32_t shards() const override { return durable_.shards(); }
  Epoch epoch(std::uint32_t shard) const override { return durable_.epoch(shard); }
  server::StoreStats stats() const override;
  Result<> probe() override { return {}; }
  // Commits what waits at once.
  void stop() override;

  // What a crash now leaves.
  const server::MemoryImage& durable() const noexcept { return durable_.image(); }

 private:
  struct Waiting {
    server::UserRef user;
    Job job;
    Done done;
  };

  void begin_flush();
  void end_flush();
  Result<> commit_one(const Waiting& waiting);
  Result<> disk_error();
  // How far each replica's stream has come.
  std::map<ReplicaId, ReplicaMark> marks_of(server::UserRef user) const;

  Scheduler& scheduler_;
  server::MemoryStore durable_;
  DiskFaults& faults_;
  const Committed committed_;
  Random random_;
  std::vector<Waiting> waiting_;  // for the next group
  std::vector<Waiting> group_;    // being flushed
  bool flushing_ = false;
  bool stopped_ = false;
  std::shared_ptr<bool> alive_;  // false for tasks that outlive the store
};

}  // namespace studiosync::e2e
