// Who looks on while a run goes on.
#pragma once

#include <string>
#include <string_view>

#include "loadtest/results.hpp"

namespace studiosync::load {

struct Snapshot {
  std::string phase;
  double seconds = 0;         // since its begin
  double length = 0;          // 0: not known beforehand
  Interval latest;            // of the measurement; and the links' states now
  double latest_seconds = 0;  // how long it was; 0: there was none
  Counts so_far;
  std::size_t records = 0;  // that the server has acknowledged, in all phases
};

// The phase in which users write the records that they have beforehand.
inline constexpr std::string_view filling_phase = "records";
// The phase whose operations are timed.
inline constexpr std::string_view measuring_phase = "measuring";
// The phase in which a run is ready to measure, and waits for others.
inline constexpr std::string_view waiting_at_gate = "waiting";

// On the run's own thread.
class Watcher {
 public:
  virtual ~Watcher() = default;
  virtual void entered(std::string_view phase) = 0;
  // About once a second, and at a phase's end.
  virtual void looked(const Snapshot& snapshot) = 0;
  virtual void counted(std::string_view what, std::size_t done, std::size_t all) = 0;
};

}  // namespace studiosync::load
