// A shard's write-ahead log: how much of it is reserved, and when it is copied back. Apart from who
// commits, so that bare SQLite can be measured under the same terms.
#pragma once

#include <cstdint>

#include "core/base/result.hpp"
#include "sqlite/database.hpp"
#include "sqlite/log_growth.hpp"

namespace studiosync::server {

// See sqlite::OpenOptions. What a server under load writes between two checkpoints is 14 MiB.
inline constexpr std::int64_t log_reserve_under_load_bytes = 16 << 20;

// Of one connection's life, which writes with checkpoint_pages == 0. Not thread-safe.
class LogUpkeep {
 public:
  // Copies the log back when enough came to it; earlier when `idle`, nobody waiting. After a
  // failure the log still has everything.
  Result<> copy_back(sqlite::Database& db, bool idle);

 private:
  sqlite::LogGrowth growth_;
};

}  // namespace studiosync::server
