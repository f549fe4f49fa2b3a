#include "e2e/crash/fault_sweep.hpp"

#include <limits>

#include "e2e/crash/fault_check.hpp"

namespace studiosync::e2e {

namespace {

constexpr std::size_t violations_max = 20;

// The run itself is only to be followed.
SweepOptions quiet(const FaultSweepOptions& options) {
  SweepOptions quiet;
  quiet.side = options.side;
  quiet.seed = options.seed;
  quiet.stride = std::numeric_limits<std::size_t>::max();
  return quiet;
}

class FaultSweep {
 public:
  explicit FaultSweep(const FaultSweepOptions& options) : options_(options), run_(quiet(options)) {}

  SweepReport run() {
    Result<> done = run_.open();
    for (std::size_t step = 0; done && step < options_.steps && !full(); ++step) {
      const bool visited = step % options_.visit_every == 0;
      Random unused(1);
      const SimulatedDisk before =
          visited ? run_.disk().after_crash(CrashMode::kept, unused) : SimulatedDisk();
      done = run_.step();
      (void)run_.take_points();
      if (done && visited) visit(step, before);
      if (done) ++report_.steps;
    }
    if (!done) report_.violations.push_back(told_without_fault(done.error()));
    report_.state = run_.states().empty() ? 0 : run_.states().back().whole;
    return std::move(report_);
  }

 private:
  static std::string told_without_fault(const Error& error) {
    return "without any fault: " + error.message;
  }
  bool full() const noexcept { return report_.violations.size() >= violations_max; }

  void visit(std::size_t step, const SimulatedDisk& before) {
    ++report_.visited;
    if (run_.tasks() > 1) ++report_.groups;
    for (const StoreFault fault : store_faults) {
      if (options_.fault && fault != *options_.fault) continue;
      for (const bool lasting : {false, true}) {
        for (const bool opening : {false, true}) {
          fail_each_call({fault, lasting, opening, step}, before);
        }
      }
    }
  }

  void fail_each_call(FaultPoint point, const SimulatedDisk& before) {
    // Another one first for each step, so that a stride does not leave out the same calls always.
    for (point.call = point.step % options_.stride; !full(); point.call += options_.stride) {
      const FaultFinding finding = check_fault(run_, before, point);
      if (finding.wrong) report_.violations.push_back(line_of(point, *finding.wrong));
      if (!finding.fired) return;
      ++report_.points;
    }
  }

  std::string line_of(const FaultPoint& point, const std::string& wrong) const {
    std::string line = options_.side == CrashSide::server ? "server" : "device";
    line.append(" seed ").append(std::to_string(options_.seed)).append(", ");
    line.append(to_string(point.fault)).append(point.lasting ? " from call " : " at call ");
    line.append(std::to_string(point.call)).append(point.opening ? " of opening before" : " of");
    line.append(" step ").append(std::to_string(point.step));
    return line.append(": ").append(wrong);
  }

  const FaultSweepOptions options_;
  WorkloadRun run_;
  SweepReport report_;
};

}  // namespace

std::string_view to_string(StoreFault fault) noexcept {
  switch (fault) {
    case StoreFault::io_error:
      return "io-error";
    case StoreFault::disk_full:
      return "disk-full";
    case StoreFault::busy:
      return "busy";
    case StoreFault::no_memory:
      return "no-memory";
  }
  return "";
}

std::optional<StoreFault> store_fault_from(std::string_view name) noexcept {
  for (const StoreFault fault : store_faults) {
    if (to_string(fault) == name) return fault;
  }
  return std::nullopt;
}

SweepReport sweep_faults(const FaultSweepOptions& options) {
  return FaultSweep(options).run();
}

}  // namespace studiosync::e2e
