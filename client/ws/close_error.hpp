// What a refused upgrade and a close code mean to the device.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/base/error.hpp"

namespace studiosync::client {

// The answer to an upgrade that was no 101. `retry_after` is the header's value in seconds, or
// empty.
Error refused_upgrade(int http_status, std::string_view retry_after);

// A close frame. Codes 44xx mirror HTTP's, and the reason may name the error code; anything else is
// a network_error.
Error closed_with(std::uint16_t code, std::string_view reason);

}  // namespace studiosync::client
