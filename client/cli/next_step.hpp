// What a person does about a device that cannot go on by itself.
#pragma once

#include <string_view>

#include "core/base/error.hpp"

namespace studiosync::client {

// A command, as it is typed.
std::string_view next_step(ErrorCode halted_for) noexcept;

}  // namespace studiosync::client
