// What this device has and what the server has, record by record.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/sync/device_store.hpp"

namespace studiosync::client {

struct Difference {
  enum class Kind : std::uint8_t { only_here, only_there, differs };
  Kind kind{};
  std::string state;                // the record's on this device (record_state); empty without one
  std::uint64_t local_version = 0;  // as the server last told this device; 0: never
  std::uint64_t server_version = 0;
  std::vector<std::string> fields;  // of `differs`, sorted
};
std::string_view to_string(Difference::Kind kind) noexcept;

// Takes the server's records page by page, in any order and the newest version of a record last;
// then says what is different. Keeps 16 bytes of each record and the names of what differs, no
// contents. Fields that are redacted on the server are compared as they were sent there; what never
// leaves the device is no difference.
class Comparison {
 public:
  explicit Comparison(DeviceStore& store) : store_(store) {}

  // One page as `GET /api/sync/download` answers it.
  void take(const Json& page);
  // After the last page.
  std::map<RecordKey, Difference> finish();

  std::size_t records_there() const noexcept { return there_.size(); }

 private:
  void compare(const RecordKey& key, const Json& row);
  void take_deleted(const RecordKey& key);
  void find_only_here(EntityType type);

  DeviceStore& store_;
  std::set<Hash128> there_;
  std::map<RecordKey, Difference> found_;
};

}  // namespace studiosync::client
