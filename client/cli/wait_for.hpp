// Waits for something that only looking can tell.
#pragma once

#include <functional>

#include "core/base/time.hpp"

namespace studiosync::client {

// Looks now and ten times a second until it holds (true) or `patience` is over (false).
bool wait_for(Millis patience, const std::function<bool()>& holds);

}  // namespace studiosync::client
