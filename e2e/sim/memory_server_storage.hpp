// The server's disk as values in memory.
#pragma once

#include <optional>

#include "e2e/sim/sim_store.hpp"
#include "e2e/sim/storage.hpp"
#include "server/store/memory/memory_store.hpp"

namespace studiosync::e2e {

class MemoryServerStorage final : public ServerStorage {
 public:
  explicit MemoryServerStorage(StorageContext context);

  server::Store& open() override;
  void crash() override;
  void close() override;
  void backup() override;
  bool restore() override;
  void set_full(bool full) override { full_ = full; }
  void fail_commits(std::int64_t count) override { commits_to_fail_ = count; }
  std::vector<ArchiveRow> archive(server::UserRef user) const override;

 private:
  const server::MemoryImage& image() const;
  std::vector<Result<>> commit(const std::vector<SimStore::Write>& group);
  Result<> disk_error();

  StorageContext context_;
  Random random_;
  CommitWatch watch_;
  bool full_ = false;
  std::int64_t commits_to_fail_ = 0;
  server::MemoryImage image_;  // while no store is open
  std::optional<server::MemoryImage> backup_;
  std::optional<server::MemoryStore> durable_;
  std::optional<SimStore> store_;
};

}  // namespace studiosync::e2e
