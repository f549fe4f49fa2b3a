// What the reason for a record's state follows from, as a device's store has it.
#pragma once

#include <map>
#include <vector>

#include "client/cli/sync_reason.hpp"

namespace studiosync::client {

// Reads the queue, the refusals and the open conflicts once, for as many records as are asked for.
class Situations {
 public:
  Situations(DeviceStore& store, DeviceSituation device);

  Situation of(const DeviceRecord& record) const;
  // Records that the server does not have as they are shown here, by type and id: those with a
  // reason other than `synced`, and those that never leave.
  std::vector<Situation> unsynced() const;

 private:
  void read_conflicts();

  DeviceStore& store_;
  DeviceSituation device_;
  std::vector<DeviceSeq> frozen_;                // rising
  std::map<RecordKey, std::size_t> pending_;     // place in the upload order
  std::map<RecordKey, RejectedChange> refused_;  // the newest of each record
  std::map<RecordKey, std::string> conflicts_;   // open ones, by the record that they are about
};

}  // namespace studiosync::client
