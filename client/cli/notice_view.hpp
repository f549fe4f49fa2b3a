// The engine's notices as the JSON lines of `syncctl watch`.
#pragma once

#include "core/sync/engine_types.hpp"

namespace studiosync::client {

// {"event":"changed","type":…,"id":…} and the like.
Json notice_view(const Notice& notice, const EngineStatus& status);

}  // namespace studiosync::client
