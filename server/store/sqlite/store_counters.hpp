// The numbers behind StoreStats; every thread of the store adds to them.
#pragma once

#include <atomic>
#include <cstdint>

namespace studiosync::server {

struct StoreCounters {
  std::atomic<std::uint64_t> commits{0};
  std::atomic<std::uint64_t> jobs{0};
  std::atomic<std::uint64_t> rows_written{0};
  std::atomic<std::uint64_t> rows_read{0};
  std::atomic<std::uint64_t> bytes_written{0};
};

}  // namespace studiosync::server
