// The server's disk as a simulated one with the product's SQLite store on it.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "e2e/sim/faulty_disk.hpp"
#include "e2e/sim/sim_store.hpp"
#include "e2e/sim/storage.hpp"

namespace studiosync::e2e {

// A crash may come in the middle of a commit, which is then on the disk or not. A start finds room
// on a full disk: a process that could not begin would be started again until it can.
class SqliteServerStorage final : public ServerStorage {
 public:
  explicit SqliteServerStorage(StorageContext context);

  server::Store& open() override;
  void crash() override;
  void close() override;
  void backup() override;
  bool restore() override;
  void set_full(bool full) override { disk_.full = full; }
  void fail_commits(std::int64_t count) override { commits_to_fail_ = count; }
  std::vector<ArchiveRow> archive(server::UserRef user) const override;

 private:
  struct Backup {
    SimulatedDisk disk;
    CommitWatch watch;
  };

  std::unique_ptr<server::Store> open_durable();
  std::vector<Result<>> commit(std::vector<SimStore::Write> group);
  void prepare_failure(std::vector<SimStore::Write>& group);

  StorageContext context_;
  Random random_;
  Random faults_;
  FaultyDisk disk_;
  CommitWatch watch_;
  std::int64_t commits_to_fail_ = 0;
  std::optional<Backup> backup_;
  std::function<void()> commit_step_;  // what the open store has to commit, if anything
  std::unique_ptr<server::Store> durable_;
  std::optional<SimStore> store_;
};

}  // namespace studiosync::e2e
