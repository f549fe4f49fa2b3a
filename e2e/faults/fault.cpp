#include "e2e/faults/fault.hpp"

#include <algorithm>

namespace studiosync::e2e {
namespace {

constexpr Fault faults[] = {
    {"offline", "devices work without a network for a while", go_offline},
    {"crash", "a device dies; what it had not synced may be gone", crash_devices},
    {"restore", "a device's database comes back from a backup", restore_devices},
    {"clone", "a device's database goes on in two places", clone_device},
    {"clock", "clocks are off by minutes or years, and jump", set_clocks},
    {"token", "access tokens expire in mid-sync", expire_tokens},
    {"revoke", "a device is removed from the account", revoke_device},
    {"disk", "a device's disk is full", fill_device_disks},
    {"old", "a device has a version that knows fewer fields", use_old_client},
    {"cut", "connections break at any byte", cut_connections},
    {"delay", "frames take seconds", delay_frames},
    {"partition", "one or both directions fall silent", partition_network},
    {"slow", "a device reads slowly", read_slowly},
    {"repeat", "a push arrives twice, over two connections", repeat_pushes},
    {"server_crash", "the server dies; what it had not synced is gone", crash_server},
    {"drain", "the server stops in order and starts again", drain_server},
    {"commit", "commits fail", fail_commits},
    {"server_disk", "the server's disk is full", fill_server_disk},
    {"server_restore", "the server comes back from an older backup", restore_server},
    {"collect", "tombstones are collected, also while a device is away", collect_tombstones},
    {"reset", "the user deletes everything on the server", reset_account},
    {"server_pause", "the server stands still for a while", pause_server},
    {"login", "logins end, and their users come back later", end_logins},
    {"quota", "an account is full for a while", fill_account},
};

}  // namespace

std::span<const Fault> all_faults() noexcept {
  return faults;
}

const Fault* find_fault(std::string_view name) noexcept {
  const auto* found = std::ranges::find(faults, name, &Fault::name);
  return found == std::end(faults) ? nullptr : found;
}

}  // namespace studiosync::e2e
