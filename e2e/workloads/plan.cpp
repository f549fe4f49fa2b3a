#include "e2e/workloads/plan.hpp"

#include <algorithm>

#include "core/base/hex.hpp"

namespace studiosync::e2e {
namespace {

constexpr std::uint64_t hot_count_max = Mood{}.hot_count;

}  // namespace

Plan::Plan(std::uint64_t seed, std::vector<DeviceSpec> devices, Millis span, Mood mood)
    : random_(seed), devices_(std::move(devices)), span_(span), mood_(mood) {}

std::uint64_t Plan::between(std::uint64_t low, std::uint64_t high) {
  return low + random_.below(high - low + 1);
}

Millis Plan::between(Millis low, Millis high) {
  return {static_cast<std::int64_t>(
      between(static_cast<std::uint64_t>(low.count), static_cast<std::uint64_t>(high.count)))};
}

Millis Plan::a_while(Millis low, Millis high) {
  return {between(low, high).count * mood_.pace};
}

Millis Plan::any_time() {
  return between(Millis{0}, span_);
}

const std::string& Plan::any_device() {
  return pick(devices_).name;
}

std::size_t Plan::user_count() const {
  std::set<std::string> users;
  for (const DeviceSpec& device : devices_) users.insert(device.user);
  return users.size();
}

std::string Plan::fresh_canary() {
  return "canary-" + std::to_string(++last_canary_) + "-" + hex64(random_.next());
}

std::string Plan::any_id(std::string_view prefix) {
  const std::uint64_t number =
      chance(mood_.hot_percent) ? 1 + random_.below(mood_.hot_count) : hot_count_max + ++last_id_;
  return std::string(prefix) + "-" + std::to_string(number);
}

std::string Plan::fresh_id(const std::string& prefix) {
  return prefix + "-" + std::to_string(++last_ids_[prefix]);
}

std::vector<std::string> Plan::hot_ids(std::string_view prefix) {
  std::vector<std::string> ids;
  for (std::uint64_t number = 1; number <= hot_count_max; ++number) {
    ids.push_back(std::string(prefix) + "-" + std::to_string(number));
  }
  return ids;
}

Plan::Owned Plan::owned(const Step& step) const {
  const auto device = std::ranges::find(devices_, step.device, &DeviceSpec::name);
  return {device == devices_.end() ? std::string() : device->user, step.type, step.id};
}

bool Plan::made(const Step& step) const {
  return made_.contains(owned(step));
}

void Plan::add(Step step) {
  if (step.what == Do::put) made_.insert(owned(step));
  if (step.what == Do::remove) made_.erase(owned(step));
  steps_.push_back(std::move(step));
}

std::vector<Step> Plan::take_steps() {
  std::ranges::stable_sort(steps_, {}, &Step::at);
  return std::move(steps_);
}

}  // namespace studiosync::e2e
