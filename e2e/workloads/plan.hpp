// A scenario in the making: its chances, its people, and the steps so far. Parts of the workload
// and faults add to it.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "core/base/random.hpp"
#include "e2e/scenario/scenario.hpp"

namespace studiosync::e2e {

// How a run's users work.
struct Mood {
  std::uint64_t hot_count = 5;  // records of a kind that everybody uses
  std::uint64_t hot_percent = 80;
  std::int64_t pace = 1;  // so many times slower, and so many times longer away
};

class Plan {
 public:
  // `span` is how long users are at work.
  Plan(std::uint64_t seed, std::vector<DeviceSpec> devices, Millis span, Mood mood);

  Random& random() noexcept { return random_; }
  bool chance(std::uint64_t percent) { return random_.below(100) < percent; }
  // From `low` to `high`, both included.
  std::uint64_t between(std::uint64_t low, std::uint64_t high);
  template <class Items>
  const auto& pick(const Items& items) {
    return items[random_.below(std::size(items))];
  }
  Millis any_time();
  Millis between(Millis low, Millis high);
  // As long as the users' pace makes it.
  Millis a_while(Millis low, Millis high);

  std::vector<DeviceSpec>& devices() noexcept { return devices_; }
  const std::string& any_device();
  std::size_t user_count() const;

  // Every value of a workload is told apart from every other: `v17`.
  std::string fresh_value() { return "v" + std::to_string(++last_value_); }
  // A secret that must never be seen, in a form that no dictionary knows: `canary-17-3f0a…`.
  std::string fresh_canary();
  // One of a few ids that everybody uses, or, now and then, a new one.
  std::string any_id(std::string_view prefix);
  // 1, 2, 3, … behind this prefix.
  std::string fresh_id(const std::string& prefix);
  static std::vector<std::string> hot_ids(std::string_view prefix);  // those that everybody uses

  void add(Step step);
  // Whether somebody of the step's account made its record before, and nobody deleted it since. The
  // step's device may not know of either by then.
  bool made(const Step& step) const;
  // By time; those of one moment in the order in which they were added.
  std::vector<Step> take_steps();

 private:
  using Owned = std::tuple<std::string, EntityType, std::string>;  // user, type, id
  Owned owned(const Step& step) const;

  Random random_;
  std::vector<DeviceSpec> devices_;
  const Millis span_;
  const Mood mood_;
  std::vector<Step> steps_;
  std::set<Owned> made_;
  std::uint64_t last_value_ = 0;
  std::uint64_t last_canary_ = 0;
  std::map<std::string, std::uint64_t> last_ids_;  // by prefix
  std::uint64_t last_id_ = 0;
};

}  // namespace studiosync::e2e
