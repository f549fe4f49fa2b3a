// The store without a disk: for unit tests of the logic above it and for the simulation.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "server/store/memory/memory_image.hpp"
#include "server/store/store.hpp"

namespace studiosync::server {

struct MemoryStoreOptions {
  std::uint32_t shards = 1;
  std::function<CommitTime()> clock;
  std::function<std::uint64_t()> entropy;
};

// Deterministic and single-threaded: write() runs the job and calls `done` before it returns.
class MemoryStore final : public Store {
 public:
  // A server start on what `image` holds; draws new epochs.
  explicit MemoryStore(const MemoryStoreOptions& options, MemoryImage image = {});

  void write(UserRef user, Job job, Done done) override;
  Result<> read(UserRef user, const std::function<void(UserReader&)>& read) override;
  std::uint32_t shards() const override { return static_cast<std::uint32_t>(epochs_.size()); }
  Epoch epoch(std::uint32_t shard) const override { return epochs_.at(shard); }
  StoreStats stats() const override { return stats_; }
  Result<> probe() override { return {}; }
  void stop() override { stopped_ = true; }

  // What follows a commit that failed on a disk: see SqliteStore's shards, which begin one, too.
  void begin_epoch(std::uint32_t shard) { epochs_.at(shard) = new_epoch(); }

  // What a restart or a restored backup begins with, and what checkers look into.
  const MemoryImage& image() const noexcept { return image_; }

 private:
  Epoch new_epoch() const;

  const std::function<CommitTime()> clock_;
  const std::function<std::uint64_t()> entropy_;
  std::vector<Epoch> epochs_;
  MemoryImage image_;
  StoreStats stats_;
  bool stopped_ = false;
};

}  // namespace studiosync::server
