// An upload's JSON as values. Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "core/sync/apply.hpp"

namespace studiosync::server {

struct Upload {
  DeviceId device;
  std::string device_name;  // optional in the request; empty then
  std::vector<PlainChange> changes;
};

// Takes the changes' data out of `body`. `validation_error` with the path when the request as a
// whole cannot be understood: no object, no device_id, no changes or too many. A change that cannot
// be read is carried as `invalid`, so that it is rejected alone.
Result<Upload> read_upload(Json& body);

}  // namespace studiosync::server
