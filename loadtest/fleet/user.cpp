#include "loadtest/fleet/user.hpp"

#include "loadtest/fleet/virtual_device.hpp"

namespace studiosync::load {

std::optional<Contents> parse_contents(std::string_view name) noexcept {
  if (name == "mixed") return Contents::mixed;
  if (name == "small") return Contents::small;
  return std::nullopt;
}

std::string_view to_string(Contents contents) noexcept {
  return contents == Contents::mixed ? "mixed" : "small";
}

User::User(Account with, Nature nature)
    : account(std::move(with)),
      contents(nature.contents),
      random(nature.seed),
      sampler(random, nature.now) {}

User::~User() = default;

DeviceSet User::listening_but(std::size_t place) const {
  DeviceSet set = 0;
  for (std::size_t i = 0; i < devices.size(); ++i) {
    if (i != place && devices[i] && devices[i]->live()) set |= DeviceSet{1} << i;
  }
  return set;
}

}  // namespace studiosync::load
