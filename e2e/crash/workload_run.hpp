// One run of the workload on a disk that nothing befalls, with the moments at which something
// could.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "e2e/crash/crash_point.hpp"
#include "e2e/crash/state_mark.hpp"
#include "e2e/crash/sweep.hpp"
#include "e2e/disk/disk_vfs.hpp"

namespace studiosync::e2e {

// Not thread-safe.
class WorkloadRun {
 public:
  explicit WorkloadRun(const SweepOptions& options);
  ~WorkloadRun() { vfs_.power_off(); }
  WorkloadRun(const WorkloadRun&) = delete;
  WorkloadRun& operator=(const WorkloadRun&) = delete;

  // Opens the store; afterwards state 0 is known.
  Result<> open();
  // Runs the next step; afterwards the state behind it is known.
  Result<> step();

  // The points met since this was asked last.
  std::vector<CrashPoint> take_points() { return std::exchange(points_, {}); }
  // How many tasks the last step was made of.
  std::size_t tasks() const noexcept { return tasks_; }
  // By the number of steps done.
  const std::vector<StateMark>& states() const noexcept { return states_; }
  // The earliest state that a loss of power may leave when `steps` are acknowledged.
  std::size_t earliest_after_power_loss(std::size_t steps) const;
  std::size_t moments() const noexcept { return moments_; }
  const SimulatedDisk& disk() const noexcept { return disk_; }
  const CrashSubject& subject() const noexcept { return *subject_; }

 private:
  void note(const DiskOperation& operation);
  Result<> note_state();

  const SweepOptions options_;
  SimulatedDisk disk_;
  DiskVfs vfs_;
  std::unique_ptr<CrashSubject> subject_;
  std::optional<StateReader> reader_;
  std::size_t moments_ = 0;
  std::size_t tasks_ = 0;
  std::vector<CrashPoint> points_;
  std::vector<StateMark> states_;
};

}  // namespace studiosync::e2e
