#include "e2e/crash/sweep.hpp"

#include "e2e/crash/crash_check.hpp"
#include "e2e/crash/unsafe_store.hpp"
#include "e2e/crash/workload_run.hpp"

namespace studiosync::e2e {

namespace {

constexpr std::size_t violations_max = 20;

class CrashSweep {
 public:
  explicit CrashSweep(const SweepOptions& options) : options_(options), run_(options) {
    if (options.planted == PlantedUnsafety::synchronous_off) unsafe_.emplace();
  }

  SweepReport run() {
    if (advance(std::nullopt)) {
      for (std::size_t step = 0; step < options_.steps && !full(); ++step) {
        if (!advance(step)) break;
      }
    }
    report_.moments = run_.moments();
    report_.steps = run_.states().empty() ? 0 : run_.states().size() - 1;
    if (!run_.states().empty()) report_.state = run_.states().back().whole;
    return std::move(report_);
  }

 private:
  struct Fine {
    SimulatedDisk disk;
    std::optional<std::size_t> step;
  };

  bool full() const noexcept { return report_.violations.size() >= violations_max; }

  // Opens the store, or runs a step; then visits the points met on the way.
  bool advance(std::optional<std::size_t> step) {
    const Result<> done = step ? run_.step() : run_.open();
    if (!done) {
      report_.violations.push_back("without any crash: " + done.error().message);
      return false;
    }
    for (const CrashPoint& point : run_.take_points()) {
      if (!full()) visit(point, step);
    }
    return true;
  }

  // The one before, in the same step and fine, left the same disk.
  bool known(const CrashPoint& point, std::optional<std::size_t> step) const {
    return point.mode == CrashMode::dropped && last_fine_ && last_fine_->step == step &&
           point.disk.as_safe_as(last_fine_->disk);
  }

  void visit(const CrashPoint& point, std::optional<std::size_t> step) {
    ++report_.points;
    if (known(point, step)) return;
    ++report_.disks;
    last_fine_.reset();
    const auto wrong = check_crash(run_, point, step, options_.seed);
    if (!wrong && point.mode == CrashMode::dropped) last_fine_.emplace(point.disk, step);
    if (!wrong) return;
    std::string line = options_.side == CrashSide::server ? "server" : "device";
    line.append(" seed ").append(std::to_string(options_.seed));
    line.append(", crash at moment ").append(std::to_string(point.moment));
    line.append(" (before ").append(point.operation).append("), mode ");
    line.append(to_string(point.mode)).append(step ? ", in step " : ", while opening");
    if (step) line.append(std::to_string(*step));
    report_.violations.push_back(line.append(": ").append(*wrong));
  }

  const SweepOptions options_;
  std::optional<UnsafeStore> unsafe_;
  WorkloadRun run_;
  SweepReport report_;
  std::optional<Fine> last_fine_;
};

}  // namespace

SweepReport sweep_crashes(const SweepOptions& options) {
  return CrashSweep(options).run();
}

}  // namespace studiosync::e2e
