#include "loadtest/linked/linked_devices.hpp"

#include "core/base/check.hpp"
#include "os/wall_clock.hpp"

namespace studiosync::load {
namespace {

// To the upgrade, and to the greeting.
constexpr std::uint32_t answers_until_welcome = 2;

}  // namespace

void LinkedDevices::connect(std::size_t number) {
  BareDevice& device = devices_[number];
  device.attach(server_.connect(device));
  server_.turn();
  device.greet(number / 2 + 1, number);
  server_.turn();
  SS_CHECK(device.writes() == answers_until_welcome);
}

void LinkedDevices::push_any() {
  const std::size_t from = random_.below(devices_.size());
  const std::size_t to = from ^ 1U;
  if (to >= devices_.size()) return;
  const std::uint32_t before = devices_[to].writes();
  ++counts_.offered;
  ++counts_.started;
  const Moment begin = Clock::now();
  devices_[from].push(from, os::wall_now());
  server_.turn();
  propagation_.record(micros_between(begin, Clock::now()));
  SS_CHECK(devices_[to].writes() == before + 1);
  ++counts_.acknowledged;
  ++counts_.applied;
}

}  // namespace studiosync::load
