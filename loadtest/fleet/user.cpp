#include "loadtest/fleet/user.hpp"

#include "loadtest/fleet/virtual_device.hpp"

namespace studiosync::load {

User::User(Account with, std::uint64_t seed, WallTime now)
    : account(std::move(with)), random(seed), sampler(random, now) {}

User::~User() = default;

DeviceSet User::listening_but(std::size_t place) const {
  DeviceSet set = 0;
  for (std::size_t i = 0; i < devices.size(); ++i) {
    if (i != place && devices[i] && devices[i]->live()) set |= DeviceSet{1} << i;
  }
  return set;
}

}  // namespace studiosync::load
