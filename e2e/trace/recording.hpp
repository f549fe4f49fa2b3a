// Recordings of several devices, as one.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "e2e/history/event.hpp"
#include "e2e/scenario/scenario.hpp"

namespace studiosync::e2e {

struct Recording {
  std::string name;  // for people: its file
  History history;
};

// An event of a device's, under the device's name in the scenario.
struct DeviceEvent {
  std::string device;
  const Event* event;  // of the recording
};

struct Together {
  std::vector<DeviceSpec> devices;  // in the order in which they appear; users as `user`, `user-2`
  std::vector<DeviceEvent> events;  // by time; those of one moment as they were recorded
  std::vector<std::string> notes;   // what is not in it; one line each
};

// Lanes of one name are one device where their replicas do not say otherwise. Keeps pointers into
// `recordings`.
Together put_together(std::span<const Recording> recordings);

}  // namespace studiosync::e2e
