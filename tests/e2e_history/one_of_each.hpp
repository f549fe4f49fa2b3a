// A history with one event of each kind, every member of which says something.
#pragma once

#include "e2e/history/event.hpp"

namespace studiosync::e2e::testing {

History one_of_each();

}  // namespace studiosync::e2e::testing
