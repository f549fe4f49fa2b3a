#include "e2e/crash/crash_check.hpp"

#include <algorithm>

#include "e2e/crash/store_on_disk.hpp"

namespace studiosync::e2e {

namespace {

// The state that is found is compared byte by byte at every point; what becomes of it afterwards
// takes longer to look at and differs less from point to point. Disks that lost everything are few.
constexpr std::size_t look_further_every = 5;
constexpr std::size_t second_crash_every = 35;

class CrashCheck {
 public:
  CrashCheck(const WorkloadRun& run, const CrashPoint& point, std::optional<std::size_t> in_flight)
      : run_(run), point_(point), in_flight_(in_flight) {}

  std::optional<std::string> run(SimulatedDisk found) {
    StoreOnDisk store(std::move(found), run_.subject(), "crash-found");
    return in_flight_ ? between_states(store) : while_opening(store);
  }

 private:
  // Half a schema may be there, and is completed; nothing was acknowledged.
  std::optional<std::string> while_opening(StoreOnDisk& store) {
    if (const auto opened = store.open(); !opened) return told("does not open", opened.error());
    const auto content = store.content();
    if (!content) return told("cannot be read", content.error());
    if (*content != run_.states().front().content) return "does not begin as without a crash";
    return examine(store);
  }

  std::optional<std::string> between_states(StoreOnDisk& store) {
    const auto state = store.whole();
    if (!state) return told("cannot be read", state.error());
    const auto number = number_of(*state);
    if (!number) return unexpected(*state);
    if (const auto opened = store.open(); !opened) return told("does not open", opened.error());
    return go_on(store, *number);
  }

  std::optional<std::string> examine(StoreOnDisk& store) {
    if (const auto sound = store.examine(); !sound) return told("is damaged", sound.error());
    return std::nullopt;
  }

  std::size_t earliest() const {
    return point_.mode == CrashMode::kept ? *in_flight_
                                          : run_.earliest_after_power_loss(*in_flight_);
  }

  std::optional<std::size_t> number_of(std::uint64_t state) const {
    const auto& states = run_.states();
    for (std::size_t number = earliest(); number <= *in_flight_ + 1; ++number) {
      if (states[number].whole == state) return number;
    }
    return std::nullopt;
  }

  // What a state is that may not be there: an old one, or none at all.
  std::string unexpected(std::uint64_t found) const {
    const auto& states = run_.states();
    const auto old = std::ranges::find(states, found, &StateMark::whole);
    if (old == states.end()) return "half a transaction, or none of this workload's states";
    return "acknowledged steps are lost: " + std::to_string(earliest()) + " were promised, " +
           std::to_string(old - states.begin()) + " are there";
  }

  std::optional<std::string> go_on(StoreOnDisk& store, std::size_t found) {
    const std::size_t next = run_.subject().next_step(found, *in_flight_);
    if (const auto stepped = overall(store.step(next)); !stepped)
      return told("does not go on", stepped.error());
    const bool few = point_.mode == CrashMode::dropped;
    if (!few && point_.moment % look_further_every != 0) return std::nullopt;
    const auto content = store.content();
    if (!content) return told("cannot be read after going on", content.error());
    if (next + 1 < run_.states().size() && *content != run_.states()[next + 1].content)
      return "goes on to another state than without a crash";
    if (auto wrong = examine(store)) return wrong;
    const bool again = point_.moment % second_crash_every == 0;
    return again && run_.subject().promises_disk(next) ? crash_again(store, *content)
                                                       : std::nullopt;
  }

  std::optional<std::string> crash_again(const StoreOnDisk& store, const ContentMark& promised) {
    StoreOnDisk again(store.after_crash(CrashMode::dropped), run_.subject(), "crash-again");
    const auto content = again.content();
    if (!content) return told("cannot be read after a second crash", content.error());
    if (*content != promised) return "loses what it acknowledged after the crash";
    return std::nullopt;
  }

  const WorkloadRun& run_;
  const CrashPoint& point_;
  const std::optional<std::size_t> in_flight_;
};

}  // namespace

std::optional<std::string> check_crash(const WorkloadRun& run, const CrashPoint& point,
                                       std::optional<std::size_t> in_flight, std::uint64_t seed) {
  Random random(seed ^ point.moment * 0x9E37'79B9U);
  return CrashCheck(run, point, in_flight).run(point.disk.after_crash(point.mode, random));
}

}  // namespace studiosync::e2e
