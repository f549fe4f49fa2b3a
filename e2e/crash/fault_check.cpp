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
    Result<> begun;
    std::vector<TaskAnswer> answers;
    {
      const ArmedFault armed(store_.vfs(), point_);
      if (point_.opening) {
        begun = store_.open();
      } else {
        answers = store_.step(point_.step);
      }
      finding.fired = armed.fired();
      if (point_.restarts()) store_.close();  // the fault does not spare the closing
    }
    if (point_.restarts() && !point_.opening) {
      if (const auto opened = store_.open(); !opened)
        return {true, told("does not open after the fault", opened.error())};
    }
    finding.wrong = point_.opening ? judge_opening(begun) : judge_step(answers);
    return finding;
  }

 private:
  const ContentMark& mark_before() const { return run_.states()[point_.step].content; }
  const ContentMark& mark_behind() const { return run_.states()[point_.step + 1].content; }

  std::optional<std::string> judge_opening(const Result<>& opened) {
    if (!opened || point_.restarts()) {
      if (const auto again = store_.open(); !again)
        return told("does not open after the fault", again.error());
    }
    const auto content = store_.content();
    if (!content) return told("cannot be read", content.error());
    if (*content != mark_before()) return "has changed its content while opening";
    if (auto wrong = look_at_power_loss({})) return wrong;
    return do_step(store_);
  }

  std::optional<std::string> judge_step(const std::vector<TaskAnswer>& answers) {
    if (auto wrong = look_at_power_loss(answers)) return wrong;
    const auto content = store_.content();
    if (!content) return told("cannot be read after the fault", content.error());
    if (auto wrong = judge_tasks(*content, answers, true)) return wrong;
    // A device's user does not edit again what is there; a device sends again what was not
    // answered.
    const std::size_t found = *content == mark_behind() ? point_.step + 1 : point_.step;
    if (run_.subject().next_step(found, point_.step) != point_.step) return look_at_disk(store_);
    return do_step(store_);
  }

  // Each task is done or it is not, whatever became of the others: its part is as before or as
  // behind the step, and agrees with what was answered. `promised`: success counts here.
  std::optional<std::string> judge_tasks(const ContentMark& found,
                                         const std::vector<TaskAnswer>& answers,
                                         bool promised) const {
    for (std::size_t part = 0; part < found.size(); ++part) {
      if (found[part] != mark_before()[part] && found[part] != mark_behind()[part])
        return "has done half of " + task_on(part);
    }
    for (const TaskAnswer& answer : answers) {
      const bool done = found[answer.part] == mark_behind()[answer.part];
      const bool changes = mark_before()[answer.part] != mark_behind()[answer.part];
      if (answer.result) {
        if (promised && !done)
          return "acknowledged " + task_on(answer.part) + ", and it is not done";
      } else if (done && changes && answer.result.error().effect == Effect::certainly_not) {
        return told("says that nothing happened of " + task_on(answer.part) + ", and it is done",
                    answer.result.error());
      }
    }
    return std::nullopt;
  }

  std::string task_on(std::size_t part) const {
    return mark_before().size() == 1 ? "the step" : "the task on part " + std::to_string(part);
  }

  // Power goes right after the fault.
  std::optional<std::string> look_at_power_loss(const std::vector<TaskAnswer>& answers) {
    StoreOnDisk found(store_.after_crash(CrashMode::dropped), run_.subject(), "fault-then-loss");
    const auto content = found.content();
    if (!content) return told("cannot be read when power is lost, too", content.error());
    auto wrong = judge_tasks(*content, answers, run_.subject().promises_disk(point_.step));
    if (wrong) wrong->insert(0, "when power is lost, too: ");
    return wrong;
  }

  // On the same store; where that reports an error once more, on the store opened again.
  std::optional<std::string> do_step(StoreOnDisk& store) {
    if (overall(store.step(point_.step))) return look_at_disk(store);
    StoreOnDisk reopened(store.after_crash(CrashMode::kept), run_.subject(), "fault-reopened");
    if (const auto opened = reopened.open(); !opened)
      return told("does not open again", opened.error());
    const std::size_t next = next_on(reopened);
    if (next == point_.step) {
      if (const auto stepped = overall(reopened.step(next)); !stepped)
        return told("does not go on after the fault", stepped.error());
    }
    return look_at_disk(reopened);
  }

  std::size_t next_on(StoreOnDisk& store) const {
    const auto content = store.content();
    const bool happened = content && *content == mark_behind();
    return run_.subject().next_step(happened ? point_.step + 1 : point_.step, point_.step);
  }

  // The step is done and was promised: nothing may be missing, now or after a loss of power.
  std::optional<std::string> look_at_disk(StoreOnDisk& store) {
    const auto content = store.content();
    if (!content) return told("cannot be read in the end", content.error());
    if (*content != mark_behind()) return "ends in another state than without a fault";
    if (const auto sound = store.examine(); !sound) return told("is damaged", sound.error());
    if (!run_.subject().promises_disk(point_.step)) return std::nullopt;
    StoreOnDisk found(store.after_crash(CrashMode::dropped), run_.subject(), "fault-power-loss");
    const auto durable = found.content();
    if (!durable) return told("cannot be read after a loss of power", durable.error());
    if (*durable != mark_behind()) return "loses in a crash what it acknowledged";
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
