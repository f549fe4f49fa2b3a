#include "core/sync/device_store.hpp"

#include <algorithm>
#include <array>

namespace studiosync {
namespace {

constexpr std::array<std::string_view, 5> recovery_names{"none", "reconcile", "resync", "asks",
                                                         "confirmed"};

}  // namespace

std::string_view to_string(Recovery recovery) noexcept {
  return recovery_names[static_cast<std::size_t>(recovery)];
}

Recovery recovery_from(std::string_view text) noexcept {
  const auto found = std::ranges::find(recovery_names, text);
  if (found == recovery_names.end()) return Recovery::none;
  return static_cast<Recovery>(found - recovery_names.begin());
}

bool DeviceStore::add(const Record& row) {
  if (find(row.type, row.id) || !rejected_of(row.type, row.id).empty()) return false;
  put({.type = row.type, .id = row.id, .content = row.content, .shadow = row});
  return true;
}

}  // namespace studiosync
