#include "server/channel/live_state.hpp"

#include <algorithm>
#include <utility>

namespace studiosync::server {

LiveState::Offer LiveState::offer(Seq to, std::size_t queued, std::size_t queued_max) noexcept {
  head_ = std::max(head_, to);
  if (live_ && queued <= queued_max) return Offer::rows;
  live_ = false;
  return std::exchange(hinted_, true) ? Offer::nothing : Offer::hint;
}

bool LiveState::caught_up(Seq to) noexcept {
  // Rows that overtook a page were sent after everything before them: the device is not behind.
  live_ = live_ || head_ <= to;
  head_ = std::max(head_, to);
  hinted_ = !live_;
  return live_;
}

}  // namespace studiosync::server
