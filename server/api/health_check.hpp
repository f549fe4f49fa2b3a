// Whether the server can do its work: a probe of the store, at most one a second however many ask.
// Thread-safe; check() may block.
#pragma once

#include <functional>
#include <mutex>

#include "core/base/result.hpp"
#include "core/base/time.hpp"

namespace studiosync::server {

class HealthCheck {
 public:
  // `probe` reaches the disk and comes back. Both must be callable from any thread.
  HealthCheck(std::function<Result<>()> probe, std::function<WallTime()> now);

  // The last probe's outcome, after a new one when that is older than a second. While another
  // thread probes, the last outcome; an error when that takes longer than five seconds.
  Result<> check();

  // From now on not ready: the server is about to stop.
  void drain();
  bool draining() const;

 private:
  Result<> begin(WallTime now, bool& mine);

  const std::function<Result<>()> probe_;
  const std::function<WallTime()> now_;
  mutable std::mutex mutex_;  // guards what follows; never held while probing
  Result<> last_;
  WallTime begun_{-1'000'000};
  bool probing_ = false;
  bool draining_ = false;
};

}  // namespace studiosync::server
