// What became of an upload, as its answer. Pure; any thread.
#pragma once

#include "core/sync/apply.hpp"

namespace studiosync::server {

// {success, synced_at, results, conflicts, rejected, message}. `success`: nothing was rejected.
Json upload_view(const Applied& applied, WallTime now);

}  // namespace studiosync::server
