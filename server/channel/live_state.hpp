// Whether a device may be sent rows, or is behind and must pull. Pure; guarded by its channel.
#pragma once

#include <cstddef>

#include "core/base/ids.hpp"

namespace studiosync::server {

class LiveState {
 public:
  enum class Offer : unsigned char {
    rows,    // send them
    hint,    // send one `changed`; rows start again after a pull
    nothing  // a hint is out already
  };

  // A commit up to `to`, with `queued` bytes waiting for the device and at most `queued_max`
  // allowed.
  Offer offer(Seq to, std::size_t queued, std::size_t queued_max) noexcept;

  // The device has been answered everything up to `to`. False: more was committed meanwhile, and a
  // hint is due; true: rows follow from here.
  bool caught_up(Seq to) noexcept;

  Seq head() const noexcept { return head_; }

 private:
  bool live_ = false;
  bool hinted_ = true;  // before hello nothing is due
  Seq head_;            // the newest commit that the device was offered or answered
};

}  // namespace studiosync::server
