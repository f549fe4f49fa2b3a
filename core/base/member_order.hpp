// The members of an object as every parser hands them over. For the sources of this folder only.
#pragma once

#include "core/base/json.hpp"

namespace studiosync {

// Puts them in RFC 8785 order; false when a key stands twice.
bool sort_members(Json::Object& members);

}  // namespace studiosync
