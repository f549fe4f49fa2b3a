// The server's disk as values in memory.
#pragma once

#include <optional>

#include "e2e/sim/sim_store.hpp"
#include "e2e/sim/storage.hpp"

namespace studiosync::e2e {

class MemoryServerStorage final : public ServerStorage {
 public:
  explicit MemoryServerStorage(StorageContext context);

  server::Store& open() override;
  void crash() override;
  void close() override;
  void backup() override;
  bool restore() override;
  void set_full(bool full) override { faults_.full = full; }
  void fail_commits(std::int64_t count) override { faults_.commits_to_fail = count; }
  std::vector<ArchiveRow> archive(server::UserRef user) const override;

 private:
  const server::MemoryImage& image() const;

  StorageContext context_;
  Random random_;
  DiskFaults faults_;
  server::MemoryImage image_;  // while no store is open
  std::optional<server::MemoryImage> backup_;
  std::optional<SimStore> store_;
};

}  // namespace studiosync::e2e
