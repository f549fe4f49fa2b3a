// What a user's doing makes of a device's records: the same in the simulation and with real
// processes.
#pragma once

#include <string>
#include <vector>

#include "e2e/history/event.hpp"

namespace studiosync::e2e {

// The whole record after an edit: fields named in `data` are set, null removes one, others stay.
Json edited_data(const std::string& before, const Json& data);

// A delete as history has it: of the record, and of its children, which go along. `user` is the
// caller's to fill in. Empty where there is no such record.
std::vector<Edited> deletions(DeviceStore& store, EntityType type, const std::string& id);

}  // namespace studiosync::e2e
