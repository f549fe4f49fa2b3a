// Keeps a record's content so shallow that the frames and conflicts which carry it stay within the
// bounds of a text. Pure; any thread.
#pragma once

#include <string_view>

#include "core/base/json.hpp"

namespace studiosync {

// `validation_error` with the path of the first array or object that stands below
// limits::data_depth_max levels, `data` itself being the first.
Result<> check_depth(const Json& data, std::string_view path);

}  // namespace studiosync
