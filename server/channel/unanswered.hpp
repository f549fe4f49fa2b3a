// What one device has asked of its shard's writer without an answer so far. Bounds what it can have
// queued there: the network brings more than a writer takes, and other users wait behind it.
#pragma once

#include <cstddef>
#include <mutex>

#include "core/base/limits.hpp"

namespace studiosync::server {

// Thread-safe: asked on the connection's thread, answered on writers and workers.
class Unanswered {
 public:
  struct Load {
    std::size_t requests = 0;
    std::size_t changes = 0;
    std::size_t bytes = 0;  // of the frames
  };
  // One request goes beyond them at most: what it holds is known when it is there. A client of ours
  // has four pushes under way.
  static constexpr Load load_max{
      .requests = 64, .changes = limits::unacknowledged_max, .bytes = 4U << 20};

  // Whether one more may be asked.
  bool room() const;
  void add(const Load& load);
  // True when that made room.
  bool remove(const Load& load);

 private:
  bool below_max() const noexcept;

  mutable std::mutex mutex_;  // guards load_: between two counters a wake-up could be lost
  Load load_;
};

}  // namespace studiosync::server
