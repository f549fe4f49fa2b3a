// What a device holds, read out of its store: for the end of a run, whoever ran it.
#pragma once

#include "e2e/history/event.hpp"

namespace studiosync::e2e {

// Everything but `user`, `link`, `synced` and `aside`, which the store does not know. Outside a
// transaction.
DeviceState device_state(DeviceStore& store);

}  // namespace studiosync::e2e
