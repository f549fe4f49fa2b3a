// What a person does about a device that cannot go on by itself.
#pragma once

#include <string_view>

#include "core/base/error.hpp"

namespace studiosync::client {

// A command, as it is typed, and what follows it where that does not do. `otherwise`: what is told
// of an error that nothing can be done about here.
std::string_view next_step(ErrorCode halted_for,
                           std::string_view otherwise = "syncctl doctor") noexcept;

}  // namespace studiosync::client
