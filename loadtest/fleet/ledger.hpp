// What the server has promised one user to keep: every record it has acknowledged.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstddef>
#include <functional>

#include "loadtest/fleet/lean_device_store.hpp"
#include "loadtest/results.hpp"

namespace studiosync::load {

// Not thread-safe.
class Ledger {
 public:
  // The version of the record that an acknowledged edit became, or was answered with. Only the
  // newest one counts.
  void acknowledged(EntityType type, std::string_view id, const KnownVersion& stored);
  // A copy that an edit became: it must exist, in any version.
  void must_exist(EntityType type, std::string_view id);

  std::size_t size() const noexcept { return entries_.size(); }
  // Against everything that the server has, which must have no content left (`contents_max` 0).
  // A later version than the acknowledged one is another device's, and found; what nobody here has
  // deleted must not be gone, but for what the server's retention expired.
  Verification check(const LeanDeviceStore& read_back) const;

 private:
  struct Entry {
    Hash128 term{};  // zero: any content
    std::uint32_t version = 0;
    bool deleted = false;
  };
  enum class Finding : std::uint8_t { found, missing, different };
  static Finding judge(const Entry& entry, const LeanDeviceStore& read_back, const RecordTag& tag);

  boost::unordered_flat_map<RecordTag, Entry, std::hash<RecordTag>> entries_;
};

}  // namespace studiosync::load
