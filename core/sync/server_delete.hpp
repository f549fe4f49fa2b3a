// A delete that the server makes by itself. Pure.
#pragma once

#include <string_view>

#include "core/conflicts/version.hpp"

namespace studiosync {

// The tombstone of `stored`: its next version, by no device, later than any edit of it.
Record deleted_by_server(const Record& stored, std::string_view reason, WallTime now);

}  // namespace studiosync
