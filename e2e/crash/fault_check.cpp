#include "e2e/crash/fault_check.hpp"

#include "e2e/crash/store_on_disk.hpp"
#include "e2e/disk/memory_faults.hpp"

namespace studiosync::e2e {

namespace {

DiskFault disk_fault(StoreFault fault) {
  switch (fault) {
    case StoreFault::io_error:
      return DiskFault::io_error;
    case StoreFault::disk_full:
      return DiskFault::full;
    case StoreFault::busy:
      return DiskFault::busy;
    case StoreFault::no_memory:
      break;
  }
  return DiskFault::none;
}

// The point's fault in one store, while it lives.
class ArmedFault {
 public:
  ArmedFault(DiskVfs& vfs, const FaultPoint& point) : vfs_(vfs), point_(point) {
    if (in_memory()) {
      MemoryFaults::fail_after(point.call, point.lasting);
    } else {
      vfs.inject([this, fault = disk_fault(point.fault)](const DiskOperation& operation) {
        return concerns(fault, operation.call) && due() ? fault : DiskFault::none;
      });
    }
  }
  ~ArmedFault() {
    MemoryFaults::disarm();
    vfs_.inject({});
  }
  ArmedFault(const ArmedFault&) = delete;
  ArmedFault& operator=(const ArmedFault&) = delete;

  bool fired() const noexcept { return in_memory() ? MemoryFaults::fired() : fired_; }

 private:
  bool in_memory() const noexcept { return point_.fault == StoreFault::no_memory; }
  bool due() {
    const std::size_t call = calls_++;
    if (call != point_.call && !(point_.lasting && call > point_.call)) return false;
    fired_ = true;
    return true;
  }

  DiskVfs& vfs_;
  const FaultPoint& point_;
  std::size_t calls_ = 0;
  bool fired_ = false;
};

class FaultCheck {
 public:
  FaultCheck(const WorkloadRun& run, const SimulatedDisk& before, const FaultPoint& point)
      : run_(run), point_(point), store_(before, run.subject(), "fault") {}

  FaultFinding run() {
    FaultFinding finding;
    if (!point_.opening) {
      if (const auto opened = store_.open(); !opened)
        return {true, told("does not open", opened.error())};
    }
    Result<> done;
    {
      const ArmedFault armed(store_.vfs(), point_);
      done = point_.opening ? store_.open() : store_.step(point_.step);
      finding.fired = armed.fired();
      if (point_.restarts()) store_.close();  // the fault does not spare the closing
    }
    if (point_.restarts() && !point_.opening) {
      if (const auto opened = store_.open(); !opened)
        return {true, told("does not open after the fault", opened.error())};
    }
    finding.wrong = point_.opening ? judge_opening(done) : judge_step(done);
    return finding;
  }

 private:
  std::uint64_t content_of(std::size_t state) const { return run_.states()[state].content; }

  std::optional<std::string> judge_opening(const Result<>& opened) {
    if (!opened || point_.restarts()) {
      if (const auto again = store_.open(); !again)
        return told("does not open after the fault", again.error());
    }
    const auto content = store_.content();
    if (!content) return told("cannot be read", content.error());
    if (*content != content_of(point_.step)) return "has changed its content while opening";
    if (auto wrong = look_at_power_loss()) return wrong;
    return do_step(store_);
  }

  std::optional<std::string> judge_step(const Result<>& done) {
    if (auto wrong = look_at_power_loss()) return wrong;
    const auto content = store_.content();
    if (!content) return told("cannot be read after the fault", content.error());
    const bool happened = *content == content_of(point_.step + 1);
    if (done && !happened) return "says that the step is done, and it is not";
    if (!happened && *content != content_of(point_.step)) return "has done half of the step";
    const bool changed = content_of(point_.step) != content_of(point_.step + 1);
    if (!done && happened && changed && done.error().effect == Effect::certainly_not)
      return told("says that nothing happened, and it did", done.error());
    // A device's user does not edit again what is there; a device sends again what was not
    // answered.
    const std::size_t found = happened ? point_.step + 1 : point_.step;
    if (run_.subject().next_step(found, point_.step) != point_.step) return look_at_disk(store_);
    return do_step(store_);
  }

  // Power goes right after the fault: half a step must not be there.
  std::optional<std::string> look_at_power_loss() {
    StoreOnDisk found(store_.after_crash(CrashMode::dropped), run_.subject(), "fault-then-loss");
    const auto content = found.content();
    if (!content) return told("cannot be read when power is lost, too", content.error());
    const bool whole =
        *content == content_of(point_.step) || *content == content_of(point_.step + 1);
    return whole ? std::nullopt : std::optional<std::string>("is half a step when power is lost");
  }

  // On the same store; where that reports an error once more, on the store opened again.
  std::optional<std::string> do_step(StoreOnDisk& store) {
    if (store.step(point_.step)) return look_at_disk(store);
    StoreOnDisk reopened(store.after_crash(CrashMode::kept), run_.subject(), "fault-reopened");
    if (const auto opened = reopened.open(); !opened)
      return told("does not open again", opened.error());
    const std::size_t next = next_on(reopened);
    if (next == point_.step) {
      if (const auto stepped = reopened.step(next); !stepped)
        return told("does not go on after the fault", stepped.error());
    }
    return look_at_disk(reopened);
  }

  std::size_t next_on(StoreOnDisk& store) const {
    const auto content = store.content();
    const bool happened = content && *content == content_of(point_.step + 1);
    return run_.subject().next_step(happened ? point_.step + 1 : point_.step, point_.step);
  }

  // The step is done and was promised: nothing may be missing, now or after a loss of power.
  std::optional<std::string> look_at_disk(StoreOnDisk& store) {
    const auto content = store.content();
    if (!content) return told("cannot be read in the end", content.error());
    if (*content != content_of(point_.step + 1))
      return "ends in another state than without a fault";
    if (const auto sound = store.examine(); !sound) return told("is damaged", sound.error());
    if (!run_.subject().promises_disk(point_.step)) return std::nullopt;
    StoreOnDisk found(store.after_crash(CrashMode::dropped), run_.subject(), "fault-power-loss");
    const auto durable = found.content();
    if (!durable) return told("cannot be read after a loss of power", durable.error());
    if (*durable != content_of(point_.step + 1)) return "loses in a crash what it acknowledged";
    return std::nullopt;
  }

  const WorkloadRun& run_;
  const FaultPoint& point_;
  StoreOnDisk store_;
};

}  // namespace

FaultFinding check_fault(const WorkloadRun& run, const SimulatedDisk& before,
                         const FaultPoint& point) {
  return FaultCheck(run, before, point).run();
}

}  // namespace studiosync::e2e
