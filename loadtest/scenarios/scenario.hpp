// What the users of a run do. One file a scenario.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "loadtest/arrivals.hpp"
#include "loadtest/fleet/team.hpp"

namespace studiosync::load {

// What shapes a scenario; for all threads together.
struct Shape {
  std::chrono::seconds duration{60};
  double rate = 0;  // operations a second; 0 = the scenario's own
  std::size_t users = 1;
  std::size_t devices_a_user = 2;
  std::size_t records = 100;  // that each user has beforehand
};

struct ScenarioSpec {
  std::string_view name;
  std::string_view about;
  std::vector<std::string> thresholds;  // where the caller names no other for the metric
  Spacing spacing = Spacing::even;
  // Contents that a device's store keeps; nothing = all.
  std::optional<std::size_t> contents_max;
  // Whether all devices are online, and have everything, before the measurement begins.
  bool all_online = true;
  std::size_t records = 100;  // of each user beforehand, where the caller does not say
  // The least that makes sense of it.
  std::size_t devices_a_user_min = 1;
};

// One thread's part of it. On that thread.
class Scenario {
 public:
  virtual ~Scenario() = default;
  virtual const ScenarioSpec& spec() const noexcept = 0;
  // Of all threads together, over the measured time.
  virtual RateProfile rate(const Shape& shape) const = 0;
  // The measurement begins at that moment: what does not follow the schedule of operations is
  // planned here.
  virtual void begin(Team&, Moment, const Shape&) {}
  // The next operation, meant to be started at `intended`.
  virtual void perform(Team& team, Moment intended) = 0;
  // After the measured time: calls `idle` as soon as nothing is under way that the devices of the
  // team do not know of.
  virtual void when_idle(std::function<void()> idle) { idle(); }
  // Everything had its time to come to an end: what did not counts as lost.
  virtual void end(Team&) {}
};

// Nothing for a name that is none.
std::unique_ptr<Scenario> make_scenario(std::string_view name);
std::vector<ScenarioSpec> all_scenarios();

// One factory a file.
std::unique_ptr<Scenario> make_steady();
std::unique_ptr<Scenario> make_spike();
std::unique_ptr<Scenario> make_initial();
std::unique_ptr<Scenario> make_download();
std::unique_ptr<Scenario> make_soak();
std::unique_ptr<Scenario> make_reconnect();
std::unique_ptr<Scenario> make_conflict();
std::unique_ptr<Scenario> make_idle();

// What every edit and conflict must keep: the source's own demands.
std::vector<std::string> edit_thresholds();

}  // namespace studiosync::load
