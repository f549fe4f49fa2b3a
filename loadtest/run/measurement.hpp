// The measured time of a run on one thread.
#pragma once

#include <memory>
#include <optional>

#include "loadtest/fleet/thread_watch.hpp"
#include "loadtest/scenarios/scenario.hpp"

namespace studiosync::load {

struct MeasurementPlan {
  Shape shape;
  Spacing spacing = Spacing::even;
  Moment begin;
  std::chrono::seconds interval{1};
  double share = 1;  // of the whole rate
  double first = 1;  // as for Arrivals
  std::uint64_t seed = 0;
};

// On the team's thread. Its recorder measures from `begin` on, and goes on measuring afterwards, so
// that late answers count.
class Measurement : public std::enable_shared_from_this<Measurement> {
 public:
  Measurement(Team& team, std::unique_ptr<Scenario> scenario, const MeasurementPlan& plan);

  // Calls `done` at the end of the measured time.
  void run(std::function<void()> done);
  // Calls `done` once all that was started has come to its end.
  void settle(std::function<void()> done);
  // Everything had its time: ends the recording and hands it over.
  Recorded finish();
  // What the thread has had of the processors: `busy` within the measured time, everything else
  // until now. Nothing before that time has begun.
  ThreadUse use();

 private:
  void begun();
  void ended(const std::function<void()>& done);
  void sample_links(std::size_t interval);
  void await_arrivals(Moment until, std::function<void()> done);
  void give_up_arrivals();

  Team& team_;
  const std::unique_ptr<Scenario> scenario_;
  const MeasurementPlan plan_;
  std::unique_ptr<Pump> pump_;
  std::optional<ThreadWatch> watch_;
  double busy_ = 0;
};

}  // namespace studiosync::load
