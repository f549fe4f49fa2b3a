// What one thread of the generator has seen, by intervals of the measurement.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/sync/engine_types.hpp"
#include "loadtest/fleet/clock.hpp"
#include "loadtest/results.hpp"

namespace studiosync::load {

struct Recorded {
  std::vector<Interval> intervals;
  Late late;
};

// Not thread-safe. Outside a measurement nothing is kept.
class Recorder {
 public:
  // From `begin`; what was kept before is gone. What happens later than `length` after it, until
  // `finish`, is late.
  void start(Moment begin, std::chrono::seconds length, std::chrono::seconds interval);
  // Ends the measurement and hands over what was kept.
  Recorded finish();
  bool measuring() const noexcept { return !intervals_.empty(); }

  // An operation that was meant to begin before or after the measured time does not count.
  void time(Timing timing, Moment intended, Moment end);
  // Each counts 1 (or `n`) where it happens.
  void count(std::uint64_t Counts::*what, Moment now, std::uint64_t n = 1);
  void count_error(ErrorCode code, Moment now);
  // A device's link went from one state to another.
  void moved(LinkState from, LinkState to);
  // A device in that state came, or one that was in it is gone.
  void added(LinkState state) { ++links_[static_cast<std::size_t>(state)]; }
  void removed(LinkState state) { --links_[static_cast<std::size_t>(state)]; }
  // Notes the links' states at the end of the interval before `now`.
  void sample_links(Moment now);

  // For the live view: the latest whole interval (empty outside a measurement), the counts so far,
  // and the links' states in an interval without anything else.
  Interval latest(Moment now) const;
  // How long that one is, or has lasted where the first is not over.
  double latest_seconds(Moment now) const;
  Counts so_far() const;
  Interval links() const;

 private:
  std::size_t index_at(Moment moment) const;
  Interval& at(Moment moment) { return intervals_[index_at(moment)]; }
  Counts& counts_at(Moment now) { return now < end_ ? at(now).counts : late_.counts; }

  Moment begin_;
  Moment end_;
  std::chrono::seconds interval_{1};
  std::vector<Interval> intervals_;
  Late late_;
  std::array<std::uint32_t, 7> links_{};  // devices by LinkState
};

}  // namespace studiosync::load
