// What can go wrong, one fault a file: each adds steps to a plan, with odds of its own. What begins
// ends, too, before the run does or when everything heals at its end.
#pragma once

#include <span>
#include <string_view>

#include "e2e/workloads/plan.hpp"

namespace studiosync::e2e {

struct Fault {
  std::string_view name;
  std::string_view about;
  void (*add)(Plan& plan);
};

// In a fixed order: a seed's chances depend on it.
std::span<const Fault> all_faults() noexcept;
const Fault* find_fault(std::string_view name) noexcept;

// At a device.
void go_offline(Plan& plan);
void crash_devices(Plan& plan);
void restore_devices(Plan& plan);
void clone_device(Plan& plan);
void set_clocks(Plan& plan);
void expire_tokens(Plan& plan);
void end_logins(Plan& plan);
void revoke_device(Plan& plan);
void fill_device_disks(Plan& plan);
void use_old_client(Plan& plan);
// On the way.
void cut_connections(Plan& plan);
void delay_frames(Plan& plan);
void partition_network(Plan& plan);
void read_slowly(Plan& plan);
void repeat_pushes(Plan& plan);
// At the server.
void crash_server(Plan& plan);
void drain_server(Plan& plan);
void pause_server(Plan& plan);
void fail_commits(Plan& plan);
void fill_server_disk(Plan& plan);
void restore_server(Plan& plan);
void fill_account(Plan& plan);
void collect_tombstones(Plan& plan);
void reset_account(Plan& plan);

}  // namespace studiosync::e2e
