#include "e2e/real/left_out.hpp"

namespace studiosync::e2e {
namespace {

void leave_out_device(LeftOut& left, const DeviceSpec& spec) {
  if (spec.skew.count != 0) left.what.push_back("the clock of " + spec.name);
  if (!spec.beside.empty()) left.what.push_back("the shared machine of " + spec.name);
  if (spec.old_client) left.what.push_back("the old version of " + spec.name);
}

}  // namespace

bool real_processes_can(Do what) noexcept {
  switch (what) {
    case Do::clock:
    case Do::expire_token:
    case Do::expire_login:
    case Do::quota:
    case Do::disk_full:
    case Do::disk_free:
    case Do::repeat:
    case Do::server_disk_full:
    case Do::server_disk_free:
    case Do::commit_fails:
    case Do::expire:
      return false;
    default:
      return true;
  }
}

LeftOut left_out_of(const Scenario& scenario) {
  LeftOut left;
  for (const DeviceSpec& spec : scenario.devices) leave_out_device(left, spec);
  for (std::size_t i = 0; i < scenario.steps.size(); ++i) {
    const Do what = scenario.steps[i].what;
    const bool unfair = what == Do::expect && !left.what.empty();
    if (real_processes_can(what) && !unfair) continue;
    left.what.push_back("step " + std::to_string(i + 1) + ", " + std::string(to_string(what)));
    left.steps.insert(i);
    if (unfair) ++left.expectations;
  }
  return left;
}

}  // namespace studiosync::e2e
