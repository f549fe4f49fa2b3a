#include "server/channel/unanswered.hpp"

namespace studiosync::server {

bool Unanswered::room() const {
  const std::lock_guard lock(mutex_);
  return below_max();
}

void Unanswered::add(const Load& load) {
  const std::lock_guard lock(mutex_);
  load_.requests += load.requests;
  load_.changes += load.changes;
  load_.bytes += load.bytes;
}

bool Unanswered::remove(const Load& load) {
  const std::lock_guard lock(mutex_);
  const bool before = below_max();
  load_.requests -= load.requests;
  load_.changes -= load.changes;
  load_.bytes -= load.bytes;
  return !before && below_max();
}

bool Unanswered::below_max() const noexcept {
  return load_.requests < load_max.requests && load_.changes < load_max.changes &&
         load_.bytes < load_max.bytes;
}

}  // namespace studiosync::server
